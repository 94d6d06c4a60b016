import { z } from "zod";
import { GRANT_END_REASONS, GRANT_STATES } from "@/lib/domain/grants/grant";
import { EXECUTION_FILTERS } from "@/lib/domain/runs/run-search";
import { idSchema, timeSchema } from "./fields";
import { grantSchema } from "./grant";
import { nextSchema } from "./manage-pages";

const { given_by, given_at, confirmed_by, currency, amount_each, total, max_uses, ends_at } = grantSchema.shape;

export const managedGrantSchema = z
  .object({
    grant_id: idSchema,
    action: z.string(),
    state: z.enum(GRANT_STATES).meta({ description: "`live` allows runs. `unconfirmed` waits for a second approver." }),
    action_run_id: idSchema.meta({ description: "The run whose approval gave the grant." }),
    ...{ given_by, given_at, confirmed_by },
    facts: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .nullable()
      .meta({ description: "What must be the same. null: it was erased with the run, or the key lacks `grants:read`." }),
    ...{ currency, amount_each, total, max_uses, ends_at },
    uses: z.int().meta({ description: "How many runs it has allowed." }),
    used: z.string().meta({ description: "What their amounts add up to. A plain decimal." }),
    ended_at: timeSchema.nullable(),
    ended_by: z.string().nullable().meta({ description: "Who revoked it. For a key, the owner it acts for." }),
    ended_reason: z.enum(GRANT_END_REASONS).nullable(),
  })
  .meta({ id: "ManagedGrantResponse" });
export type ManagedGrant = z.infer<typeof managedGrantSchema>;

export const managedGrantsResponseSchema = z
  .object({ grants: z.array(managedGrantSchema), next: nextSchema })
  .meta({ id: "ManagedGrantsResponse" });

export const grantUsesResponseSchema = managedGrantSchema
  .extend({
    runs: z
      .array(
        z.object({
          action_run_id: idSchema,
          proposed_at: timeSchema,
          amount: z.string().nullable(),
          currency: z.string().nullable(),
          execution: z.enum(EXECUTION_FILTERS),
        }),
      )
      .meta({ description: "The runs that it allowed, the newest first." }),
    next: nextSchema,
  })
  .meta({ id: "GrantUsesResponse" });
