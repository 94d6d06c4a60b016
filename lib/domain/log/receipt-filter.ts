import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import { joinValues, PERIOD_MS, type Period } from "@/lib/domain/runs/run-search";
import { DAY_MS } from "@/lib/domain/time/units";

/** The outcome that distinguishes receipts in a list: what was decided, or what the app reported. */
export const RECEIPT_LIST_OUTCOMES = ["allowed", "approved", "rejected", "blocked", "executed", "failed"] as const;
export type ReceiptListOutcome = (typeof RECEIPT_LIST_OUTCOMES)[number];

/** Absent and empty lists exclude nothing. */
export interface ReceiptFilter {
  readonly kinds?: readonly ReceiptKind[];
  readonly outcomes?: readonly ReceiptListOutcome[];
  readonly actions?: readonly string[];
  /** Part of an email address, `policy` or `expiry`. */
  readonly by?: string | null;
  readonly within?: Period | null;
  /** Days in UTC, both included. */
  readonly from?: string | null;
  readonly until?: string | null;
}

/** Returns the URL parameters of a filter, without those that are not set. */
export function receiptFilterParams({ kinds = [], outcomes = [], actions = [], by, within, from, until }: ReceiptFilter): URLSearchParams {
  const lists = { kind: joinValues(kinds), outcome: joinValues(outcomes), action: joinValues(actions) };
  const params = Object.entries({ ...lists, by, within, from, until });
  return new URLSearchParams(params.filter((entry): entry is [string, string] => entry[1] != null && entry[1] !== ""));
}

export function isReceiptFiltered(filter: ReceiptFilter): boolean {
  return receiptFilterParams(filter).size > 0;
}

/** The filter's time range, end excluded; null: unbounded. */
export function receiptTimes({ within, from, until }: ReceiptFilter, now: Date): { from: Date | null; before: Date | null } {
  if (within != null) return { from: new Date(now.getTime() - PERIOD_MS[within]), before: null };
  return { from: from == null ? null : new Date(from), before: until == null ? null : new Date(new Date(until).getTime() + DAY_MS) };
}
