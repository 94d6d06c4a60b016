import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { readPath } from "./payload-fields";

/** A copy with the value at a dotted path; what stands in the way is replaced. */
export function writePath(payload: JsonObject, path: string, value: JsonValue): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...payload, [name]: value };
  const inner = readPath(payload, name);
  return { ...payload, [name]: writePath(isJsonObject(inner) ? inner : {}, rest.join("."), value) };
}

/** A copy without what stands at a dotted path. */
export function withoutPath(payload: JsonObject, path: string): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
  const inner = readPath(payload, name);
  return isJsonObject(inner) ? { ...payload, [name]: withoutPath(inner, rest.join(".")) } : payload;
}
