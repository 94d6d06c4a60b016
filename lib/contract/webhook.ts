import { z } from "zod";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { RUN_EVENTS } from "@/lib/domain/runs/webhook-events";
import { idSchema, policyRuleSchema, timeSchema } from "./fields";

/** What a trigger wrote down of a run. What was proposed is never part of it: whoever is told reads that with their own keys. */
export const runFactsSchema = z.object({
  action_run_id: idSchema,
  workspace_id: idSchema,
  action: z.string(),
  risk_level: z.enum(RISK_LEVELS).nullable(),
  governance_status: z.enum(GOVERNANCE_STATUSES),
  governance_reason: z.enum(GOVERNANCE_REASONS),
  policy_rule: policyRuleSchema.optional(),
  execution_status: z.enum(EXECUTION_STATUSES),
  in_doubt: z.boolean().meta({ description: "The claim ran out with no report: the side effect may have happened." }),
  proposed_at: timeSchema,
  expires_at: timeSchema.nullable(),
  decided_at: timeSchema.nullable(),
});

export type RunFacts = z.infer<typeof runFactsSchema>;

export const runWebhookSchema = z
  .object({
    type: z.enum(RUN_EVENTS),
    timestamp: timeSchema.meta({ description: "When it happened, not when it was sent." }),
    data: runFactsSchema.extend({
      links: z.object({
        run: z.url().meta({ description: "The run in the console, for people." }),
        status: z.url().meta({ description: "Its status in the API, for programs with both keys." }),
      }),
    }),
  })
  .meta({ id: "RunWebhook", description: "How a run stood when the event happened. It may stand elsewhere by the time that you read it." });

export type RunWebhook = z.infer<typeof runWebhookSchema>;

export const testWebhookSchema = z
  .object({ type: z.literal("test"), timestamp: timeSchema, data: z.object({ workspace_id: idSchema }) })
  .meta({ id: "TestWebhook", description: "Sent by the button, once." });

export type TestWebhook = z.infer<typeof testWebhookSchema>;

export const notificationSchema = z
  .object({ text: z.string().meta({ description: "One sentence, of the console's words only." }), url: z.url() })
  .meta({ id: "Notification", description: "What a notification webhook gets: for chat programs and scripts that show a text." });

export type Notification = z.infer<typeof notificationSchema>;
