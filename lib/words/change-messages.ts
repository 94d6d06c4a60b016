import type { JsonObject } from "@/lib/domain/json-value";
import { type ChangeRow, changeRows } from "@/lib/domain/policy/change-rows";
import type { PayloadChangeView } from "@/lib/domain/runs/payload-change";

/** "amount: 1840.00 → 1480; note: Second charge → Only one". Values are data: show the result as text. */
export function changesText(rows: readonly ChangeRow[]): string {
  return rows.map(({ field, before, after }) => (before === null ? `${field}: ${after}` : `${field}: ${before} → ${after}`)).join("; ");
}

/** What a change changes, on one line; null: it was erased. */
export function changeText(change: PayloadChangeView, proposed: JsonObject | null): string | null {
  return change.changes && changesText(changeRows(change.changes, proposed));
}

/** Who changed a request and why, for emails. */
export function changedText(change: PayloadChangeView, proposed: JsonObject): string {
  return `${change.by} changed this request: ${changeText(change, proposed) ?? ""}. Their reason: “${change.reason}”`;
}
