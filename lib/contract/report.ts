import { z } from "zod";
import { ERROR_MAX_LENGTH } from "@/lib/domain/access/limits";
import { EXECUTION_STATUSES } from "@/lib/domain/runs/statuses";
import { claimTokenSchema } from "./claim";
import { idSchema, jsonObjectSchema, textOf, timeSchema } from "./fields";

const executionResultSchema = jsonObjectSchema
  .nullish()
  .meta({ description: "The result, as reported by the app. At most 16,384 bytes of JSON text." });
const reportTokenSchema = claimTokenSchema.nullish().meta({ description: "Required while a claim is active." });

export const reportExecutedRequestSchema = z
  .strictObject({ execution_result: executionResultSchema, claim_token: reportTokenSchema })
  .meta({ id: "ReportExecutedRequest" });
export type ReportExecutedRequest = z.infer<typeof reportExecutedRequestSchema>;

export const reportFailedRequestSchema = z
  .strictObject({
    execution_error: textOf(0, ERROR_MAX_LENGTH, "What went wrong, as reported by the app."),
    execution_result: executionResultSchema,
    claim_token: reportTokenSchema,
  })
  .meta({ id: "ReportFailedRequest" });
export type ReportFailedRequest = z.infer<typeof reportFailedRequestSchema>;

export const reportResponseSchema = z
  .object({
    action_run_id: idSchema,
    execution_status: z.enum(EXECUTION_STATUSES),
    execution_error: z.string().nullable(),
    execution_reported_at: timeSchema,
    idempotent_replay: z.boolean().meta({ description: "True if the same report was sent before." }),
  })
  .meta({ id: "ReportResponse" });
export type ReportResponse = z.infer<typeof reportResponseSchema>;
