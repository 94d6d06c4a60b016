import { RE2JS } from "re2js";
import { parseExactDecimal } from "./exact-decimal";
import { expectType } from "./expect-type";
import { type Expression, type Span, TEXT_TESTS, type TextTest, typeOf } from "./expression";
import { ExpressionError } from "./expression-error";
import { isTimeZone } from "./zoned-time";

const PATTERN_MAX_LENGTH = 200;
/** In instructions of the compiled pattern: matching takes at most this many steps for each character. */
const PATTERN_MAX_SIZE = 1000;

export const FUNCTIONS = ["has", "dec", "domain", "size", "timestamp"] as const;
export const METHODS = [...TEXT_TESTS, "matches", "lowerAscii", "size", "hour", "day_of_week"] as const;

/** Fails for a function that rules don't have, before what is between its parentheses is looked at. */
export function requireFunction(name: string, kind: "function" | "method", span: Span): void {
  const known: readonly string[] = kind === "function" ? FUNCTIONS : METHODS;
  if (!known.includes(name)) throw new ExpressionError(`Rules have no function ${name}. They have ${known.join(", ")}.`, span);
}

/** `dec(…)` and the other functions. */
export function checkCall(name: string, args: readonly Expression[], span: Span): Expression {
  switch (name) {
    case "has": {
      const of = onlyArgument(name, args, span);
      if (of.kind === "field" || (of.kind === "variable" && of.name.startsWith("source."))) return { ...span, kind: "has", of };
      throw new ExpressionError("has asks whether a field is there, such as has(payload.country).", span);
    }
    case "dec":
      return checkDec(onlyArgument(name, args, span), span);
    case "timestamp":
      return { ...span, kind: "literal", value: timeOf(onlyArgument(name, args, span)) };
    case "domain":
      return { ...span, kind: "domain", of: expectType(onlyArgument(name, args, span), "string") };
    case "size":
      return { ...span, kind: "size", of: checkSized(onlyArgument(name, args, span)) };
    default:
      throw new TypeError(`requireFunction lets ${name} through.`);
  }
}

/** `payload.email.endsWith(…)` and the other functions of a value. */
export function checkMethod(name: string, of: Expression, args: readonly Expression[], span: Span): Expression {
  if (isTextTest(name)) {
    return { ...span, kind: "text", test: name, of: expectType(of, "string"), part: expectType(onlyArgument(name, args, span), "string") };
  }
  switch (name) {
    case "matches":
      return { ...span, kind: "matches", of: expectType(of, "string"), pattern: compilePattern(onlyArgument(name, args, span)) };
    case "lowerAscii":
      if (args.length > 0) throw new ExpressionError("Leave the parentheses of lowerAscii() empty.", span);
      return { ...span, kind: "lowerAscii", of: expectType(of, "string") };
    case "size":
      if (args.length > 0) throw new ExpressionError("Leave the parentheses of size() empty.", span);
      return { ...span, kind: "size", of: checkSized(of) };
    case "hour":
    case "day_of_week":
      if (of.kind !== "variable" || of.name !== "now")
        throw new ExpressionError(`${name} is read of the present time: now.${name}("Europe/Berlin").`, span);
      return { ...span, kind: "clock", part: name, zone: zoneOf(onlyArgument(name, args, span)) };
    default:
      throw new TypeError(`requireFunction lets ${name} through.`);
  }
}

function onlyArgument(name: string, args: readonly Expression[], span: Span): Expression {
  const [argument] = args;
  if (argument !== undefined && args.length === 1) return argument;
  throw new ExpressionError(`${name} takes one value between its parentheses.`, span);
}

function checkDec(of: Expression, span: Span): Expression {
  const text = fixedText(of);
  if (text === null) {
    if (of.kind === "field" || (of.kind === "variable" && of.name !== "now")) return { ...span, kind: "dec", of };
    throw new ExpressionError('dec reads a number sent as text: dec(payload.total), or a fixed one: dec("1250.00").', span);
  }
  const value = /^-?\d+(\.\d+)?$/.test(text) && text.length <= 64 ? parseExactDecimal(text) : null;
  if (value === null) throw new ExpressionError('Write a plain decimal number such as dec("1250.00").', of);
  return { ...span, kind: "literal", value };
}

function checkSized(of: Expression): Expression {
  if (of.kind === "list") throw new ExpressionError("size counts the characters of a text or the items of a list in the payload.", of);
  return typeOf(of) === "any" ? of : expectType(of, "string");
}

function timeOf(of: Expression): Date {
  const text = fixedText(of);
  const time = text !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : null;
  if (time === null || Number.isNaN(time.getTime()))
    throw new ExpressionError('Write a time such as timestamp("2026-12-24T18:00:00Z").', of);
  return time;
}

function zoneOf(of: Expression): string {
  const zone = fixedText(of);
  if (zone === null || !isTimeZone(zone)) throw new ExpressionError('Write a time zone such as "Europe/Berlin" or "UTC".', of);
  return zone;
}

function compilePattern(of: Expression): RE2JS {
  const text = fixedText(of);
  if (text === null) throw new ExpressionError("The pattern must be a fixed text, so that it can be checked now.", of);
  if (text.length > PATTERN_MAX_LENGTH)
    throw new ExpressionError(`The pattern has ${text.length} characters; the limit is ${PATTERN_MAX_LENGTH}.`, of);
  const pattern = tryCompile(text, of);
  if (pattern.programSize() > PATTERN_MAX_SIZE)
    throw new ExpressionError("The pattern is too expensive. Use smaller repetition counts.", of);
  return pattern;
}

function tryCompile(text: string, of: Expression): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch (error) {
    throw new ExpressionError(`RE2 can't read this pattern: ${error instanceof Error ? error.message : "unknown syntax"}.`, of);
  }
}

function fixedText(of: Expression): string | null {
  return of.kind === "literal" && typeof of.value === "string" ? of.value : null;
}

function isTextTest(name: string): name is TextTest {
  return TEXT_TESTS.some((test) => test === name);
}
