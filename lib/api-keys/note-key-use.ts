import type { Db } from "@/lib/db/transaction";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { publishChange } from "@/lib/live/publish-change";
import type { SdkCredentials } from "./sdk-credentials";

/** What the request found out about its API key anyway. */
export interface KeyUse {
  lastUsedAt: Date | null;
  /** The database's time. */
  now: Date;
}

const EVERY_MS = 5 * MINUTE_MS;

/**
 * Records that both keys of a request are in use, at most every five minutes, so that a status request stays one round trip. daai_intercept
 * does it itself. Failures are ignored, because the request has already succeeded.
 */
export async function noteKeyUse(db: Db, keys: SdkCredentials, { lastUsedAt, now }: KeyUse): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < EVERY_MS) return;
  try {
    const noted = await db.$queryRaw<{ workspace_id: string }[]>`
      UPDATE api_keys SET last_used_at = statement_timestamp() WHERE id IN (
        SELECT id FROM api_keys
        WHERE key_hash IN (decode(${keys.apiKeyHash}, 'hex'), decode(${keys.workspaceKeyHash}, 'hex'))
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING workspace_id`;
    if (noted[0]) await publishChange(db, noted[0].workspace_id, "keys");
  } catch {
    // The next request notes it.
  }
}
