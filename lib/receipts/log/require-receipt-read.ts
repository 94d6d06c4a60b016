import type { WorkspaceContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { requirePermission } from "@/lib/security/require-permission";

/**
 * Call first in every query of receipts. A share link's holder may read those of its one run; `runId` is null for receipts of no run.
 * Throws NotPermitted.
 */
export async function requireReceiptRead(ctx: WorkspaceContext, runId: string | null): Promise<void> {
  if (ctx.actor.type !== "share_link") return requirePermission(ctx, "receipt.read");
  if (ctx.actor.runId !== runId) throw new NotPermitted("receipt.read");
}
