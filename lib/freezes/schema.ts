import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";

const tooLong = { error: `must have at most ${COMMENT_MAX_LENGTH} characters` };
const reason = z.string().trim().min(1, { error: "must not be empty" }).max(COMMENT_MAX_LENGTH, tooLong);

/** The workspace, unless it names an action or a key. */
export const freezeSchema = z.strictObject({
  actionName: z.string().nullable(),
  apiKeyId: z.uuid().nullable(),
  reason,
});
export type FreezeInput = z.output<typeof freezeSchema>;

/** The same as a form has it: one choice of what to freeze. */
export const freezeFormSchema = z.strictObject({ what: z.string(), reason });

export const consoleFreezeSchema = z.strictObject({ reason });

export const thawSchema = z.strictObject({
  freezeId: z.uuid(),
  comment: z
    .string()
    .trim()
    .max(COMMENT_MAX_LENGTH, tooLong)
    .transform((text) => (text === "" ? null : text))
    .nullable(),
});

export const thawRuleSchema = z.strictObject({ thawNeedsAnotherPerson: z.boolean() });
