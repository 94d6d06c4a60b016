import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { readPath } from "./payload-fields";

/** Returns a copy with the value at a dotted path, replacing non-objects on the way. */
export function writePath(payload: JsonObject, path: string, value: JsonValue): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...payload, [name]: value };
  const inner = readPath(payload, name);
  return { ...payload, [name]: writePath(isJsonObject(inner) ? inner : {}, rest.join("."), value) };
}

/** Returns a copy without the value at a dotted path. */
export function withoutPath(payload: JsonObject, path: string): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
  const inner = readPath(payload, name);
  return isJsonObject(inner) ? { ...payload, [name]: withoutPath(inner, rest.join(".")) } : payload;
}
