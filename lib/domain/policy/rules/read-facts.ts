import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "@/lib/domain/json-value";
import { readAmount } from "@/lib/domain/policy/amounts";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { type ExactDecimal, parseExactDecimal } from "./exact-decimal";
import type { Expression, FieldExpression, VariableExpression } from "./expression";

/** All that a rule can look at. */
export interface RuleFacts {
  readonly payload: JsonObject;
  /** As they are in the payload, where the action reads them. */
  readonly amount: JsonValue | undefined;
  readonly currency: JsonValue | undefined;
  readonly recipient: string | null;
  readonly actor: string | null;
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
  /** The name of the API key. */
  readonly key: string | null;
  readonly risk: RiskLevel | null;
  /** The database's time; null where no time is known. */
  readonly now: Date | null;
}

/** The third truth value: a field is missing, or isn't what the expression needs. */
export class Unreadable {
  readonly of: Expression;
  /** Completes a sentence that starts with the field's name. */
  readonly why: string;

  constructor(of: Expression, why: string) {
    this.of = of;
    this.why = why;
  }
}

export type Read<T> = T | Unreadable;

/** The raw value of a field or a variable; undefined when it isn't there, null included: null counts as not sent. */
export function rawValue(of: FieldExpression | VariableExpression, facts: RuleFacts): Read<JsonValue | undefined> {
  return of.kind === "field" ? fieldValue(of, facts.payload) : (variableValue(of, facts) ?? undefined);
}

export function hasValue(of: FieldExpression | VariableExpression, facts: RuleFacts): Read<boolean> {
  const value = rawValue(of, facts);
  if (value instanceof Unreadable) return value;
  // null is ambiguous, so neither result is safe.
  return value === null ? new Unreadable(of, "is null") : value !== undefined;
}

export function readBoolean(of: FieldExpression, facts: RuleFacts): Read<boolean> {
  const value = rawValue(of, facts);
  return typeof value === "boolean" || value instanceof Unreadable ? value : unfit(of, value, "true or false");
}

/** A text as people see it: one with hidden or look-alike characters is not readable. */
export function readString(of: FieldExpression | VariableExpression, facts: RuleFacts): Read<string> {
  const value = rawValue(of, facts);
  if (value instanceof Unreadable) return value;
  return typeof value === "string" ? plainText(of, value) : unfit(of, value, "a text");
}

export function plainText(of: Expression, text: string): Read<string> {
  if (PLAIN_ASCII.test(text)) return text;
  return inspectText(text).warnings.length === 0 ? text.normalize("NFC") : new Unreadable(of, "contains hidden or look-alike characters");
}

const PLAIN_ASCII = /^[\x20-\x7e\t\n\r]*$/;

export function readDecimal(of: FieldExpression | VariableExpression, facts: RuleFacts): Read<ExactDecimal> {
  if (of.kind === "variable") return readPlainDecimal(of, facts);
  const value = rawValue(of, facts);
  if (value instanceof Unreadable) return value;
  if (typeof value === "string") return new Unreadable(of, "is a text, not a number. dec(…) reads a number sent as text");
  return typeof value === "number" ? decimalOfNumber(of, value) : unfit(of, value, "a number");
}

/** `dec(…)`, and the amount: a number or a text, but a plain non-negative decimal either way. */
export function readPlainDecimal(of: FieldExpression | VariableExpression, facts: RuleFacts): Read<ExactDecimal> {
  const value = rawValue(of, facts);
  if (value instanceof Unreadable) return value;
  if (value === undefined || value === null) return unfit(of, value, "a number");
  return plainDecimal(value) ?? new Unreadable(of, "isn't a plain decimal number");
}

/** The last one, because most rules look at the same amount. */
let lastPlain: { readonly value: JsonValue; readonly decimal: ExactDecimal | null } = { value: null, decimal: null };

function plainDecimal(value: JsonValue): ExactDecimal | null {
  if (Object.is(lastPlain.value, value)) return lastPlain.decimal;
  const amount = readAmount(value);
  const decimal = amount.kind === "amount" ? parseExactDecimal(amount.decimal) : null;
  lastPlain = { value, decimal };
  return decimal;
}

export function readItems(of: FieldExpression, facts: RuleFacts): Read<readonly JsonValue[]> {
  const value = rawValue(of, facts);
  return Array.isArray(value) || value instanceof Unreadable ? value : unfit(of, value, "a list");
}

/** JSON numbers that lost digits when they were read are none; all others are the decimal that they print. */
export function decimalOfNumber(of: Expression, value: number): Read<ExactDecimal> {
  const hasLostDigits = !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
  const decimal = hasLostDigits ? null : parseExactDecimal(String(value));
  return decimal ?? new Unreadable(of, "is a number too large to be exact");
}

function unfit(of: Expression, value: JsonValue | undefined, needed: string): Unreadable {
  if (value === undefined) return new Unreadable(of, "is missing");
  return new Unreadable(of, value === null ? "is null" : `is ${kindName(value)}, not ${needed}`);
}

function kindName(value: Exclude<JsonValue, null>): string {
  if (Array.isArray(value)) return "a list";
  return { string: "a text", number: "a number", boolean: "true or false", object: "an object" }[typeof value as "string"];
}

function variableValue({ name }: VariableExpression, facts: RuleFacts): JsonValue | undefined {
  switch (name) {
    case "source.type":
      return facts.source?.type;
    case "source.ref":
      return facts.source?.ref;
    case "now":
      return facts.now?.toISOString();
    default:
      return facts[name];
  }
}

/** Own members only; anything but objects on the way makes the field unreadable. */
function fieldValue(of: FieldExpression, payload: JsonObject): Read<JsonValue | undefined> {
  let value: JsonValue | undefined = payload;
  for (let place = 0; place < of.path.length; place++) {
    const name = of.path[place] as string | number;
    const isWalkable: boolean = typeof name === "number" ? Array.isArray(value) : isJsonObject(value);
    if (!isWalkable) {
      const parent = { ...of, path: of.path.slice(0, place) };
      return unfit(parent, value, typeof name === "number" ? "a list" : "an object");
    }
    value = ownMember(value as JsonObject | JsonValue[], name);
  }
  return value;
}
