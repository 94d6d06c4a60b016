import { z } from "zod";
import { isStorableText } from "@/lib/domain/text/storable-text";

export const ERASE_REASON_MAX_LENGTH = 500;

export const eraseRunSchema = z.strictObject({
  runId: z.uuid(),
  /** Stored permanently in the erasure receipt. */
  reason: z
    .string()
    .trim()
    .min(1, "Enter a reason.")
    .max(ERASE_REASON_MAX_LENGTH, `At most ${ERASE_REASON_MAX_LENGTH} characters.`)
    .refine(isStorableText, "The text contains characters that can't be stored."),
});
