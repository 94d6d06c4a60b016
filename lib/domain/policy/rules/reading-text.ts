import type { JsonValue } from "@/lib/domain/json-value";
import { readAmount } from "@/lib/domain/policy/amounts";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { readableValue } from "@/lib/domain/policy/payload-rows";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { quotePhrase } from "@/lib/domain/text/quote-phrase";
import { shortened } from "@/lib/domain/text/shortened";
import { conditionOf } from "./compile-condition";
import { exactText, parseExactDecimal } from "./exact-decimal";
import { type Expression, type FieldExpression, partsOf, type VariableExpression } from "./expression";
import { type RuleFacts, rawValue, readPlainDecimal, Unreadable } from "./read-facts";
import { zonedTime } from "./zoned-time";

const VALUE_MAX_LENGTH = 60;

/** What made a condition true or false, with the values that were read: "amount 6,200.00 > 5,000". */
export function readingText(expression: Expression, facts: RuleFacts): string {
  return decidingParts(expression, facts)
    .map((part) => textOf(part, facts))
    .join(", ");
}

/**
 * The payload fields that the condition reads, as paths, in order. What the action reads as amount, currency and recipient is
 * named by `fieldNames`.
 */
export function fieldsRead(expression: Expression, fieldNames: FieldNames): string[] {
  const paths = partsOf(expression).flatMap((of) => readPaths(of, fieldNames));
  return [...new Set(paths)];
}

export interface FieldNames {
  readonly amountField: string;
  readonly currencyField: string;
}

function readPaths(of: Expression, { amountField, currencyField }: FieldNames): string[] {
  if (of.kind === "field") return [of.path.filter((name) => typeof name === "string").join(".")];
  if (of.kind !== "variable") return [];
  return of.name === "amount" ? [amountField] : of.name === "currency" ? [currencyField] : [];
}

/** "payload.customer.email is missing". */
export function unreadableText({ of, why }: Unreadable): string {
  return `${of.kind === "field" || of.kind === "variable" ? nameOf(of) : "A result"} ${why}`;
}

export function nameOf(of: FieldExpression | VariableExpression): string {
  if (of.kind === "variable") return of.name;
  return of.path.reduce<string>(
    (path, name) =>
      typeof name === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`,
    "payload",
  );
}

/** Of "and" and "or" only the sides that settled it. */
function decidingParts(expression: Expression, facts: RuleFacts): Expression[] {
  switch (expression.kind) {
    case "and":
    case "or": {
      const [left, right] = [conditionOf(expression.left)(facts), conditionOf(expression.right)(facts)];
      const settling = expression.kind === "or";
      if (left !== settling && right !== settling)
        return [...decidingParts(expression.left, facts), ...decidingParts(expression.right, facts)];
      return decidingParts(left === settling ? expression.left : expression.right, facts);
    }
    default:
      return [expression];
  }
}

function textOf(expression: Expression, facts: RuleFacts): string {
  const text = (of: Expression) => textOf(of, facts);
  switch (expression.kind) {
    case "literal":
      return literalText(expression.value);
    case "list":
      return `[${expression.items.map(text).join(", ")}]`;
    case "field":
    case "variable":
      return `${nameOf(expression)} ${valueOf(expression, facts)}`;
    case "has":
      return `has(${nameOf(expression.of)})`;
    case "dec":
      return `${nameOf(expression.of)} ${decimalText(expression.of, facts)}`;
    case "not":
      return `!(${text(expression.of)})`;
    case "negate":
      return `-${text(expression.of)}`;
    case "domain":
    case "size":
      return `${expression.kind}(${text(expression.of)})`;
    case "lowerAscii":
      return text(expression.of);
    case "if":
      return `${text(expression.test)} ? ${text(expression.then)} : ${text(expression.otherwise)}`;
    case "and":
      return `(${text(expression.left)} && ${text(expression.right)})`;
    case "or":
      return `(${text(expression.left)} || ${text(expression.right)})`;
    case "compare":
    case "calculate":
      return `${text(expression.left)} ${expression.operator} ${text(expression.right)}`;
    case "in":
      return `${text(expression.left)} in ${text(expression.right)}`;
    case "text":
      return `${text(expression.of)} ${expression.test} ${text(expression.part)}`;
    case "matches":
      return `${text(expression.of)} matches ${expression.pattern.pattern()}`;
    case "clock": {
      if (facts.now === null) return `now.${expression.part}(${expression.zone})`;
      const { hour, dayOfWeek } = zonedTime(facts.now, expression.zone);
      return `now.${expression.part}(${expression.zone}) ${expression.part === "hour" ? hour : dayOfWeek}`;
    }
  }
}

function literalText(value: (Expression & { kind: "literal" })["value"]): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return exactText(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function valueOf(of: FieldExpression | VariableExpression, facts: RuleFacts): string {
  const value = rawValue(of, facts);
  if (value instanceof Unreadable || value === undefined) return "(missing)";
  if (of.kind === "variable" && of.name === "amount") {
    const amount = readAmount(value);
    if (amount.kind === "amount") return formatAmount(amount.decimal);
  }
  const text = shortened(visibleText(readable(value)), VALUE_MAX_LENGTH);
  // A text that could be taken for another type is written as JSON already.
  return typeof value === "string" && readableValue(value) === value ? quotePhrase(text) : text;
}

/** A number that was sent as text, without its quotes. */
function decimalText(of: FieldExpression | VariableExpression, facts: RuleFacts): string {
  const decimal = readPlainDecimal(of, facts);
  return decimal instanceof Unreadable ? valueOf(of, facts) : exactText(decimal);
}

function readable(value: JsonValue): string {
  const decimal = typeof value === "number" ? parseExactDecimal(String(value)) : null;
  return decimal === null ? readableValue(value).replace(/[\t\r\n]+/g, " ") : exactText(decimal);
}
