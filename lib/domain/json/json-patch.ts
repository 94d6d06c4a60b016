import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { jcsText } from "./canonical-text";

/** One operation of RFC 6902. Changes only ever replace what is there. */
export interface JsonPatchOperation {
  readonly op: "replace";
  /** A JSON Pointer (RFC 6901). */
  readonly path: string;
  readonly value: JsonValue;
}

/** The text of a patch that receipts commit to. */
export function patchText(operations: readonly JsonPatchOperation[]): string {
  return jcsText(operations.map(({ op, path, value }) => ({ op, path, value })));
}

/** The JSON Pointer of a dotted path, whose names hold no dots. */
export function pointerOf(path: string): string {
  return path
    .split(".")
    .map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The reverse, for people: "customer.name". */
export function pathOfPointer(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/** The document after the operations, as a new value. null: one of them doesn't apply, or is none of ours. */
export function applyPatch(document: JsonValue, operations: unknown): JsonValue | null {
  if (!Array.isArray(operations)) return null;
  let changed: JsonValue | null = structuredClone(document);
  for (const operation of operations as Partial<JsonPatchOperation>[]) {
    if (changed === null) return null;
    if (operation?.op !== "replace" || typeof operation.path !== "string" || operation.value === undefined) return null;
    changed = replaceAt(changed, operation.path, operation.value);
  }
  return changed;
}

function replaceAt(document: JsonValue, pointer: string, value: JsonValue): JsonValue | null {
  const names = pointer.split("/").slice(1);
  const last = names.pop();
  if (last === undefined) return null;
  let parent: JsonValue | undefined = document;
  for (const name of names) parent = memberOf(parent, unescape(name));
  const name = unescape(last);
  if (memberOf(parent, name) === undefined) return null;
  // memberOf found it, so it is an object or a list with this own member.
  (parent as JsonObject)[name] = value;
  return document;
}

function unescape(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === "object" && value !== null && Object.prototype.propertyIsEnumerable.call(value, name)
    ? (value as JsonObject)[name]
    : undefined;
}
