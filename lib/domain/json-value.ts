/** Any value that a JSON text can hold (RFC 8259). */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export type JsonObject = { [name: string]: JsonValue };

/** Looks at the outermost level only: what is inside was made by a JSON reader. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member or an item; undefined when there is none. Nothing inherited counts: a payload may name a member "constructor". */
export function ownMember(of: JsonObject | JsonValue[], name: string | number): JsonValue | undefined {
  return Object.hasOwn(of, name) ? (of as JsonObject)[name] : undefined;
}
