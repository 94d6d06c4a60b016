import { managementContext } from "@/lib/auth/contexts";
import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import { MANAGEMENT_REQUESTS_PER_MINUTE } from "@/lib/domain/access/management-scopes";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { countUp, readCount } from "@/lib/limits/count-up";
import { MINUTE_SECONDS, minuteStart, type RateLimitState } from "@/lib/limits/rate-limits";
import { publishChange } from "@/lib/live/publish-change";
import type { AnyContext, ManagementContext } from "@/lib/security/context";
import { findManagementKey, type LiveManagementKey } from "@/lib/security/find-management-key";
import { hashKey } from "@/lib/security/hash-key";
import { isWellFormedKey, KEY_PREFIXES } from "@/lib/security/key-format";

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/** Reads a request's management key, as its HMAC in hex. It has not been verified yet. */
export function readManagementKey(headers: Record<string, string | undefined>): { ok: true; keyHash: string } | Refusal {
  if (headers.authorization === undefined)
    return refuse("missing_credentials", "Send a management key: Authorization: Bearer <management key>.");
  const key = BEARER.exec(headers.authorization)?.[1] ?? "";
  if (isWellFormedKey("management", key)) return { ok: true, keyHash: hashKey(key) };
  const isOfApps = Object.values(KEY_PREFIXES).some((prefix) => key.startsWith(prefix));
  return refuse(
    "invalid_management_key",
    isOfApps
      ? "This is a key for apps. The management API takes a management key, which starts with daai_mk_."
      : "The management key is malformed or incomplete. It starts with daai_mk_.",
  );
}

interface Verified {
  readonly ok: true;
  readonly ctx: ManagementContext;
  readonly scopes: readonly string[];
  readonly rateLimits: RateLimitState[];
}

/**
 * Verifies a key and counts the request. The key and its scopes are read again by every command (`requirePermission`), so a revocation that is
 * committed counts even for a request in progress.
 */
export async function authenticateManagement(
  { db }: AnyContext,
  keyHash: string,
): Promise<Verified | (Refusal & { rateLimits?: RateLimitState[] })> {
  const key = await findManagementKey(db, Prisma.sql`k.key_hash = decode(${keyHash}, 'hex')`);
  if (!key)
    return refuse(
      "invalid_management_key",
      "The management key is unknown or no longer works. Ask an owner of the workspace for a new one.",
    );
  const start = minuteStart(key.now);
  const isCounted = await countUp(db, "management_per_minute", key.id, start, MANAGEMENT_REQUESTS_PER_MINUTE);
  const used = isCounted ? await readCount(db, "management_per_minute", key.id, start) : MANAGEMENT_REQUESTS_PER_MINUTE;
  const resetSeconds = Math.ceil((start.getTime() + MINUTE_MS - key.now.getTime()) / 1000);
  const rateLimits: RateLimitState[] = [
    {
      name: "minute",
      limit: MANAGEMENT_REQUESTS_PER_MINUTE,
      remaining: Math.max(0, MANAGEMENT_REQUESTS_PER_MINUTE - used),
      windowSeconds: MINUTE_SECONDS,
      resetSeconds,
    },
  ];
  if (!isCounted) {
    const detail = `This key has made ${MANAGEMENT_REQUESTS_PER_MINUTE} requests in this minute, which is its limit. Try again after ${resetSeconds} seconds.`;
    return { ...refuse("rate_limit_minute", detail, { retryAfterSeconds: resetSeconds }), rateLimits };
  }
  await recordUse(db, key);
  return { ok: true, ctx: managementContext(key, key.workspace_id), scopes: key.scopes, rateLimits };
}

const NOTE_EVERY_MS = 5 * MINUTE_MS;

/** At most every five minutes. */
async function recordUse(db: Db, key: LiveManagementKey): Promise<void> {
  if (key.last_used_at !== null && key.now.getTime() - key.last_used_at.getTime() < NOTE_EVERY_MS) return;
  await db.managementKey.update({ where: { id: key.id }, data: { lastUsedAt: key.now } });
  await publishChange(db, key.workspace_id, "keys");
}
