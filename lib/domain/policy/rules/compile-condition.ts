import type { JsonValue } from "@/lib/domain/json-value";
import { characterCount } from "@/lib/domain/text/character-count";
import { calculateExact, compareExact, type ExactDecimal, isSameDecimal, negateExact, wholeNumber } from "./exact-decimal";
import { commonType, type Expression, type FieldExpression, typeOf } from "./expression";
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
import { always, map, map2, type Reader, unreadable } from "./reader";
import { domainOf, holds, TEXT_TESTS } from "./text-and-order";
import { zonedTime } from "./zoned-time";

/** Longer texts aren't matched against patterns, whose steps grow with them. */
const MATCHED_MAX_LENGTH = 1000;

/** True, false, or unreadable with what couldn't be read. Visits each node at most once, so it always ends. */
export type Condition = Reader<boolean>;

const CONDITIONS = new WeakMap<Expression, Condition>();

/** The expression as functions, made once: thousands of payloads are decided by the same one. */
export function conditionOf(expression: Expression): Condition {
  const known = CONDITIONS.get(expression);
  if (known) return known;
  const condition = compile(expression);
  CONDITIONS.set(expression, condition);
  return condition;
}

function compile(expression: Expression): Condition {
  switch (expression.kind) {
    case "field":
      return (facts) => readBoolean(expression, facts);
    case "has": {
      const { of } = expression;
      return (facts) => hasValue(of, facts);
    }
    case "not":
      return map(conditionOf(expression.of), (value) => !value);
    case "and":
      return settle(expression, false);
    case "or":
      return settle(expression, true);
    case "if":
      return choose(expression, conditionOf);
    case "compare":
      return compare(expression);
    case "in":
      return isIn(expression);
    case "text":
      return map2(
        expression.test === "contains" ? stringOf(expression.of) : unpadded(expression.of),
        stringOf(expression.part),
        TEXT_TESTS[expression.test],
      );
    case "matches": {
      const { of, pattern } = expression;
      return map(stringOf(of), (text) =>
        text.length <= MATCHED_MAX_LENGTH
          ? pattern.test(text)
          : new Unreadable(of, `has more than ${MATCHED_MAX_LENGTH} characters, too many for matches`),
      );
    }
    case "literal":
      return typeof expression.value === "boolean" ? always(expression.value) : unreadable(expression, "isn't true or false");
    default:
      return unreadable(expression, "isn't true or false");
  }
}

/** One side can settle it; only when neither does is an unreadable side the answer. */
function settle({ left, right }: Expression & { kind: "and" | "or" }, settling: boolean): Condition {
  const [one, other] = [conditionOf(left), conditionOf(right)];
  return (facts) => {
    const first = one(facts);
    if (first === settling) return settling;
    const second = other(facts);
    if (second === settling) return settling;
    return first instanceof Unreadable ? first : second;
  };
}

function compare({ operator, left, right }: Expression & { kind: "compare" }): Condition {
  const decimals = () => map2(decimalOf(left), decimalOf(right), (a, b) => holds(operator, compareExact(a, b)));
  const strings = () => map2(unpadded(left), unpadded(right), (a, b) => holds(operator, a === b ? 0 : 1));
  const booleans = () => map2(conditionOf(left), conditionOf(right), (a, b) => holds(operator, a === b ? 0 : 1));
  switch (commonType(typeOf(left), typeOf(right)) ?? "any") {
    case "decimal":
      return decimals();
    case "string":
      return strings();
    case "boolean":
      return booleans();
    case "time":
      return map2(timeOf(left), timeOf(right), (a, b) => holds(operator, Math.sign(a - b)));
    case "any": {
      // Two payload fields are compared as what the first one is; numbers alone are larger or smaller.
      if ((operator !== "==" && operator !== "!=") || left.kind !== "field") return decimals();
      const as = { string: strings(), boolean: booleans(), decimal: decimals() };
      return (facts) => {
        const type = typeof rawValue(left, facts);
        return as[type === "string" || type === "boolean" ? type : "decimal"](facts);
      };
    }
    default:
      return unreadable(left, "can't be compared");
  }
}

function isIn({ left, right }: Expression & { kind: "in" }): Condition {
  if (right.kind === "field") return isInField(left, right);
  if (right.kind !== "list" || right.items[0] === undefined) return unreadable(right, "isn't a list");
  const type = typeOf(right.items[0]);
  if (type === "decimal") {
    const items = right.items.map(decimalOf);
    const isItem = (value: ExactDecimal, facts: RuleFacts) =>
      items.some((item) => {
        const other = item(facts);
        return !(other instanceof Unreadable) && isSameDecimal(value, other);
      });
    return map(decimalOf(left), isItem);
  }
  const values = new Set<unknown>(right.items.map((item) => (item.kind === "literal" ? item.value : null)));
  const isItem = (value: string | boolean) => values.has(value);
  return type === "string" ? map(unpadded(left), isItem) : map(conditionOf(left), isItem);
}

