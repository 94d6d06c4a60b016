export type StepKind = "proposed" | "policy" | "mail" | "decision" | "claim" | "doubt" | "outcome" | "receipt" | "erasure";

/** One thing that happened. Names and words of others stand in it as text: show them as text. */
export interface RunStep {
  readonly at: Date;
  readonly kind: StepKind;
  /** Of a policy, a decision, an outcome: how it went. */
  readonly tone: "ok" | "wait" | "stop" | "no" | null;
  /** What happened, and by whom: "Approved by ada@example.com". */
  readonly title: string;
  /** The rest of the sentence: "by mail link". */
  readonly rest: string;
  /** One more line in the console's own words. */
  readonly note?: string;
  /** Words of a person or an app, as they were given. */
  readonly quote?: string;
}
