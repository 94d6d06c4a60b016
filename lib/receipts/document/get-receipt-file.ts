import type { JsonObject } from "@/lib/domain/json-value";
import { readReceiptFile } from "@/lib/receipts/log/read-receipt-file";
import { requireReceiptRead } from "@/lib/receipts/log/require-receipt-read";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Returns the file of a receipt, with the others of its run, as a member downloads it, without the payload. Null: not in this workspace.
 */
export async function getReceiptFile(ctx: WorkspaceContext, receiptId: string): Promise<JsonObject | null> {
  const { workspaceId, db } = ctx;
  const receipt = await db.receipt.findFirst({ where: { id: receiptId, workspaceId }, select: { runId: true } });
  if (!receipt) {
    await requireReceiptRead(ctx, null);
    return null;
  }
  const of = receipt.runId === null ? { id: receiptId } : { runId: receipt.runId };
  return (await readReceiptFile(ctx, of, { disclosesPayload: false })).file;
}
