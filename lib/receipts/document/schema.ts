import { z } from "zod";
import { RECEIPT_KINDS } from "@/lib/domain/log/receipt-body";
import { isStorableText } from "@/lib/domain/text/storable-text";

/** How a receipt can be told from others in a list: what was decided, or what the app reported. */
const RECEIPT_LIST_OUTCOMES = ["allowed", "approved", "rejected", "blocked", "executed", "failed"] as const;

const text = z.string().trim().min(1).max(200).refine(isStorableText).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** The filters as they stand in the address. What cannot be read is left out, so that an old or mistyped link still opens. */
export const receiptFilterSchema = z.object({
  kind: z.enum(RECEIPT_KINDS).optional().catch(undefined),
  outcome: z.enum(RECEIPT_LIST_OUTCOMES).optional().catch(undefined),
  action: text,
  /** Part of an email address, `policy` or `expiry`. */
  by: text,
  /** Days in UTC, both included. */
  from: day,
  to: day,
});
export type ReceiptFilter = z.output<typeof receiptFilterSchema>;

/** The address of a filter: what is not set is left out. */
export function receiptFilterParams(filter: ReceiptFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
