import { type LogRestartedBody, readLogRestartedBody } from "@/lib/domain/log/read-log-restarted-body";
import { withPlaces } from "@/lib/receipts/log/with-places";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { StoredReceipt } from "./receipt-document";
import { storedReceipt } from "./stored-receipt";

/** The receipt of a restart of the log. Null: not in this workspace, or of something else. */
export async function getLogRestart(ctx: WorkspaceContext, receiptId: string): Promise<StoredReceipt<LogRestartedBody> | null> {
  await requirePermission(ctx, "receipt.read");
  const found = await ctx.db.receipt.findMany({ where: { id: receiptId, workspaceId: ctx.workspaceId, kind: "log_restarted" } });
  const [receipt] = await withPlaces(ctx.db, found);
  return receipt ? storedReceipt(receipt, readLogRestartedBody) : null;
}
