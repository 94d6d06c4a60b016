import { sdkContext } from "@/lib/auth/contexts";
import { type Db, inTransaction } from "@/lib/db/transaction";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { type RateLimitState, rateLimitStates } from "@/lib/limits/rate-limits";
import type { AnyContext, SdkContext } from "@/lib/security/context";
import { isKeyRefusalCode, refuseKeys } from "./key-refusals";
import { type KeyUse, noteKeyUse } from "./note-key-use";
import { noteOwnerOfKey } from "./owner-of-key";
import type { SdkCredentials } from "./sdk-credentials";

interface KeyRow {
  refusal: string | null;
  api_key_id: string;
  workspace_id: string;
  owner_id: string;
  plan: string | null;
  limit_overrides: unknown;
  now: Date;
  last_used_at: Date | null;
  minute: number;
  day: number;
}

/** What every response to these keys includes besides its result. */
export interface SdkFacts {
  workspaceId: string;
  rateLimits: RateLimitState[];
}

/** Only checks the keys, so that strangers with an invalid body get 401 instead of details about the body. */
export async function authenticateSdk(
  { db }: AnyContext,
  credentials: SdkCredentials,
): Promise<{ ok: true; ctx: SdkContext; rateLimits: RateLimitState[] } | Refusal> {
  const row = await checkKeys(db, credentials);
  if ("ok" in row) return row;
  return { ok: true, ctx: sdkContext(row.api_key_id, row.workspace_id, db), rateLimits: rateLimitsOf(row) };
}

/** Runs a command in one transaction, with the keys checked inside it: a revocation that is committed counts. */
export async function withSdkContext<T extends object>(
  { db }: AnyContext,
  credentials: SdkCredentials,
  fn: (ctx: SdkContext) => Promise<T>,
): Promise<(T & SdkFacts) | Refusal> {
  const checked: { use?: KeyUse } = {};
  const outcome = await inTransaction<(T & SdkFacts) | Refusal>(db, async (tx) => {
    const row = await checkKeys(tx, credentials);
    if ("ok" in row) return row;
    checked.use = { lastUsedAt: row.last_used_at, now: row.now };
    return {
      ...(await fn(sdkContext(row.api_key_id, row.workspace_id, tx))),
      workspaceId: row.workspace_id,
      rateLimits: rateLimitsOf(row),
    };
  });
  if (checked.use) await noteKeyUse(db, credentials, checked.use);
  return outcome;
}

async function checkKeys(db: Db, credentials: SdkCredentials): Promise<KeyRow | Refusal> {
  const { apiKeyHash, workspaceKeyHash } = credentials;
  const [row] = await db.$queryRaw<KeyRow[]>`
    SELECT k.refusal, k.api_key_id, k.workspace_id, k.owner_id, k.last_used_at, u.plan, u.limit_overrides,
      statement_timestamp() AS now, coalesce(m.count, 0) AS minute, coalesce(d.count, 0) AS day
    FROM daai_check_keys(decode(${apiKeyHash}, 'hex'), decode(${workspaceKeyHash}, 'hex')) k
    LEFT JOIN users u ON u.id = k.owner_id
    LEFT JOIN usage_counters m ON m.scope = 'intercepts_per_minute' AND m.subject = k.api_key_id::text
      AND m.period_start = date_trunc('minute', statement_timestamp(), 'UTC')
    LEFT JOIN usage_counters d ON d.scope = 'intercepts_per_day' AND d.subject = k.api_key_id::text
      AND d.period_start = date_trunc('day', statement_timestamp(), 'UTC')`;
  if (!row) throw new Error("daai_check_keys gave no row.");
  if (row.refusal !== null && isKeyRefusalCode(row.refusal)) return refuseKeys(row.refusal);
  noteOwnerOfKey(credentials, row.owner_id);
  return row;
}

function rateLimitsOf(row: KeyRow): RateLimitState[] {
  return rateLimitStates(limitsOfOwner({ plan: row.plan, limitOverrides: row.limit_overrides }).limits, row, row.now);
}
