import type { PolicyCase, PolicyResult, PolicyWords } from "./policy";
import type { RuleEffect } from "./rules/rule-set";

export const RULE_OUTCOMES = {
  allow: { outcome: "allowed", reason: "rule_allowed" },
  ask: { outcome: "pending_approval", reason: "rule_requires_approval" },
  block: { outcome: "blocked", reason: "rule_blocked" },
} as const satisfies Record<RuleEffect, PolicyResult>;

const EFFECT_LABELS: Record<RuleEffect, string> = { allow: "Allows", ask: "Requires approval", block: "Blocks" };

/** What is said of the policy of rules, without what reads rules. */
export const RULES_POLICY_WORDS: PolicyWords = {
  label: "By rules",
  text: "The first of your rules that applies decides.",
  asksPeople: "sometimes",
  reads: { what: "rules" },
  summary: ({ rules }) =>
    rules
      ? `${EFFECT_LABELS[rules.otherwise]} unless ${rules.rules.length === 1 ? "its rule decides" : `one of ${rules.rules.length} rules decides`}`
      : "Requires approval: the rules can’t be read",
  cases: ({ rules }) => {
    const unreadable: PolicyCase = { outcome: "pending_approval", text: "A rule can’t be read, and no later one blocks." };
    if (!rules) return [unreadable];
    const named = rules.rules.map(({ name, then }) => ({ outcome: RULE_OUTCOMES[then].outcome, text: `“${name}” applies.` }));
    return [...named, unreadable, { outcome: RULE_OUTCOMES[rules.otherwise].outcome, text: "No rule applies." }];
  },
};
