import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import { isFieldPath } from "./payload-fields";

const MAX_PATHS = 12;

/** The fields of a payload that a sentence can name, in its order: leaves of objects, nothing inside lists. */
export function fieldPaths(payload: JsonObject): string[] {
  return pathsBelow("", payload).filter(isFieldPath).slice(0, MAX_PATHS);
}

function pathsBelow(prefix: string, object: JsonObject): string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    // A name that holds a dot cannot be reached by a path.
    if (name.includes(".")) return [];
    if (!isJsonObject(value)) return Array.isArray(value) ? [] : [path];
    return pathsBelow(path, value);
  });
}
