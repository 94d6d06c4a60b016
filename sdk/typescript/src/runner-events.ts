import type { WireObject } from "./models";

/**
 * What happened to a stored action:
 *
 * - `executed`: it ran and was reported.
 * - `failed`: the executor threw, and that was reported; `error` is the reported text.
 * - `undelivered`: it ran. The report couldn't be delivered now and will be retried.
 * - `report_refused`: it ran, but the console rejected the report. In doubt, with its outcome, until a person settles it.
 * - `in_doubt`: it may or may not have run. Stays until a person settles it; never run again automatically.
 * - `released`: a person released an action in doubt for another try.
 * - `rejected`, `blocked`: dropped.
 * - `settled_elsewhere`: its outcome was reported elsewhere; dropped.
 * - `problem`: the console's response about it was unusable. It stays stored, and nothing was run.
 */
export type RunnerEventKind =
  | "executed"
  | "failed"
  | "undelivered"
  | "report_refused"
  | "in_doubt"
  | "released"
  | "rejected"
  | "blocked"
  | "settled_elsewhere"
  | "problem";

export interface RunnerEvent {
  readonly kind: RunnerEventKind;
  readonly actionRunId: string;
  readonly action: string;
  readonly result: WireObject | null;
  readonly error: string | null;
  /** Who decided and why, if it was rejected or blocked: one line for people and models. */
  readonly explanation: string | null;
}
