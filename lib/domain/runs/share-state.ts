export type ShareState = "open" | "expired" | "revoked";

/** What has become of a link to a receipt. That it was revoked is somebody's word, and counts before the clock's. */
export function shareState(
  { revokedAt, expiresAt }: { readonly revokedAt: Date | null; readonly expiresAt: Date | null },
  now: Date,
): ShareState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "open";
}
