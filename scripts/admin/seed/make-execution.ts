import type { JsonObject } from "@/lib/domain/json-value";
import { FAILURES } from "./people";
import type { SeededRandom } from "./seeded-random";

/** What the app did with a run that it may execute. */
export interface MadeExecution {
  /** null: it works without claims, or nobody has claimed the run yet. */
  readonly claim: { readonly worker: string; readonly claimedAt: Date; readonly expiresAt: Date } | null;
  /** null: not reported by the history's end. */
  readonly report: MadeReport | null;
}

export interface MadeReport {
  readonly outcome: "executed" | "failed";
  readonly result: JsonObject | null;
  readonly error: string | null;
  readonly at: Date;
}

const LEASE_MS = 60_000;

export function makeExecution(mayRunAt: Date, until: Date, random: SeededRandom): MadeExecution {
  const claimedAt = new Date(mayRunAt.getTime() + random.integer(20, 5000));
  const at = new Date(claimedAt.getTime() + random.integer(30, 20_000));
  const isClaimed = random.chance(0.6) && claimedAt <= until;
  // Some runs are never reported: lost by the app, or in doubt when they were claimed.
  const isReported = random.chance(0.997) && at <= until;
  return {
    claim: isClaimed ? { worker: `worker-${random.integer(1, 4)}`, claimedAt, expiresAt: new Date(claimedAt.getTime() + LEASE_MS) } : null,
    report: isReported ? makeReport(at, random) : null,
  };
}

function makeReport(at: Date, random: SeededRandom): MadeReport {
  if (random.chance(0.05)) return { outcome: "failed", result: null, error: random.pick(FAILURES), at };
  const result = random.chance(0.8) ? { reference: `R-${random.integer(100_000, 999_999)}`, took_ms: random.integer(20, 20_000) } : null;
  return { outcome: "executed", result, error: null, at };
}
