import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";

/** One leaf of a payload: its path and its value. */
export interface PayloadRow {
  /** "customer.name", "charges.0"; a name that is no plain word is quoted: `["a.b"]`. */
  readonly path: string;
  /** The value as people read it: a text as it is, everything else as JSON. null when the payload does not have it. */
  readonly text: string | null;
}

const PLAIN_NAME = /^[\p{L}\p{N}_-]+$/u;
const LOOKS_LIKE_ANOTHER_TYPE = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$|^["{[]/;

/** Every leaf of a payload in its own order, so that nothing is left out. Empty objects and arrays are leaves too. */
export function payloadRows(payload: JsonObject): PayloadRow[] {
  return Object.entries(payload).flatMap(([name, value]) => rowsBelow(joinPath("", name), value));
}

/** What the policy looked at; a field that the payload does not have is listed too. */
export function policyRows(fields: readonly { readonly name: string; readonly value?: JsonValue | undefined }[]): PayloadRow[] {
  return fields.map(({ name, value }) => ({ path: name, text: value === undefined ? null : readableValue(value) }));
}

/** The leaves that a reader has not seen yet: not those the policy looked at, nor the reasoning that is shown above them. */
export function remainingRows(
  payload: JsonObject,
  shown: {
    readonly fields: readonly { readonly name: string; readonly value?: JsonValue | undefined }[];
    readonly reasoning: string | null;
  },
): PayloadRow[] {
  const seen = new Set(shown.fields.filter(({ value }) => value !== undefined).map(({ name }) => name));
  if (shown.reasoning !== null && payload.reasoning === shown.reasoning) seen.add("reasoning");
  return payloadRows(payload).filter(({ path }) => !seen.has(path));
}

/**
 * A value as people read it. A text is shown without quotes unless it is empty or could be taken for a number, a
 * boolean, null or a structure: the difference between 1840 and "1840" must be seen.
 */
export function readableValue(value: JsonValue): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value.trim() === "" || LOOKS_LIKE_ANOTHER_TYPE.test(value) ? JSON.stringify(value) : value;
}

function rowsBelow(path: string, value: JsonValue): PayloadRow[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item, index) => rowsBelow(`${path}.${index}`, item));
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, member]) => rowsBelow(joinPath(path, name), member));
  }
  return [{ path, text: readableValue(value) }];
}

function joinPath(path: string, name: string): string {
  if (!PLAIN_NAME.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
