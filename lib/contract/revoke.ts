import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { idSchema, textOf, timeSchema } from "./fields";

export const revokeRequestSchema = z
  .strictObject({
    comment: textOf(0, COMMENT_MAX_LENGTH, "Recorded in the receipt.").nullish(),
    confirm: z.literal(true, { error: "must be true: revoking takes this second step" }),
  })
  .meta({ id: "RevokeRequest" });
export type RevokeRequest = z.infer<typeof revokeRequestSchema>;

export const revocationResponseSchema = z
  .object({
    action_run_id: idSchema,
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    revoked_at: timeSchema,
    revoked_by: z.string(),
    comment: z.string().nullable(),
  })
  .meta({ id: "RevocationResponse" });
export type RevocationResponse = z.infer<typeof revocationResponseSchema>;
