import type { Receipt } from "@/lib/db/generated/client";
import { leafHash } from "./leaf-hash";
import type { StoredReceipt } from "./receipt-document";

/** A receipt's row with what its text says. Null when the text says something else. */
export function storedReceipt<B>(receipt: Receipt, read: (body: string) => B | null): StoredReceipt<B> | null {
  const says = read(receipt.body);
  if (!says) return null;
  const hash = Buffer.from(receipt.leafHash);
  return {
    id: receipt.id,
    body: receipt.body,
    leafHash: hash.toString("hex"),
    logIndex: receipt.logIndex === null ? null : Number(receipt.logIndex),
    isIntact: leafHash(receipt.body).equals(hash),
    createdAt: receipt.createdAt,
    says,
  };
}
