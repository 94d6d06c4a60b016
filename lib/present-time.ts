import { getDb } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/transaction";

/** Clocks drift apart by milliseconds in that time. */
const READING_MS = 60_000;

/** How far the database's clock is ahead of this process's monotonic one. */
let offsetMs: number | undefined;
let reading: Promise<void> | undefined;
let readAt = Number.NEGATIVE_INFINITY;

/**
 * The database's time for what people read, such as how long is left: this machine's clock may be wrong. Usually without a query, because
 * it's read once a minute. This machine's own until the database has answered. What decides calls databaseNow.
 */
export async function presentTime(): Promise<Date> {
  if (performance.now() - readAt > READING_MS) {
    readAt = performance.now();
    reading = readOffset();
  }
  if (offsetMs === undefined) await reading;
  return new Date(performance.now() + (offsetMs ?? Date.now() - performance.now()));
}

async function readOffset(): Promise<void> {
  try {
    offsetMs = (await databaseNow(getDb())).getTime() - performance.now();
  } catch {
    // The last reading is good enough, and a page that needs the database says itself that it's away.
  }
}
