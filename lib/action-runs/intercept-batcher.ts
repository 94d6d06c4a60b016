import { getDb } from "@/lib/db/client";
import { isConnectionError } from "@/lib/db/errors";
import { DatabaseSilent, orDatabaseAway } from "@/lib/db/or-database-away";
import type { InterceptRow } from "./propose-run";

/** What the database made of one proposal: `created`, `existing`, `stale`, or the code of a refusal. */
export interface InterceptVerdict {
  ordinal: number;
  outcome: string;
  existing_run_id: string | null;
  decided_at: Date;
  minute_used: number | null;
  day_used: number | null;
  /** How far the counter stands that refused; null otherwise. */
  used: number | null;
}

interface Waiting {
  row: InterceptRow;
  ownerId: string;
  resolve: (verdict: InterceptVerdict) => void;
  reject: (error: unknown) => void;
}

const MOST_ROWS = 32;
/** While this many transactions are under way, further proposals gather for the next. */
const MOST_BATCHES = 2;

let waiting: Waiting[] = [];
let batchesUnderWay = 0;

/**
 * Group commit: proposals that arrive while the database is busy share the next transaction, and so one flush to disk.
 * A proposal that arrives alone goes at once.
 */
export function writeProposal(ownerId: string, row: InterceptRow): Promise<InterceptVerdict> {
  return new Promise((resolve, reject) => {
    waiting.push({ row, ownerId, resolve, reject });
    pump();
  });
}

function pump(): void {
  while (waiting.length > 0 && batchesUnderWay < MOST_BATCHES) {
    const batch = waiting.slice(0, MOST_ROWS);
    waiting = waiting.slice(MOST_ROWS);
    batchesUnderWay++;
    void settle(batch).finally(() => {
      batchesUnderWay--;
      pump();
    });
  }
}

async function settle(batch: Waiting[]): Promise<void> {
  try {
    await writeTogether(batch);
  } catch (error) {
    if (error instanceof DatabaseSilent) {
      // Those behind would only wait as long again for the same answer.
      const all = [...batch, ...waiting];
      waiting = [];
      return all.forEach((one) => one.reject(error));
    }
    // One row that fails must not fail its neighbours. With the database away each would fail alike.
    if (batch.length === 1 || isConnectionError(error)) return batch.forEach((one) => one.reject(error));
    for (const one of batch) await writeTogether([one]).catch(one.reject);
  }
}

async function writeTogether(batch: Waiting[]): Promise<void> {
  // The lock order daai_intercept asks for: by owner, then by what may collide.
  const sorted = batch.toSorted((a, b) => compare(a.ownerId, b.ownerId) || compare(collisionKey(a.row), collisionKey(b.row)));
  const rows = sorted.map((one, ordinal) => ({ ...one.row, ordinal }));
  const verdicts = await orDatabaseAway(
    getDb().$queryRaw<InterceptVerdict[]>`
      SELECT ordinal, outcome, existing_run_id, decided_at, minute_used, day_used, used
      FROM daai_intercept(${JSON.stringify(rows)}::jsonb)`,
  );
  for (const verdict of verdicts) sorted[verdict.ordinal]?.resolve(verdict);
}

function collisionKey(row: InterceptRow): string {
  return `${row.workspace_key_hash} ${row.action_name} ${row.idempotency_key ?? row.run_id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
