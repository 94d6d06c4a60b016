import { type FreezeBody, readFreezeBody } from "@/lib/domain/log/read-receipt-body";
import { withPlaces } from "@/lib/receipts/log/with-places";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { StoredReceipt } from "./receipt-document";
import { storedReceipt } from "./stored-receipt";

/** The receipt of a freeze or a thaw, with the frozen key's name. Null: not in this workspace, or of something else. */
export async function getFreezeReceipt(
  ctx: WorkspaceContext,
  receiptId: string,
): Promise<(StoredReceipt<FreezeBody> & { apiKeyName: string | null }) | null> {
  await requirePermission(ctx, "receipt.read");
  const { workspaceId, db } = ctx;
  const found = await db.receipt.findMany({ where: { id: receiptId, workspaceId, kind: { in: ["freeze", "thaw"] } } });
  const [receipt] = await withPlaces(db, found);
  const stored = receipt ? storedReceipt(receipt, readFreezeBody) : null;
  if (!stored) return null;
  const { api_key_id: id } = stored.says;
  const key = id === null ? null : await db.apiKey.findFirst({ where: { workspaceId, id }, select: { name: true } });
  return { ...stored, apiKeyName: key?.name ?? null };
}
