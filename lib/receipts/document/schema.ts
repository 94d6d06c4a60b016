import { z } from "zod";
import { manyOf, oneOf } from "@/lib/action-runs/list/schema";
import { RECEIPT_KINDS } from "@/lib/domain/log/receipt-body";
import { RECEIPT_LIST_OUTCOMES, type ReceiptFilter } from "@/lib/domain/log/receipt-filter";
import { PERIODS } from "@/lib/domain/runs/run-search";
import { isStorableText } from "@/lib/domain/text/storable-text";

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
