import { isConnectionError } from "@/lib/errors/database-errors";
import { DatabaseUnresponsiveError } from "./fail-fast-if-database-down";

export interface BatchQueueOptions<Item, Result> {
  readonly maxItems: number;
  /** While this many batches are in flight, further items queue for the next one. */
  readonly maxBatches: number;
  /** Processes all items in one atomic round trip. Resolves with a result for each item, in order. */
  run(items: NonEmpty<Item>): Promise<Result[]>;
}

type NonEmpty<T> = [T, ...T[]];

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Batches items queued in the same tick, or while the database is busy, into one round trip. If a batch fails, its items are
 * retried one by one, so only the bad one fails.
 */
export function batchQueue<Item, Result>({ maxItems, maxBatches, run }: BatchQueueOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let batchesInFlight = 0;
  let isScheduled = false;

  function pump(): void {
    while (waiting.length > 0 && batchesInFlight < maxBatches) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      batchesInFlight++;
      void work(batch).then((answers) => {
        batchesInFlight--;
        // The database gets its next batch before this process handles the results.
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
      // If the database doesn't respond, queued items would only wait as long again for the same error.
      const failed = error instanceof DatabaseUnresponsiveError ? [...batch, ...waiting.splice(0)] : batch;
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
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        pump();
      });
    });
}
