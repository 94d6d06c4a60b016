import { MINUTE_MS } from "@/lib/domain/time/units";

const UNSEEN_AFTER_MS = 10 * MINUTE_MS;

/**
 * Whether a request has been unopened for too long: ten minutes, or a quarter of its time if that is less. The same rule in SQL:
 * `daai_is_unseen`.
 */
export function isUnseen(
  { openedAt, createdAt, expiresAt }: { openedAt: Date | null; createdAt: Date; expiresAt: Date },
  now: Date,
): boolean {
  const patience = Math.min(UNSEEN_AFTER_MS, (expiresAt.getTime() - createdAt.getTime()) / 4);
  return openedAt === null && now.getTime() - createdAt.getTime() > patience;
}
