const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each failed attempt the next one comes: eight attempts in a day. */
const PAUSES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 8 * HOUR, 8 * HOUR];
const MAX_ASKED_MS = 2 * HOUR;

/**
 * When to retry after `attempts` failures; null: it has failed permanently. Adds up to 10% of jitter, and respects Retry-After within
 * limits.
 */
export function nextAttempt(
  attempts: number,
  { at, retryAfterSeconds, random = Math.random() }: { at: Date; retryAfterSeconds: number | null; random?: number },
): Date | null {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return null;
  const asked = Math.min((retryAfterSeconds ?? 0) * SECOND, MAX_ASKED_MS);
  return new Date(at.getTime() + Math.max(pause, asked) * (1 + random / 10));
}
