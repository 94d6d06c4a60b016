import { z } from "zod";
import { joinValues, manyOf, oneOf, PERIOD_MS, PERIODS, type Period } from "@/lib/action-runs/list/schema";
import { RECEIPT_KINDS, type ReceiptKind } from "@/lib/domain/log/receipt-body";
import { isStorableText } from "@/lib/domain/text/storable-text";
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

const text = z.string().trim().min(1).max(200).refine(isStorableText);

const addressSchema = z.object({
  kind: manyOf(z.enum(RECEIPT_KINDS)),
  outcome: manyOf(z.enum(RECEIPT_LIST_OUTCOMES)),
  action: manyOf(text),
  by: oneOf(text),
  within: oneOf(z.enum(PERIODS)),
  from: oneOf(z.iso.date()),
  until: oneOf(z.iso.date()),
  /** Previous name of `until`. */
  to: oneOf(z.iso.date()),
});

/** Parses the page's URL. Invalid parts are ignored, so an old or mistyped link still opens. */
export function parseReceiptFilter(params: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const { kind, outcome, action, by, within, from, until, to } = addressSchema.parse(params);
  const days = within === null ? { from, until: until ?? to } : { from: null, until: null };
  return { kinds: kind, outcomes: outcome, actions: action, by, within, ...days } satisfies ReceiptFilter;
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
