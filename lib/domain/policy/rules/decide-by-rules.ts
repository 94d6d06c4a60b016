import { checkExpression } from "./check-expression";
import { type Condition, conditionOf } from "./compile-condition";
import type { Expression } from "./expression";
import { type RuleFacts, Unreadable } from "./read-facts";
import { type FieldNames, fieldsRead, readingText, unreadableText } from "./reading-text";
import type { Rule, RuleEffect, RuleSet } from "./rule-set";

export interface RulesDecision {
  readonly effect: RuleEffect;
  /** The rule that decided; null when none applied. */
  readonly rule: Rule | null;
  /** Whether it decided because it could not be read. */
  readonly isUnreadable: boolean;
  /** The rules that ask, or would if they could be read, and null where nothing else applies and that asks. Empty: nobody is asked. */
  readonly asking: readonly (string | null)[];
}

/**
 * The first rule that applies decides. One that can't be read never lets the run through: from there on the answer is
 * to ask, unless the rule that applies next blocks, or nothing applies and the rest is blocked.
 */
export function decideByRules(set: RuleSet, facts: RuleFacts): RulesDecision {
  const unreadable: Rule[] = [];
  for (const { rule, condition } of compiled(set)) {
    const result = condition(facts);
    if (result instanceof Unreadable) unreadable.push(rule);
    else if (result) return stricter(unreadable, rule.then, rule);
  }
  return stricter(unreadable, set.otherwise, null);
}

function stricter(unreadable: readonly Rule[], effect: RuleEffect, rule: Rule | null): RulesDecision {
  if (effect === "block") return { effect, rule, isUnreadable: false, asking: [] };
  const asking = [
    ...unreadable.filter(({ then }) => then === "ask").map(({ name }) => name),
    ...(effect === "ask" ? [rule?.name ?? null] : []),
  ];
  const [first] = unreadable;
  return first ? { effect: "ask", rule: first, isUnreadable: true, asking } : { effect, rule, isUnreadable: false, asking };
}

/** How one rule reads a payload. */
export interface RuleReading {
  readonly rule: Rule;
  readonly result: boolean | "unreadable";
  /** Why, with the values that were read. */
  readonly text: string;
}

/** Every rule of the set, those after the deciding one included. */
export function readRules(set: RuleSet, facts: RuleFacts): RuleReading[] {
  return compiled(set).map(({ rule, expression, condition }) => {
    if (expression === null) return { rule, result: "unreadable", text: "This release can't read the condition" };
    const result = condition(facts);
    if (result instanceof Unreadable) return { rule, result: "unreadable", text: unreadableText(result) };
    return { rule, result, text: readingText(expression, facts) };
  });
}

/** Paths of the payload fields that one rule reads, or all of the set when it is null. */
export function fieldsOfRules(set: RuleSet, name: string | null, fieldNames: FieldNames): string[] {
  const read = compiled(set).filter(({ rule }) => name === null || rule.name === name);
  return [...new Set(read.flatMap(({ expression }) => (expression === null ? [] : fieldsRead(expression, fieldNames))))];
}

interface CompiledRule {
  readonly rule: Rule;
  /** null: written by a newer release, whose CEL this one doesn't know. */
  readonly expression: Expression | null;
  readonly condition: Condition;
}

const COMPILED = new WeakMap<RuleSet, readonly CompiledRule[]>();

function compiled(set: RuleSet): readonly CompiledRule[] {
  const known = COMPILED.get(set);
  if (known) return known;
  const rules = set.rules.map((rule) => {
    const expression = readExpression(rule.when);
    return { rule, expression, condition: expression === null ? UNKNOWN : conditionOf(expression) };
  });
  COMPILED.set(set, rules);
  return rules;
}

const MAX_EXPRESSIONS = 1000;
const EXPRESSIONS = new Map<string, Expression | null>();

/** Each key and action caches its own set, and most have the same conditions. */
function readExpression(when: string): Expression | null {
  const known = EXPRESSIONS.get(when);
  if (known !== undefined) return known;
  const checked = checkExpression(when);
  if (EXPRESSIONS.size >= MAX_EXPRESSIONS) EXPRESSIONS.clear();
  const expression = checked.ok ? checked.expression : null;
  EXPRESSIONS.set(when, expression);
  return expression;
}

const UNREADABLE = new Unreadable({ kind: "literal", value: false, start: 0, end: 0 }, "is of a newer release");
const UNKNOWN: Condition = () => UNREADABLE;
