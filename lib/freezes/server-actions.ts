"use server";

import { memberServerAction, operatorServerAction } from "@/lib/auth/server-action";
import { consoleFreezeSchema, freezeSchema, thawRuleSchema, thawSchema } from "./schema";
import { setThawRule } from "./set-thaw-rule";
import { freezeConsole, startFreeze } from "./start-freeze";
import { thaw, thawConsole } from "./thaw";

export const freeze = memberServerAction(freezeSchema, (ctx, input) => startFreeze(ctx, { ...input, channel: "console" }));

export const unfreeze = memberServerAction(thawSchema, (ctx, input) => thaw(ctx, { ...input, channel: "console" }));

export const saveThawRule = memberServerAction(thawRuleSchema, (ctx, input) => setThawRule(ctx, input));

export const freezeEverything = operatorServerAction(consoleFreezeSchema, (ctx, input) =>
  freezeConsole(ctx, { ...input, channel: "console" }),
);

export const thawEverything = operatorServerAction(thawSchema, (ctx, input) => thawConsole(ctx, { ...input, channel: "console" }));
