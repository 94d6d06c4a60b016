import { z } from "zod";
import { IDEMPOTENCY_KEY_MAX_LENGTH } from "@/lib/domain/access/limits";
import { ACTION_NAME_PATTERN } from "@/lib/domain/policy/action-names";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { optionalApprovalsSchema } from "./approvals";
import { runBudgetSchema } from "./budget";
import { claimOptionsSchema, claimSchema } from "./claim";
import {
  askAgainAtSchema,
  idSchema,
  jsonObjectSchema,
  payloadChangedSchema,
  payloadHashSchema,
  policyRuleSchema,
  previousRunSchema,
  textOf,
} from "./fields";
import { runGrantSchema } from "./grant";
import { actorSchema, reasoningSchema, sourceSchema } from "./provenance";
import { receiptSchema } from "./receipt";
import { runDecisionSchema } from "./run-decision";

/** `input` is an alias of `payload`: exactly one is sent, and the result is always `payload`. null means not sent. */
export const interceptRequestSchema = z
  .strictObject({
    action: z
      .string()
      .regex(ACTION_NAME_PATTERN, {
        error: "must be an action's name: a lower-case letter, then 1 to 63 lower-case letters, digits or underscores",
      })
      .meta({ description: "The name of the registered action." }),
    payload: jsonObjectSchema
      .nullish()
      .meta({ description: "What your app would run the action with. At most 16,384 bytes of JSON text." }),
    input: jsonObjectSchema.nullish().meta({ description: "Alias of payload. Send one of the two." }),
    idempotency_key: textOf(
      1,
      IDEMPOTENCY_KEY_MAX_LENGTH,
      "Sending the same key with the same payload again returns the same run.",
    ).nullish(),
    ask_again: z.boolean().nullish().meta({
      description:
        "If the last run of this idempotency key was rejected, blocked or failed, propose again: as a run of its own, whose payload may differ. Otherwise an ordinary replay.",
    }),
    accepts_changes: z.boolean().nullish().meta({
      description:
        "The app executes with the payload that its claim gives it, so an approver can change the fields that the action allows. Never send it for an app that executes without claiming.",
    }),
    actor: actorSchema.nullish(),
    reasoning: reasoningSchema.nullish(),
    source: sourceSchema.nullish(),
    claim: claimOptionsSchema.nullish().meta({ description: "If the run is allowed, also claim it in the same transaction." }),
  })
  .transform(({ payload, input, ...rest }, context) => {
    const proposed = payload ?? input;
    if (payload && input) {
      context.addIssue({ code: "custom", path: ["input"], message: "is an alias of payload; send one of the two" });
      return z.NEVER;
    }
    if (!proposed) {
      context.addIssue({ code: "custom", path: ["payload"], message: "is required" });
      return z.NEVER;
    }
    return { ...rest, payload: proposed };
  })
  .meta({
    id: "InterceptRequest",
    override: { oneOf: ["payload", "input"].map((name) => ({ required: [name], properties: { [name]: { type: "object" } } })) },
  });

export type InterceptRequest = z.infer<typeof interceptRequestSchema>;

export const interceptResponseSchema = z
  .object({
    action_run_id: idSchema,
    action: z
      .string()
      .meta({ description: "The action that was proposed. Together with idempotency_key and payload_hash, it identifies the proposal." }),
    idempotency_key: z.string().nullable().meta({ description: "The proposal's key. null if none was sent." }),
    payload_hash: payloadHashSchema,
    governance_status: z.enum(GOVERNANCE_STATUSES),
    execution_status: z.enum(EXECUTION_STATUSES),
    governance_reason: z.enum(GOVERNANCE_REASONS),
    policy_rule: policyRuleSchema,
    budget: runBudgetSchema,
    grant: runGrantSchema,
    executable: z.boolean().meta({ description: "Execute only when this is true." }),
    frozen: z
      .boolean()
      .optional()
      .meta({ description: "The run is frozen: it can't be approved or claimed until it's thawed, and its deadlines stand still." }),
    idempotent_replay: z.boolean().meta({ description: "True if the run already existed. The response has its current state." }),
    previous_run_id: previousRunSchema,
    ask_again_at: askAgainAtSchema,
    receipt: receiptSchema.nullable().meta({ description: "null until a decision is made." }),
    approvals: optionalApprovalsSchema,
    payload_changed: payloadChangedSchema,
    decision: runDecisionSchema.nullable().meta({ description: "null until a decision is made." }),
    claim: claimSchema.nullable().meta({ description: "The claim, if one was requested and granted." }),
    links: z.object({
      run: z.string().meta({ description: "The run's page in the console." }),
      receipt: z.string().nullable().meta({ description: "The receipt's page. null until there is a receipt." }),
    }),
  })
  .meta({ id: "InterceptResponse" });

export type InterceptResponse = z.infer<typeof interceptResponseSchema>;
