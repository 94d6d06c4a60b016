import type { PolicyOutcome, PolicyWords } from "./policy";

type FixedWords = Pick<PolicyWords, "label" | "text"> & {
  readonly summary: string;
  /** The fixed outcome of every run, in one sentence. */
  readonly everyRun: string;
};

/** What is said of a policy that treats every run alike. */
export function fixedPolicyWords(outcome: PolicyOutcome, { summary, everyRun, ...words }: FixedWords): PolicyWords {
  return {
    ...words,
    asksPeople: outcome === "pending_approval" ? "always" : "never",
    reads: { what: "nothing" },
    summary: () => summary,
    cases: () => [{ outcome, text: everyRun }],
  };
}
