import { z } from "zod";
import { ERASE_REASON_MAX_LENGTH } from "@/lib/domain/access/limits";
import { isActionName } from "@/lib/domain/policy/action-names";
import { isStorableText } from "@/lib/domain/text/storable-text";

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

/** The longest text that can be a payload, with room for blanks between its parts. */
const SAMPLE_MAX_LENGTH = 65_536;

export const testRequestSchema = z.strictObject({
  name: z.string().refine(isActionName),
  /** JSON as it was typed. */
  payload: z.string().trim().min(1, "Enter a payload.").max(SAMPLE_MAX_LENGTH, "The payload is too long."),
});
