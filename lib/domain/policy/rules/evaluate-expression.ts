import type { JsonValue } from "@/lib/domain/json-value";
import { characterCount } from "@/lib/domain/text/character-count";
import { calculateExact, compareExact, type ExactDecimal, isSameDecimal, negateExact, wholeNumber } from "./exact-decimal";
import { commonType, type Expression, type ExpressionType, type FieldExpression, typeOf } from "./expression";
import {
  decimalOfNumber,
  hasValue,
  plainText,
  type Read,
  type RuleFacts,
  rawValue,
  readBoolean,
  readDecimal,
  readItems,
  readPlainDecimal,
  readString,
  Unreadable,
} from "./read-facts";
import { domainOf, holds, TEXT_TESTS } from "./text-and-order";
import { zonedTime } from "./zoned-time";

/** Longer texts aren't matched against patterns, whose steps grow with them. */
const MATCHED_MAX_LENGTH = 1000;

/** True, false, or unreadable with what couldn't be read. Visits each node at most once, so it always ends. */
export function evaluateCondition(expression: Expression, facts: RuleFacts): Read<boolean> {
  switch (expression.kind) {
    case "field":
      return readBoolean(expression, facts);
    case "has":
      return hasValue(expression.of, facts);
    case "not":
      return map(evaluateCondition(expression.of, facts), (value) => !value);
    case "and":
      return settle(expression, facts, false);
    case "or":
      return settle(expression, facts, true);
    case "if":
      return map(evaluateCondition(expression.test, facts), (value) =>
        evaluateCondition(value ? expression.then : expression.otherwise, facts),
      );
    case "compare":
      return compare(expression, facts);
    case "in":
      return isIn(expression, facts);
    case "text":
      return map2(
        expression.test === "contains" ? stringOf(expression.of, facts) : unpadded(expression.of, facts),
        stringOf(expression.part, facts),
        TEXT_TESTS[expression.test],
      );
    case "matches":
      return map(stringOf(expression.of, facts), (text) =>
        text.length <= MATCHED_MAX_LENGTH
          ? expression.pattern.test(text)
          : new Unreadable(expression.of, `has more than ${MATCHED_MAX_LENGTH} characters, too many for matches`),
      );
    case "literal":
      return typeof expression.value === "boolean" ? expression.value : new Unreadable(expression, "isn't true or false");
    default:
      return new Unreadable(expression, "isn't true or false");
  }
}

/** One side can settle it; only when neither does is an unreadable side the answer. */
function settle({ left, right }: Expression & { kind: "and" | "or" }, facts: RuleFacts, settling: boolean): Read<boolean> {
  const first = evaluateCondition(left, facts);
  if (first === settling) return settling;
  const second = evaluateCondition(right, facts);
  if (second === settling) return settling;
  return first instanceof Unreadable ? first : second;
}

function compare({ operator, left, right }: Expression & { kind: "compare" }, facts: RuleFacts): Read<boolean> {
  const isEquality = operator === "==" || operator === "!=";
  switch (comparedType(left, right, isEquality, facts)) {
    case "decimal":
      return map2(decimalOf(left, facts), decimalOf(right, facts), (a, b) => holds(operator, compareExact(a, b)));
    case "string":
      return map2(unpadded(left, facts), unpadded(right, facts), (a, b) => holds(operator, a === b ? 0 : 1));
    case "boolean":
      return map2(evaluateCondition(left, facts), evaluateCondition(right, facts), (a, b) => holds(operator, a === b ? 0 : 1));
    case "time":
      return map2(timeOf(left, facts), timeOf(right, facts), (a, b) => holds(operator, Math.sign(a - b)));
    default:
      return new Unreadable(left, "can't be compared");
  }
}

/** Two payload fields are compared as what the first one is; numbers alone are larger or smaller. */
function comparedType(left: Expression, right: Expression, isEquality: boolean, facts: RuleFacts): ExpressionType {
  const type = commonType(typeOf(left), typeOf(right)) ?? "any";
  if (type !== "any") return type;
  if (!isEquality || left.kind !== "field") return "decimal";
  const value = rawValue(left, facts);
  return typeof value === "string" || typeof value === "boolean" ? (typeof value as "string" | "boolean") : "decimal";
}

function isIn({ left, right }: Expression & { kind: "in" }, facts: RuleFacts): Read<boolean> {
  if (right.kind === "field") return isInField(left, right, facts);
  if (right.kind !== "list" || right.items[0] === undefined) return new Unreadable(right, "isn't a list");
  switch (typeOf(right.items[0])) {
    case "decimal":
      return map(decimalOf(left, facts), (value) =>
        right.items.some((item) => map(decimalOf(item, facts), (other) => isSameDecimal(value, other)) === true),
      );
    case "string":
      return map(unpadded(left, facts), (value) => right.items.some((item) => item.kind === "literal" && item.value === value));
    default:
      return map(evaluateCondition(left, facts), (value) => right.items.some((item) => item.kind === "literal" && item.value === value));
  }
}

