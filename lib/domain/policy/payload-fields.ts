import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "@/lib/domain/json-value";
import { looksLikeRecipient } from "./looks-like-recipient";

export const DEFAULT_AMOUNT_FIELD = "amount";
export const DEFAULT_CURRENCY_FIELD = "currency";

/** Common recipient fields, tried in this order when the action names none. */
const DEFAULT_RECIPIENT_FIELDS = [
  "recipient",
  "recipient_name",
  "recipient_email",
  "to",
  "to_email",
  "customer.name",
  "customer.email",
  "customer_name",
  "customer_email",
  "supplier.name",
  "supplier",
  "payee",
  "email",
].map((path) => ({ isNamedSo: path !== "to", names: path.split(".") }));

const FIELD_PATH_MAX_LENGTH = 200;

/** Names of ASCII letters, digits, `_` and `-`, joined by dots: `supplier.name`. */
const FIELD_PATH = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

export function isFieldPath(text: string): boolean {
  return text.length <= FIELD_PATH_MAX_LENGTH && FIELD_PATH.test(text);
}

/**
 * The value at a dotted path, or undefined. Only own members of objects count: nothing inherited, nothing inside arrays,
 * no member whose name itself holds a dot.
 */
export function readPath(payload: JsonObject, path: string): JsonValue | undefined {
  return readMembers(payload, path.split("."));
}

function readMembers(payload: JsonObject, names: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = payload;
  for (const name of names) {
    if (!isJsonObject(value)) return undefined;
    value = ownMember(value, name);
  }
  return value;
}

/** The recipient as people should read it, or null. With no field named, the first usual one that reads as a person or an address. */
export function readRecipient(payload: JsonObject, field: string | null): string | null {
  if (field !== null) {
    const value = readPath(payload, field);
    return typeof value === "string" && value.trim() !== "" ? value : null;
  }
  const from = readPath(payload, "from");
  for (const { names, isNamedSo } of DEFAULT_RECIPIENT_FIELDS) {
    const value = readMembers(payload, names);
    if (typeof value === "string" && looksLikeRecipient(value, { isNamedSo, from })) return value;
  }
  return null;
}
