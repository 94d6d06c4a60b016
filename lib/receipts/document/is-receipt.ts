import { validate as isUuid } from "uuid";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Whether the workspace has such a receipt. The id comes from a URL, so it may be anything. */
export async function isReceipt(ctx: WorkspaceContext, receiptId: string): Promise<boolean> {
  await requirePermission(ctx, "receipt.read");
  return isUuid(receiptId) && (await ctx.db.receipt.count({ where: { id: receiptId, workspaceId: ctx.workspaceId } })) > 0;
}