/** Every item must have the value's type, or the list would be ambiguous. */
function isInField(left: Expression, right: FieldExpression, facts: RuleFacts): Read<boolean> {
  const items = readItems(right, facts);
  if (items instanceof Unreadable) return items;
  if (typeOf(left) === "decimal" || (left.kind === "field" && typeof rawValue(left, facts) === "number")) {
    const read = (item: JsonValue) => (typeof item === "number" ? decimalOfNumber(right, item) : oddItem(right));
    return anyItem(items, decimalOf(left, facts), read, isSameDecimal);
  }
  const read = (item: JsonValue) => (typeof item === "string" ? plainText(right, item) : oddItem(right));
  return anyItem(items, unpadded(left, facts), read, (a, b) => a === b);
}

function oddItem(of: Expression): Unreadable {
  return new Unreadable(of, "has items of another kind");
}

function anyItem<T>(
  items: readonly JsonValue[],
  wanted: Read<T>,
  read: (item: JsonValue) => Read<T>,
  isSame: (a: T, b: T) => boolean,
): Read<boolean> {
  if (wanted instanceof Unreadable) return wanted;
  let isFound = false;
  for (const item of items) {
    const value = read(item);
    if (value instanceof Unreadable) return value;
    isFound ||= isSame(value, wanted);
  }
  return isFound;
}

function decimalOf(expression: Expression, facts: RuleFacts): Read<ExactDecimal> {
  switch (expression.kind) {
    case "field":
    case "variable":
      return readDecimal(expression, facts);
    case "negate":
      return map(decimalOf(expression.of, facts), negateExact);
    case "dec":
      return readPlainDecimal(expression.of, facts);
    case "calculate":
      return map2(
        decimalOf(expression.left, facts),
        decimalOf(expression.right, facts),
        (a, b) => calculateExact(expression.operator, a, b) ?? new Unreadable(expression, "has too many digits"),
      );
    case "if":
      return map(evaluateCondition(expression.test, facts), (value) => decimalOf(value ? expression.then : expression.otherwise, facts));
    default:
      return numberOf(expression, facts);
  }
}

function numberOf(expression: Expression, facts: RuleFacts): Read<ExactDecimal> {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "object" && "scale" in expression.value
        ? expression.value
        : new Unreadable(expression, "isn't a number");
    case "size":
      return map(sizeOf(expression.of, facts), wholeNumber);
    case "clock": {
      if (facts.now === null) return new Unreadable(expression, "has no time to read");
      const { hour, dayOfWeek } = zonedTime(facts.now, expression.zone);
      return wholeNumber(expression.part === "hour" ? hour : dayOfWeek);
    }
    default:
      return new Unreadable(expression, "isn't a number");
  }
}

function sizeOf(of: Expression, facts: RuleFacts): Read<number> {
  if (of.kind === "field" && Array.isArray(rawValue(of, facts))) return map(readItems(of, facts), (items) => items.length);
  return map(stringOf(of, facts), characterCount);
}

/** A text whose beginning or end counts: blanks around it would make it differ from what people see. */
function unpadded(expression: Expression, facts: RuleFacts): Read<string> {
  return map(stringOf(expression, facts), (text) =>
    text === text.trim() ? text : new Unreadable(expression, "begins or ends with blanks"),
  );
}

function stringOf(expression: Expression, facts: RuleFacts): Read<string> {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? expression.value : new Unreadable(expression, "isn't a text");
    case "field":
    case "variable":
      return readString(expression, facts);
    case "domain":
      return map(stringOf(expression.of, facts), (text) => domainOf(text) ?? new Unreadable(expression.of, "isn't a plain email address"));
    case "lowerAscii":
      return map(stringOf(expression.of, facts), (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
    case "if":
      return map(evaluateCondition(expression.test, facts), (value) => stringOf(value ? expression.then : expression.otherwise, facts));
    default:
      return new Unreadable(expression, "isn't a text");
  }
}

function timeOf(expression: Expression, facts: RuleFacts): Read<number> {
  if (expression.kind === "literal" && expression.value instanceof Date) return expression.value.getTime();
  if (expression.kind === "variable" && expression.name === "now") return facts.now?.getTime() ?? new Unreadable(expression, "is missing");
  return new Unreadable(expression, "isn't a time");
}

function map<A, B>(value: Read<A>, then: (value: A) => Read<B>): Read<B> {
  return value instanceof Unreadable ? value : then(value);
}

function map2<A, B, C>(one: Read<A>, other: Read<B>, then: (one: A, other: B) => Read<C>): Read<C> {
  return map(one, (a) => map(other, (b) => then(a, b)));
}
