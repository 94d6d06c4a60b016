import { isConnectionError } from "@/lib/errors/database-errors";
import { DatabaseUnresponsiveError } from "./fail-fast-if-database-down";

export interface BatchQueueOptions<Item, Result> {
  readonly maxItems: number;
  /** While this many batches are in flight, further items queue for the next one. */
  readonly maxBatches: number;
  /** Whose an item is, where batches with items of the same owner wait for each other in the database. */
  ownerOf?(item: Item): string;
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
 *
 * An owner who sends more than the others doesn't hold them up: no batch with their items waits for one of that owner's, they have one place
 * more when those are taken, and owners who wait together have equal parts of a batch. An owner alone has all of it.
 */
export function batchQueue<Item, Result>(options: BatchQueueOptions<Item, Result>): (item: Item) => Promise<Result> {
  const { maxItems, maxBatches, ownerOf = () => "", run } = options;
  let waiting: Waiting<Item, Result>[] = [];
  let batchesInFlight = 0;
  /** How many batches have items of an owner. */
  const inFlight = new Map<string, number>();
  let isScheduled = false;

  function take(): Waiting<Item, Result>[] {
    const ready = waiting.filter(({ item }) => !inFlight.has(ownerOf(item)));
    // One place more, beside those of an owner who has more waiting.
    const places = ready.length > 0 && ready.length < waiting.length ? maxBatches + 1 : maxBatches;
    if (batchesInFlight >= places) return [];
    const batch = ready.length > 0 ? fairly(ready) : waiting.slice(0, maxItems);
    const taken = new Set(batch);
    waiting = waiting.filter((one) => !taken.has(one));
    return batch;
  }

  /** Equally many of each owner, those who have waited longest first. */
  function fairly(ready: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
    const owners = new Set(ready.map(({ item }) => ownerOf(item))).size;
    const share = Math.ceil(maxItems / owners);
    const taken = new Map<string, number>();
    const batch: Waiting<Item, Result>[] = [];
    for (const one of ready) {
      const owner = ownerOf(one.item);
      const count = taken.get(owner) ?? 0;
      if (count === share) continue;
      taken.set(owner, count + 1);
      if (batch.push(one) === maxItems) break;
    }
    return batch;
  }

  function count(batch: Waiting<Item, Result>[], change: 1 | -1): void {
    batchesInFlight += change;
    for (const owner of new Set(batch.map(({ item }) => ownerOf(item)))) {
      const batches = (inFlight.get(owner) ?? 0) + change;
      if (batches === 0) inFlight.delete(owner);
      else inFlight.set(owner, batches);
    }
  }

  function pump(): void {
    for (let batch = take(); batch.length > 0; batch = take()) {
      const sent = batch;
      count(sent, 1);
      void work(sent).then((answers) => {
        count(sent, -1);
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
