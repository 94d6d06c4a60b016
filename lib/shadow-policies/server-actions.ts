"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { makeShadowThePolicy } from "./make-shadow-the-policy";
import { newShadowSchema, shadowInForceSchema, shadowSchema } from "./schema";
import { startShadow } from "./start-shadow";
import { stopShadow } from "./stop-shadow";

export const runInShadow = memberServerAction(newShadowSchema, startShadow);

export const stopOneShadow = memberServerAction(shadowSchema, stopShadow);

export const putShadowInForce = memberServerAction(shadowInForceSchema, makeShadowThePolicy);
