import type { Policy, PolicyResult, PolicyWords } from "./policy";

/** A policy that treats every run alike. */
export function fixedPolicy(result: PolicyResult, words: PolicyWords): Policy {
  return {
    ...words,
    evaluate: () => ({ ...result }),
    fields: () => [],
    steps: () => [["Ignore the payload: every run is treated the same."]],
    samples: () => [],
    asking: () => ({}),
  };
}
