import { z } from "zod";
import { SHARE_LIFETIMES } from "@/lib/domain/access/limits";

const SHARE_PAYLOADS = ["withheld", "disclosed"] as const;

export const newShareSchema = z.strictObject({ receiptId: z.uuid(), payload: z.enum(SHARE_PAYLOADS), endsAfter: z.enum(SHARE_LIFETIMES) });
export type NewShare = z.output<typeof newShareSchema>;
export const shareIdSchema = z.strictObject({ id: z.uuid() });
