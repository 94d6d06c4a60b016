import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { type ExpressionType, RESERVED_WORDS } from "./expression";

/** A field that payloads had, and what it was: never its values. */
export interface SeenField {
  /** As a condition names it after `payload.`. */
  readonly path: string;
  readonly types: readonly ExpressionType[];
}

const MOST_FIELDS = 100;
const MOST_DEPTH = 5;
/** What CEL takes after a dot. Agents may send any name, and others are written in brackets. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** The fields of payloads that conditions can look at, those of the first payload first. */
export function seenFields(payloads: readonly JsonObject[]): SeenField[] {
  const found = new Map<string, Set<ExpressionType>>();
  for (const payload of payloads) collect(payload, "", 1, found);
  return [...found].map(([path, types]) => ({ path, types: [...types] }));
}

function collect(object: JsonObject, prefix: string, depth: number, found: Map<string, Set<ExpressionType>>): void {
  for (const [name, value] of Object.entries(object)) {
    if (!IDENTIFIER.test(name) || RESERVED_WORDS.has(name)) continue;
    const path = `${prefix}${name}`;
    if (isJsonObject(value)) {
      if (depth < MOST_DEPTH) collect(value, `${path}.`, depth + 1, found);
      continue;
    }
    const types = found.get(path) ?? new Set();
    if (!found.has(path) && found.size >= MOST_FIELDS) continue;
    found.set(path, types);
    const type = typeOfValue(value);
    if (type !== null) types.add(type);
  }
}

function typeOfValue(value: JsonValue): ExpressionType | null {
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return "decimal";
  if (typeof value === "string" || typeof value === "boolean") return typeof value as "string" | "boolean";
  return null;
}
