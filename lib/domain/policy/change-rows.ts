import { type JsonPatchOperation, pathOfPointer } from "@/lib/domain/json/json-patch";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { readPath } from "./payload-fields";

/** One changed field, as people read it. */
export interface ChangeRow {
  readonly field: string;
  /** null: it isn't known anymore. */
  readonly before: string | null;
  readonly after: string;
}

/** What a change changes, compared with what was proposed. Show the values as text, never as markup. */
export function changeRows(changes: readonly JsonPatchOperation[], proposed: JsonObject | null): ChangeRow[] {
  return changes.map(({ path, value }) => {
    const field = pathOfPointer(path);
    return { field, before: proposed === null ? null : textOf(readPath(proposed, field)), after: textOf(value) };
  });
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
