import { z } from "zod";
import { LIMIT_NAMES, type LimitName, type Limits, PLANS, type Plan, resolveLimits } from "@/lib/domain/access/limits";
import { getEnv } from "@/lib/env";

export const limitOverridesSchema = z.partialRecord(z.enum(LIMIT_NAMES as [LimitName, ...LimitName[]]), z.int().min(0).nullable());
const planSchema = z.enum(PLANS);

/** The limits that hold for an owner: what the operator set for them, else their plan, else the settings. */
export function limitsOfOwner(owner: { plan: string | null; limitOverrides: unknown }): { plan: Plan; limits: Limits } {
  const env = getEnv();
  const plan = owner.plan === null ? env.DAAI_PLAN : planSchema.parse(owner.plan);
  return {
    plan,
    limits: resolveLimits({ plan, planOverrides: env.limitOverrides, ownerOverrides: limitOverridesSchema.parse(owner.limitOverrides) }),
  };
}
