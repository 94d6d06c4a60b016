"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { createApiKey } from "./create-api-key";
import { revokeApiKey } from "./revoke-api-key";
import { refuseEndedKey, rotateApiKey } from "./rotate-api-key";
import { keyIdSchema, keyRotationSchema, newKeySchema } from "./schema";

/** Only this response contains the key. */
export const createKey = memberServerAction(newKeySchema, async (ctx, input) => ({
  ok: true as const,
  ...(await createApiKey(ctx, input)),
}));

/** So is the successor of a rotated one. */
export const rotateKey = memberServerAction(keyRotationSchema, (ctx, input) => rotateApiKey(ctx, input));

export const revokeKey = memberServerAction(keyIdSchema, async (ctx, { id }): Promise<{ ok: true } | Refusal> => {
  return (await revokeApiKey(ctx, id)) ? { ok: true } : refuseEndedKey();
});
