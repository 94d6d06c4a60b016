import type { Receipt } from "@/lib/db/generated/client";
import { hexText } from "@/lib/domain/log/byte-text";
import type { Placed } from "@/lib/receipts/log/with-places";
import type { StoredReceipt } from "./receipt-document";

/** Returns a receipt's row with its parsed text. Null when the text contradicts the row. */
export function storedReceipt<B>(receipt: Placed<Receipt>, read: (body: string) => B | null): StoredReceipt<B> | null {
  const says = read(receipt.body);
  if (!says) return null;
  return {
    id: receipt.id,
    body: receipt.body,
    leafHash: hexText(receipt.leafHash),
    logIndex: receipt.logIndex,
    createdAt: receipt.createdAt,
    says,
  };
}
