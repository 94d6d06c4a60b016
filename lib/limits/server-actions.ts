"use server";

import { operatorServerAction } from "@/lib/auth/server-action";
import { changeLimits } from "./change-limits";
import { changePlan } from "./change-plan";
import { changeLimitsSchema, changePlanSchema } from "./schema";

export const submitPlan = operatorServerAction(changePlanSchema, changePlan);
export const submitLimits = operatorServerAction(changeLimitsSchema, (ctx, input) => changeLimits(ctx, input));
