import { type Ending, type ExecutionFilter, PERIOD_MS, type RunSearch } from "@/lib/domain/runs/run-search";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { DAY_MS } from "@/lib/domain/time/units";

/** Selects runs at one moment. Absent and empty lists exclude nothing. */
export interface RunFilter {
  readonly governance?: readonly GovernanceStatus[];
  readonly execution?: readonly ExecutionFilter[];
  /** Why it was rejected without a person's decision. */
  readonly endings?: readonly Ending[];
  readonly actions?: readonly string[];
  readonly actors?: readonly string[];
  /** Exact match. */
  readonly recipient?: string | null;
  readonly createdFrom?: Date | null;
  readonly createdBefore?: Date | null;
  readonly amountMin?: string | null;
  readonly amountMax?: string | null;
  readonly currency?: string | null;
  /** Words that a run must contain, in any field. */
  readonly text?: string | null;
  readonly ids?: readonly string[];
}

/** Resolves a search's filter, with its period counted back from `now`. */
export function runFilterOf(search: RunSearch, now: Date): RunFilter {
  const { governance, execution, endings, actions, actors, recipient, within, from, until, amountMin, amountMax, currency, text } = search;
  return {
    governance,
    execution,
    endings,
    actions,
    actors,
    recipient,
    createdFrom: within !== null ? new Date(now.getTime() - PERIOD_MS[within]) : from === null ? null : new Date(from),
    createdBefore: until === null ? null : new Date(new Date(until).getTime() + DAY_MS),
    amountMin,
    amountMax,
    currency,
    text,
  };
}
