import { z } from "zod";

const SHARE_PAYLOADS = ["withheld", "disclosed"] as const;
/** In days. */
export const SHARE_LIFETIMES = ["never", "1", "7", "30", "90", "365"] as const;

export const newShareSchema = z.strictObject({ receiptId: z.uuid(), payload: z.enum(SHARE_PAYLOADS), endsAfter: z.enum(SHARE_LIFETIMES) });
export type NewShare = z.output<typeof newShareSchema>;
export const shareIdSchema = z.strictObject({ id: z.uuid() });
