/** What came of checking, in plain sentences. */
export interface Verdict {
  /** Empty when everything holds. */
  readonly problems: readonly string[];
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
}

/** What no receipt can prove, even if it verifies. */
export const NEVER_PROVED = [
  "That the app told the truth about the execution: a receipt says what the app reported.",
  "What was in the log before anyone outside the console kept a checkpoint of it.",
] as const;

/** A verdict with problems has proved nothing. */
export function verdictOf(problems: readonly string[], proved: readonly string[], notProved: readonly string[] = NEVER_PROVED): Verdict {
  return problems.length > 0 ? { problems, proved: [], notProved: [] } : { problems, proved, notProved };
}
