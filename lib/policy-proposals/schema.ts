import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";

export const policyRuleSchema = z.strictObject({ policyChangeNeedsAnotherPerson: z.boolean() });

export const proposalSchema = z.strictObject({ proposalId: z.uuid() });

export const declinedProposalSchema = proposalSchema.extend({
  comment: z
    .string()
    .trim()
    .max(COMMENT_MAX_LENGTH, { error: `must have at most ${COMMENT_MAX_LENGTH} characters` })
    .transform((text) => (text === "" ? null : text))
    .nullable(),
});
