import type { Db } from "@/lib/db/transaction";

export type Placed<R> = R & {
  /** The receipt's index in the log, from 0; null until the sequencer has placed it. */
  logIndex: number | null;
};

/** Adds to receipts their indexes in the log. */
export async function withPlaces<R extends { id: string }>(db: Db, receipts: readonly R[]): Promise<Placed<R>[]> {
  const places = await db.receiptPlace.findMany({ where: { receiptId: { in: receipts.map(({ id }) => id) } } });
  const indexes = new Map(places.map(({ receiptId, logIndex }) => [receiptId, Number(logIndex)]));
  return receipts.map((receipt) => ({ ...receipt, logIndex: indexes.get(receipt.id) ?? null }));
}