/** Every item must have the value's type, or the list would be ambiguous. */
function isInField(left: Expression, right: FieldExpression): Condition {
  const oddItem = new Unreadable(right, "has items of another kind");
  const decimals = anyItem(decimalOf(left), (item) => (typeof item === "number" ? decimalOfNumber(right, item) : oddItem), isSameDecimal);
  const strings = anyItem(
    unpadded(left),
    (item) => (typeof item === "string" ? plainText(right, item) : oddItem),
    (a, b) => a === b,
  );
  const isDecimal = typeOf(left) === "decimal";
  return (facts) => {
    const items = readItems(right, facts);
    if (items instanceof Unreadable) return items;
    return isDecimal || (left.kind === "field" && typeof rawValue(left, facts) === "number")
      ? decimals(items, facts)
      : strings(items, facts);
  };
}

function anyItem<T>(wantedOf: Reader<T>, read: (item: JsonValue) => Read<T>, isSame: (a: T, b: T) => boolean) {
  return (items: readonly JsonValue[], facts: RuleFacts): Read<boolean> => {
    const wanted = wantedOf(facts);
    if (wanted instanceof Unreadable) return wanted;
    let isFound = false;
    for (const item of items) {
      const value = read(item);
      if (value instanceof Unreadable) return value;
      isFound ||= isSame(value, wanted);
    }
    return isFound;
  };
}

function decimalOf(expression: Expression): Reader<ExactDecimal> {
  switch (expression.kind) {
    case "field":
    case "variable":
      return (facts) => readDecimal(expression, facts);
    case "negate":
      return map(decimalOf(expression.of), negateExact);
    case "dec": {
      const { of } = expression;
      return (facts) => readPlainDecimal(of, facts);
    }
    case "calculate": {
      const { operator, left, right } = expression;
      const tooLong = new Unreadable(expression, "has too many digits");
      return map2(decimalOf(left), decimalOf(right), (a, b) => calculateExact(operator, a, b) ?? tooLong);
    }
    case "if":
      return choose(expression, decimalOf);
    case "literal":
      if (typeof expression.value === "object" && "scale" in expression.value) return always(expression.value);
      return unreadable(expression, "isn't a number");
    case "size":
      return map(sizeOf(expression.of), wholeNumber);
    case "clock": {
      const { part, zone } = expression;
      const timeless = new Unreadable(expression, "has no time to read");
      return ({ now }) => (now === null ? timeless : wholeNumber(zonedTime(now, zone)[part === "hour" ? "hour" : "dayOfWeek"]));
    }
    default:
      return unreadable(expression, "isn't a number");
  }
}

function sizeOf(of: Expression): Reader<number> {
  const characters = map(stringOf(of), characterCount);
  if (of.kind !== "field") return characters;
  return (facts) => {
    const value = rawValue(of, facts);
    return Array.isArray(value) ? value.length : characters(facts);
  };
}

/** A text whose beginning or end counts: blanks around it would make it differ from what people see. */
function unpadded(expression: Expression): Reader<string> {
  const padded = new Unreadable(expression, "begins or ends with blanks");
  return map(stringOf(expression), (text) => (text === text.trim() ? text : padded));
}

function stringOf(expression: Expression): Reader<string> {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? always(expression.value) : unreadable(expression, "isn't a text");
    case "field":
    case "variable":
      return (facts) => readString(expression, facts);
    case "domain": {
      const noAddress = new Unreadable(expression.of, "isn't a plain email address");
      return map(stringOf(expression.of), (text) => domainOf(text) ?? noAddress);
    }
    case "lowerAscii":
      return map(stringOf(expression.of), (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
    case "if":
      return choose(expression, stringOf);
    default:
      return unreadable(expression, "isn't a text");
  }
}

function timeOf(expression: Expression): Reader<number> {
  if (expression.kind === "literal" && expression.value instanceof Date) return always(expression.value.getTime());
  if (expression.kind !== "variable" || expression.name !== "now") return unreadable(expression, "isn't a time");
  const missing = new Unreadable(expression, "is missing");
  return ({ now }) => now?.getTime() ?? missing;
}

function choose<T>({ test, then, otherwise }: Expression & { kind: "if" }, readerOf: (of: Expression) => Reader<T>): Reader<T> {
  const [one, other] = [readerOf(then), readerOf(otherwise)];
  return map(conditionOf(test), (value, facts) => (value ? one : other)(facts));
}
