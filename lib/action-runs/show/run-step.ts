export type StepKind = "proposed" | "policy" | "mail" | "decision" | "claim" | "doubt" | "outcome" | "receipt" | "erasure";

/** One event of a run. It contains names and words of others, so render it as text only. */
export interface RunStep {
  readonly at: Date;
  readonly kind: StepKind;
  /** The outcome of a policy, a decision or an execution. */
  readonly tone: "ok" | "wait" | "stop" | "no" | null;
  /** What happened, and by whom: "Approved by ada@example.com". */
  readonly title: string;
  /** The rest of the sentence: "by mail link". */
  readonly rest: string;
  /** An extra line in the console's own words. */
  readonly note?: string;
  /** Quoted words of a person or an app. */
  readonly quote?: string;
}
