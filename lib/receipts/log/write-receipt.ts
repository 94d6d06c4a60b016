import { bytes } from "@/lib/db/bytes";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import type { Context } from "@/lib/security/context";
import { leafHash } from "./leaf-hash";

/** Appends a receipt in the transaction of the state change it records. */
export async function writeReceipt(
  ctx: Context,
  receipt: { id: string; workspaceId: string; runId: string | null; kind: ReceiptKind; body: string; createdAt: Date },
): Promise<void> {
  await ctx.db.receipt.create({ data: { ...receipt, leafHash: bytes(leafHash(receipt.body)) } });
}
