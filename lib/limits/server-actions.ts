"use server";

import { operatorServerAction } from "@/lib/auth/server-action";
import { changeLimits } from "./change-limits";
import { changeLimitsSchema } from "./schema";

export const submitLimits = operatorServerAction(changeLimitsSchema, (ctx, input) => changeLimits(ctx, input));
