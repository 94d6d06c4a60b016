import type { Limits, Plan } from "@/lib/domain/access/limits";
import { resolveLimits } from "@/lib/domain/access/limits";
import { getEnv } from "@/lib/env";
import type { OperatorContext } from "@/lib/security/context";
import { getUsage, type Usage } from "./get-usage";
import { limitOverridesSchema, limitsOfOwner } from "./limits-of-owner";

export interface OwnerLimits {
  user: { id: string; email: string; name: string | null; isOperator: boolean; createdAt: Date; disabledAt: Date | null };
  /** null: the plan of the settings. */
  plan: Plan | null;
  settingsPlan: Plan;
  overrides: Partial<Limits>;
  /** What would hold without overrides, by plan. */
  planLimits: Record<Plan, Limits>;
  limits: Limits;
  usage: Usage[];
}

/** What one account may use, why, and what it has used. Null: there is no such account. */
export async function getOwnerLimits(ctx: OperatorContext, userId: string): Promise<OwnerLimits | null> {
  const user = await ctx.db.user.findUnique({ where: { id: userId } });
  if (!user) return null;
  const { DAAI_PLAN, limitOverrides } = getEnv();
  const { plan, limits } = limitsOfOwner(user);
  return {
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      isOperator: user.isOperator,
      createdAt: user.createdAt,
      disabledAt: user.disabledAt,
    },
    plan: user.plan === null ? null : plan,
    settingsPlan: DAAI_PLAN,
    overrides: limitOverridesSchema.parse(user.limitOverrides),
    planLimits: {
      free: resolveLimits({ plan: "free", planOverrides: limitOverrides }),
      unlimited: resolveLimits({ plan: "unlimited", planOverrides: limitOverrides }),
    },
    limits,
    usage: await getUsage(ctx, userId),
  };
}
