import { z } from "zod";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { idSchema, textOf, timeSchema } from "./fields";

export const withdrawRequestSchema = z
  .strictObject({ reason: textOf(1, COMMENT_MAX_LENGTH, "Why the request is withdrawn. Approvers see it, and the receipt records it.") })
  .meta({ id: "WithdrawRequest" });
export type WithdrawRequest = z.infer<typeof withdrawRequestSchema>;

export const withdrawalResponseSchema = z
  .object({
    action_run_id: idSchema,
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    withdrawn_at: timeSchema,
    reason: z.string().meta({ description: "The reason that was recorded: the first one, if the run was withdrawn before." }),
    idempotent_replay: z.boolean().meta({ description: "The run had already been withdrawn." }),
  })
  .meta({ id: "WithdrawalResponse" });
export type WithdrawalResponse = z.infer<typeof withdrawalResponseSchema>;
