export type ShareState = "open" | "expired" | "revoked";

/** The state of a share link. A revocation takes precedence over its expiry. */
export function shareState(
  { revokedAt, expiresAt }: { readonly revokedAt: Date | null; readonly expiresAt: Date | null },
  now: Date,
): ShareState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "open";
}
