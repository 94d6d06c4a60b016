import { z } from "zod";
import { ACTION_NAME_MAX_LENGTH } from "@/lib/domain/policy/action-names";
import { CLAIM_STATES } from "@/lib/domain/runs/claim-state";
import { idSchema, timeSchema } from "./fields";
import { nextSchema } from "./manage-pages";
import { freezeFactsSchema } from "./webhook";

const { scope, reason, ...facts } = freezeFactsSchema.omit({ workspace_id: true }).shape;

const managedFreezeSchema = z
  .object({
    ...facts,
    scope,
    name: z.string().nullable().meta({ description: "The workspace's name, the action's title or the key's name." }),
    reason,
    needs_another_person: z.boolean().meta({ description: "Another person must thaw it, in the console. A key can't." }),
    thaw_comment: z.string().nullable(),
  })
  .meta({ id: "ManagedFreezeResponse" });
export type ManagedFreeze = z.infer<typeof managedFreezeSchema>;

export const managedFreezesResponseSchema = z
  .object({ freezes: z.array(managedFreezeSchema), next: nextSchema })
  .meta({ id: "ManagedFreezesResponse" });

export const freezeClaimsResponseSchema = managedFreezeSchema
  .extend({
    claims: z
      .array(
        z.object({
          action_run_id: idSchema,
          worker: z.string(),
          claimed_at: timeSchema,
          state: z.enum(CLAIM_STATES),
        }),
      )
      .meta({ description: "The newest 100 claims without a report. Their runs may still be running." }),
    claim_count: z.int(),
  })
  .meta({ id: "FreezeClaimsResponse" });

export const freezeRequestSchema = z
  .strictObject({
    action: z
      .string()
      .max(ACTION_NAME_MAX_LENGTH, { error: `must have at most ${ACTION_NAME_MAX_LENGTH} characters` })
      .nullable()
      .optional()
      .meta({ description: "Only this action. If the key is also omitted, the whole workspace." }),
    api_key_id: idSchema.nullable().optional().meta({ description: "Only this API key." }),
    reason: z.string().meta({ description: "Shown to everyone concerned, and recorded in the receipt." }),
  })
  .meta({ id: "FreezeRequest" });

export const thawRequestSchema = z
  .strictObject({ comment: z.string().nullable().optional().meta({ description: "Recorded in the receipt." }) })
  .meta({ id: "ThawRequest" });

export const freezeTargetsResponseSchema = z
  .object({
    actions: z.array(z.object({ action: z.string(), title: z.string() })),
    api_keys: z.array(z.object({ api_key_id: idSchema, name: z.string(), hint: z.string() })),
  })
  .meta({ id: "FreezeTargetsResponse" });
