import type { Policy, PolicyResult } from "./policy";

type FixedWords = Pick<Policy, "label" | "text" | "does" | "goodFor"> & {
  readonly summary: string;
  /** The fixed outcome of every run, in one sentence. */
  readonly everyRun: string;
};

/** A policy that treats every run alike. */
export function fixedPolicy(result: PolicyResult, { summary, everyRun, ...words }: FixedWords): Policy {
  return {
    ...words,
    asksPeople: result.outcome === "pending_approval" ? "always" : "never",
    reads: { what: "nothing" },
    evaluate: () => ({ ...result }),
    summary: () => summary,
    cases: () => [{ outcome: result.outcome, text: everyRun }],
    fields: () => [],
    steps: () => [["Ignore the payload: every run is treated the same."]],
    samples: () => [],
    asking: () => ({}),
  };
}
