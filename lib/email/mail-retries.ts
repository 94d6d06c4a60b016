/** Providers remember an idempotency key for 24 hours; a later retry could send twice. */
const GIVE_UP_AFTER_SECONDS = 20 * 3600;
const FIRST_DELAY_SECONDS = 5;
/** An approval has hours, seldom days: a provider that is back is used within minutes. */
const MAX_DELAY_SECONDS = 600;
const MAX_RETRY_AFTER_SECONDS = 3600;

/**
 * When to retry an email after its `attempts`-th try failed: after 5 seconds, then doubling up to ten minutes, and no sooner than the
 * provider asks for. Null: it has failed, 20 hours after it was queued.
 */
export function nextMailTry(mail: {
  attempts: number;
  createdAt: Date;
  now: Date;
  retryAfterSeconds: number | null;
  jitter: number;
}): Date | null {
  const backoff = Math.min(FIRST_DELAY_SECONDS * 2 ** (mail.attempts - 1), MAX_DELAY_SECONDS);
  // Those that failed together do not come back together.
  const spread = backoff * (1 + 0.2 * mail.jitter);
  const seconds = Math.max(spread, Math.min(mail.retryAfterSeconds ?? 0, MAX_RETRY_AFTER_SECONDS));
  const next = new Date(mail.now.getTime() + seconds * 1000);
  return next.getTime() - mail.createdAt.getTime() > GIVE_UP_AFTER_SECONDS * 1000 ? null : next;
}
