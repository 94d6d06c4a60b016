import { z } from "zod";
import { IDEMPOTENCY_KEY_MAX_LENGTH } from "@/lib/domain/access/limits";
import { ACTION_NAME_PATTERN } from "@/lib/domain/policy/action-names";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { claimSchema, claimWishSchema } from "./claim";
import { idSchema, jsonObjectSchema, payloadHashSchema, policyRuleSchema, textOf } from "./fields";
import { actorSchema, reasoningSchema, sourceSchema } from "./provenance";
import { receiptSchema } from "./receipt";

/** `input` is another name for `payload`: exactly one of them is sent, and `payload` comes out. null means not sent. */
export const interceptRequestSchema = z
  .strictObject({
    action: z
      .string()
      .regex(ACTION_NAME_PATTERN, {
        error: "must be an action's name: a lower-case letter, then 1 to 63 lower-case letters, digits or underscores",
      })
      .meta({ description: "The name of the registered action." }),
    payload: jsonObjectSchema.nullish().meta({ description: "What the action would be run with. At most 16,384 bytes of JSON text." }),
    input: jsonObjectSchema.nullish().meta({ description: "Another name for payload. Send one of the two." }),
    idempotency_key: textOf(1, IDEMPOTENCY_KEY_MAX_LENGTH, "The same key with the same payload gives back the same run.").nullish(),
    actor: actorSchema.nullish(),
    reasoning: reasoningSchema.nullish(),
    source: sourceSchema.nullish(),
    claim: claimWishSchema.nullish().meta({ description: "Claim the run in the same breath if it is allowed." }),
  })
  .transform(({ payload, input, ...rest }, context) => {
    const proposed = payload ?? input;
    if (payload && input) {
      context.addIssue({ code: "custom", path: ["input"], message: "is another name for payload; send one of the two" });
      return z.NEVER;
    }
    if (!proposed) {
      context.addIssue({ code: "custom", path: ["payload"], message: "is required" });
      return z.NEVER;
    }
    return { ...rest, payload: proposed };
  })
  .meta({ id: "InterceptRequest" });

export type InterceptRequest = z.infer<typeof interceptRequestSchema>;

export const interceptAnswerSchema = z
  .object({
    action_run_id: idSchema,
    action: z.string().meta({ description: "The action that was proposed. With the next two: what this answers." }),
    idempotency_key: z.string().nullable().meta({ description: "The key of the proposal; null when none was sent." }),
    payload_hash: payloadHashSchema,
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    policy_rule: policyRuleSchema,
    executable: z.boolean().meta({ description: "Execute only when this is true." }),
    idempotent_replay: z.boolean().meta({ description: "The run existed already; this is its present state." }),
    receipt: receiptSchema.nullable().meta({ description: "null while the decision is pending." }),
    claim: claimSchema.nullable().meta({ description: "The claim that was asked for, when it was given." }),
    links: z.object({
      run: z.string().meta({ description: "The run's page in the console." }),
      receipt: z.string().nullable().meta({ description: "The receipt's page, once there is one." }),
    }),
  })
  .meta({ id: "InterceptAnswer" });

export type InterceptAnswer = z.infer<typeof interceptAnswerSchema>;
