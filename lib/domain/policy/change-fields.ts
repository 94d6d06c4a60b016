import { type JsonPatchOperation, pointerOf } from "@/lib/domain/json/json-patch";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { isAtMostCharacters } from "@/lib/domain/text/character-count";
import { isStorableText } from "@/lib/domain/text/storable-text";
import { compareDecimals, normalizeDecimal, readAmount } from "./amounts";
import { writePath } from "./change-payload";
import type { ChangeableField } from "./changeable-fields";
import { formatAmount } from "./format-amount";
import { readPath } from "./payload-fields";

/** In forms: the part of an input's name before the field of the payload. */
export const CHANGE_PREFIX = "change:";

/** A changeable field as the payload has it. */
export type OfferedField = ChangeableField & { readonly value: string };

export interface FieldProblem {
  /** The dotted field. */
  readonly field: string;
  readonly message: string;
}

export type ChangedPayload =
  | { ok: true; payload: JsonObject; changes: JsonPatchOperation[] }
  | { ok: false; problems: [FieldProblem, ...FieldProblem[]] };

/**
 * The fields of a payload that can be changed: those that are there and can be read as what their bounds are about. A missing field stays
 * missing, because no app expects it.
 */
export function offeredFields(payload: JsonObject, fields: readonly ChangeableField[]): OfferedField[] {
  return fields.flatMap((one): OfferedField[] => {
    const value = readPath(payload, one.field);
    if (one.kind !== "not_above") return typeof value === "string" ? [{ ...one, value }] : [];
    const amount = readAmount(value);
    return amount.kind === "amount" ? [{ ...one, value: typeof value === "string" ? value : amount.decimal }] : [];
  });
}

/**
 * Changes the fields of a payload within their bounds, from texts that people typed. Fields that stay as they are make no change; a number
 * stays a number, and a text a text.
 */
export function changeFields(
  payload: JsonObject,
  fields: readonly ChangeableField[],
  typed: Readonly<Record<string, string>>,
): ChangedPayload {
  const offered = new Map(offeredFields(payload, fields).map((one) => [one.field, one]));
  const problems: FieldProblem[] = [];
  const changes: JsonPatchOperation[] = [];
  let changed = payload;
  for (const [field, text] of Object.entries(typed)) {
    const one = offered.get(field);
    if (!one) {
      problems.push({ field, message: "This field can't be changed." });
      continue;
    }
    const reading = readChange(one, readPath(payload, field), text);
    if ("message" in reading) problems.push({ field, message: reading.message });
    else if (reading.value !== undefined) {
      changed = writePath(changed, field, reading.value);
      changes.push({ op: "replace", path: pointerOf(field), value: reading.value });
    }
  }
  const [first, ...rest] = problems;
  if (first) return { ok: false, problems: [first, ...rest] };
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { ok: true, payload: changed, changes };
}

/** What is wrong with a text typed into a field; null: nothing. */
export function changeProblem(one: OfferedField, text: string): string | null {
  const reading = readChange(one, one.value, text);
  return "message" in reading ? reading.message : null;
}

/** No value: it stays as it is. */
function readChange(
  one: OfferedField,
  before: JsonValue | undefined,
  text: string,
): { value: JsonValue | undefined } | { message: string } {
  if (one.kind === "not_above") return readNumber(one, before, text);
  // Browsers write line breaks their own way.
  if (text === one.value || text === one.value.replaceAll("\r\n", "\n")) return { value: undefined };
  if (!isStorableText(text)) return { message: "Remove the characters that can't be stored." };
  if (one.kind === "one_of") return one.values.includes(text) ? { value: text } : { message: `Choose one of ${one.values.join(", ")}.` };
  return isAtMostCharacters(text, one.maxLength)
    ? { value: text }
    : { message: `Shorten the text to ${one.maxLength.toLocaleString("en-US")} characters.` };
}

function readNumber(
  one: OfferedField,
  before: JsonValue | undefined,
  typed: string,
): { value: JsonValue | undefined } | { message: string } {
  const reading = readAmount(typed.trim());
  if (reading.kind !== "amount") return { message: "Enter a plain number such as 1250.00." };
  const { decimal } = reading;
  const order = compareDecimals(decimal, one.value);
  if (order > 0) return { message: `Enter at most ${formatAmount(one.value)}, which was proposed.` };
  if (order === 0) return { value: undefined };
  if (typeof before === "string") return { value: typed.trim() };
  const value = Number(decimal);
  const back = readAmount(value);
  // As exact as every number of a payload.
  return back.kind === "amount" && back.decimal === normalizeDecimal(decimal)
    ? { value }
    : { message: "Enter a number with fewer digits." };
}
