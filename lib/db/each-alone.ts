import { isConnectionError } from "@/lib/errors/database-errors";

/** Stops after this many consecutive items found the database unavailable, since the rest would fail as well. */
const AWAY_AFTER = 2;

/** Calls `run` for each item in turn. A failing item doesn't stop the others: the first error is thrown at the end. */
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
