import type { RE2JS } from "re2js";
import type { ExactDecimal } from "./exact-decimal";

/** Where an expression is in its source, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What an expression gives, as far as it is known before it is evaluated. A payload field can turn out to be anything. */
export type ExpressionType = "boolean" | "decimal" | "string" | "time" | "list" | "any";

export const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Names of CEL itself, which no payload field can have after a dot. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(["in", "true", "false", "null"]);

/** Facts about the proposal beside its payload. `amount`, `currency` and `recipient` are read as the action reads them. */
export const VARIABLE_TYPES = {
  amount: "decimal",
  currency: "string",
  recipient: "string",
  actor: "string",
  "source.type": "string",
  "source.ref": "string",
  key: "string",
  risk: "string",
  now: "time",
} as const satisfies Record<string, ExpressionType>;
export type Variable = keyof typeof VARIABLE_TYPES;

export const TEXT_TESTS = ["startsWith", "endsWith", "contains"] as const;
export type TextTest = (typeof TEXT_TESTS)[number];

/** A checked expression: every operation fits the types that are known, and every text that must be fixed is. */
export type Expression = Span & ExpressionKind;

export type FieldExpression = Span & { readonly kind: "field"; readonly path: readonly (string | number)[] };
export type VariableExpression = Span & { readonly kind: "variable"; readonly name: Variable };

type ExpressionKind =
  | { readonly kind: "literal"; readonly value: boolean | string | ExactDecimal | Date }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | Omit<FieldExpression, keyof Span>
  | Omit<VariableExpression, keyof Span>
  | { readonly kind: "has"; readonly of: FieldExpression | VariableExpression }
  | { readonly kind: "dec"; readonly of: FieldExpression | VariableExpression }
  | { readonly kind: "not" | "negate" | "domain" | "lowerAscii" | "size"; readonly of: Expression }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "if"; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "in"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "calculate"; readonly operator: "+" | "-" | "*"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "text"; readonly test: TextTest; readonly of: Expression; readonly part: Expression }
  | { readonly kind: "matches"; readonly of: Expression; readonly pattern: RE2JS }
  | { readonly kind: "clock"; readonly part: "hour" | "day_of_week"; readonly zone: string };

export function typeOf(expression: Expression): ExpressionType {
  switch (expression.kind) {
    case "literal":
      return literalType(expression.value);
    case "list":
      return "list";
    case "field":
      return "any";
    case "variable":
      return VARIABLE_TYPES[expression.name];
    case "negate":
    case "dec":
    case "size":
    case "calculate":
    case "clock":
      return "decimal";
    case "domain":
    case "lowerAscii":
      return "string";
    case "if":
      return commonType(typeOf(expression.then), typeOf(expression.otherwise)) ?? "any";
    default:
      return "boolean";
  }
}

/** The type that both can have, or null when they can never be the same. */
export function commonType(one: ExpressionType, other: ExpressionType): ExpressionType | null {
  if (one === "any") return other;
  return other === "any" || other === one ? one : null;
}

function literalType(value: boolean | string | ExactDecimal | Date): ExpressionType {
  if (typeof value === "boolean" || typeof value === "string") return typeof value as "boolean" | "string";
  return value instanceof Date ? "time" : "decimal";
}

/** The expression and all that it is made of, in the order in which it is written. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...childrenOf(expression).flatMap(partsOf)];
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "field":
    case "variable":
    case "clock":
      return [];
    case "list":
      return expression.items;
    case "if":
      return [expression.test, expression.then, expression.otherwise];
    case "text":
      return [expression.of, expression.part];
    case "and":
    case "or":
    case "compare":
    case "in":
    case "calculate":
      return [expression.left, expression.right];
    default:
      return [expression.of];
  }
}
