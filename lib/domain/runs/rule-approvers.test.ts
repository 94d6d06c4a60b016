import { expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { decideByRules } from "@/lib/domain/policy/rules/decide-by-rules";
import type { RuleEffect } from "@/lib/domain/policy/rules/rule-set";
import { factsOf, setOf } from "@/lib/testing/rule-facts";
import { approversOfRules } from "./rule-approvers";

/** Rules 1 to 3: "two" needs two people, "one" another one, and the last one names nobody. */
const CONDITIONS = ["payload.two", "payload.one", "payload.plain"];
const own = (rule: string, approvals: number) => ({ rule, approvals, people: ["ann@example.com", "ben@example.com"] });

interface Circumstances {
  otherwise?: RuleEffect;
  /** The action's own. */
  approvals?: number;
  later?: number;
  /** Of the rules; where none is given, it asks. */
  effects?: RuleEffect[];
}

/** Whose approvers are asked: a field that isn't given can't be read. */
function asked(payload: JsonObject, { otherwise = "allow", approvals = 1, later = 0, effects = [] }: Circumstances = {}) {
  const set = { ...setOf(CONDITIONS.map((when, place) => [when, effects[place] ?? "ask"])), otherwise };
  const [two, one] = set.rules.map(({ name }) => name);
  const decision = decideByRules(set, factsOf(payload));
  const laterStages = later === 0 ? [] : [{ approvals: later, people: ["eve@example.com"] }];
  const rule = approversOfRules(decision.asking, { ruleApprovers: [own(two ?? "", 2), own(one ?? "", 1)], approvals, laterStages });
  return { effect: decision.effect, asked: rule === null ? "the action's" : rule.rule === two ? "two" : "one" };
}

it.each<[string, JsonObject, Circumstances, ReturnType<typeof asked>]>([
  ["a rule that asks", { two: true }, {}, { effect: "ask", asked: "two" }],
  ["the first that applies", { two: false, one: true }, {}, { effect: "ask", asked: "one" }],
  ["one that names nobody", { two: false, one: false, plain: true }, {}, { effect: "ask", asked: "the action's" }],
  ["none, and the rest asks", { two: false, one: false, plain: false }, { otherwise: "ask" }, { effect: "ask", asked: "the action's" }],
  ["none, and the rest is allowed", { two: false, one: false, plain: false }, {}, { effect: "allow", asked: "the action's" }],
  ["one that can't be read", { one: false, plain: false }, {}, { effect: "ask", asked: "two" }],
  ["one that can't be read, before one that needs fewer", { one: true }, {}, { effect: "ask", asked: "two" }],
  ["one that can't be read, before one that names nobody", { one: false, plain: true }, {}, { effect: "ask", asked: "two" }],
  ["two that can't be read", { plain: false }, {}, { effect: "ask", asked: "two" }],
  [
    "one that can't be read, where the action needs more",
    { one: false, plain: true },
    { approvals: 2, later: 1 },
    { effect: "ask", asked: "the action's" },
  ],
  [
    "the same where the rest asks",
    { one: false, plain: false },
    { otherwise: "ask", approvals: 3 },
    { effect: "ask", asked: "the action's" },
  ],
  ["one that can't be read and would allow", { one: true }, { effects: ["allow", "ask"] }, { effect: "ask", asked: "one" }],
  [
    "one that can't be read and would allow, before none",
    { one: false, plain: false },
    { effects: ["allow", "ask"] },
    { effect: "ask", asked: "the action's" },
  ],
  [
    "one that can't be read, before one that blocks",
    { one: true },
    { effects: ["ask", "block"] },
    { effect: "block", asked: "the action's" },
  ],
])("whose approvers are asked: %s", (_, payload, circumstances, expected) => {
  expect(asked(payload, circumstances)).toEqual(expected);
});
