import { isConnectionError } from "@/lib/errors/database-errors";

/** So many in a row that found the database away: the rest would fare no better, and is left. */
const AWAY_AFTER = 2;

/**
 * Does the same to each, one after the other. One that fails keeps no other from its turn: the first failure is thrown when all had
 * theirs.
 */
export async function eachAlone<T>(items: Iterable<T> | AsyncIterable<T>, run: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  let away = 0;
  for await (const item of items) {
    try {
      await run(item);
      away = 0;
    } catch (error) {
      failures.push(error);
      away = isConnectionError(error) ? away + 1 : 0;
      if (away === AWAY_AFTER) break;
    }
  }
  if (failures.length > 0) throw failures[0];
}
