import type { ListedApiKey } from "@/lib/api-keys/list-api-keys";

export type KeyStatus = "active" | "ending" | "expired" | "revoked";

/** `ending`: it was rotated and still works, beside its successor. */
export function keyStatus({ revokedAt, expiresAt }: Pick<ListedApiKey, "revokedAt" | "expiresAt">, now: Date): KeyStatus {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "active";
  return expiresAt <= now ? "expired" : "ending";
}
