import { z } from "zod";
import { isStorableText } from "@/lib/domain/storable-text";

const RECEIPT_KINDS = ["decision", "execution", "erasure", "log_restarted"] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** How a receipt can be told from others in a list: what was decided, or what the app reported. */
const RECEIPT_LIST_OUTCOMES = ["allowed", "approved", "rejected", "blocked", "executed", "failed"] as const;

const text = z.string().trim().min(1).max(200).refine(isStorableText).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** The filters as they stand in the address. What cannot be read is left out, so that an old or mistyped link still opens. */
export const receiptFilterSchema = z.object({
  kind: z.enum(RECEIPT_KINDS).optional().catch(undefined),
  outcome: z.enum(RECEIPT_LIST_OUTCOMES).optional().catch(undefined),
  action: text,
  /** Part of a mail address, or `policy`, or `clock`. */
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

const SHARE_PAYLOADS = ["withheld", "disclosed"] as const;
/** In days. */
export const SHARE_LIFETIMES = ["never", "1", "7", "30", "90", "365"] as const;

export const newShareSchema = z.strictObject({ receiptId: z.uuid(), payload: z.enum(SHARE_PAYLOADS), endsAfter: z.enum(SHARE_LIFETIMES) });
export type NewShare = z.output<typeof newShareSchema>;
export const shareIdSchema = z.strictObject({ id: z.uuid() });
