import type { Db } from "@/lib/db/transaction";

export type Placed<R> = R & {
  /** The receipt's place in the log, from 0; null for the moment until it has one. */
  logIndex: number | null;
};

/** Receipts with their places. */
export async function withPlaces<R extends { id: string }>(db: Db, receipts: readonly R[]): Promise<Placed<R>[]> {
  const places = await db.receiptPlace.findMany({ where: { receiptId: { in: receipts.map(({ id }) => id) } } });
  const indexes = new Map(places.map(({ receiptId, logIndex }) => [receiptId, Number(logIndex)]));
  return receipts.map((receipt) => ({ ...receipt, logIndex: indexes.get(receipt.id) ?? null }));
}
