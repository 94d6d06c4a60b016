import { z } from "zod";
import { MAX_GRANT_USES } from "@/lib/domain/grants/grant";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { idSchema, timeSchema } from "./fields";

const decimal = (description: string) => z.string().nullable().meta({ description });

export const grantSchema = z
  .object({
    id: idSchema,
    run_id: idSchema.meta({ description: "The run whose approval gave the grant." }),
    given_by: z.string().meta({ description: "The approver's email address." }),
    given_at: timeSchema,
    confirmed_by: z.string().nullable().meta({ description: "The second approver, whom critical actions need. null for others." }),
    facts: z.array(z.string()).meta({
      description: "What had to be the same: recipient, actor, key, source, or payload. and the path of a payload field.",
    }),
    asked_reason: z.enum(GOVERNANCE_REASONS).meta({ description: "Why a person would have been asked about this run." }),
    currency: z.string().nullable(),
    amount_each: decimal("The largest amount allowed. A plain decimal. null if the approved run had no amount."),
    total: decimal("The most that all runs may add up to. A plain decimal. null if the approved run had no amount."),
    max_uses: z.int().min(1).max(MAX_GRANT_USES),
    ends_at: timeSchema,
    uses_before: z.int().meta({ description: "How many runs it had allowed before this one." }),
    used_before: z.string().meta({ description: "What their amounts add up to. A plain decimal." }),
  })
  .meta({ id: "Grant", description: "The standing grant that allowed the run: an approval given in advance." });

export type WireGrant = z.infer<typeof grantSchema>;

export const runGrantSchema = grantSchema.nullable().meta({ description: "The standing grant that allowed the run; null if none did." });
