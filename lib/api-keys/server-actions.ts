"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { createApiKey } from "./create-api-key";
import { revokeApiKey } from "./revoke-api-key";
import { type RotatedKey, rotateApiKey } from "./rotate-api-key";
import { keyIdSchema, keyRotationSchema, newKeySchema } from "./schema";

/** Only this response contains the key. */
export const createKey = memberServerAction(newKeySchema, async (ctx, input) => ({
  ok: true as const,
  ...(await createApiKey(ctx, input)),
}));

/** So is the successor of a rotated one. */
export const rotateKey = memberServerAction(keyRotationSchema, async (ctx, input): Promise<({ ok: true } & RotatedKey) | Refusal> => {
  const rotated = await rotateApiKey(ctx, input);
  return rotated ? { ok: true, ...rotated } : refuseEndedKey();
});

export const revokeKey = memberServerAction(keyIdSchema, async (ctx, { id }): Promise<{ ok: true } | Refusal> => {
  return (await revokeApiKey(ctx, id)) ? { ok: true } : refuseEndedKey();
});

function refuseEndedKey() {
  return refuse("not_found", "The key was already revoked or has expired. Nothing was changed.");
}
