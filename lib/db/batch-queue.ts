import { isConnectionError } from "@/lib/errors/database-errors";
import { DatabaseSilent } from "./or-database-away";

export interface BatchQueueOptions<Item, Result> {
  readonly mostItems: number;
  /** While so many batches are under way, further items gather for the next. */
  readonly mostBatches: number;
  /** One round trip for all, whole or not at all. Resolves with a result for each item, in the order of the items. */
  run(items: NonEmpty<Item>): Promise<Result[]>;
}

type NonEmpty<T> = [T, ...T[]];

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Items that come in the same turn of the event loop, or while the database is busy, share a round trip; one that comes
 * alone goes at once. An item that makes its batch fail fails alone.
 */
export function batchQueue<Item, Result>({
  mostItems,
  mostBatches,
  run,
}: BatchQueueOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let batchesUnderWay = 0;
  let isGathering = false;

  function pump(): void {
    while (waiting.length > 0 && batchesUnderWay < mostBatches) {
      const batch = waiting.slice(0, mostItems);
      waiting = waiting.slice(mostItems);
      batchesUnderWay++;
      void work(batch).then((answers) => {
        batchesUnderWay--;
        // The database gets its next work before this process turns to the answers.
        pump();
        for (const answer of answers) answer();
      });
    }
  }

  async function work(batch: Waiting<Item, Result>[]): Promise<(() => void)[]> {
    try {
      const results = await run(batch.map(({ item }) => item) as NonEmpty<Item>);
      return batch.map(
        ({ resolve }, index) =>
          () =>
            resolve(results[index] as Result),
      );
    } catch (error) {
      if (batch.length > 1 && !isConnectionError(error)) {
        const answers: (() => void)[] = [];
        for (const one of batch) answers.push(...(await work([one])));
        return answers;
      }
      // When the database is silent, those behind would only wait as long again for the same answer.
      const failed = error instanceof DatabaseSilent ? [...batch, ...waiting.splice(0)] : batch;
      return failed.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isGathering) return;
      isGathering = true;
      setImmediate(() => {
        isGathering = false;
        pump();
      });
    });
}
