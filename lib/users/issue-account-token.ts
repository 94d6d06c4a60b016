import { v7 as uuidv7 } from "uuid";
import { type Db, databaseNow } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { type AccountTokenKind, hashAccountToken, makeAccountToken } from "@/lib/security/account-token";

const LIFETIME_MINUTES: Readonly<Record<AccountTokenKind, number>> = { sign_in: 15, sign_up: 24 * 60, reset_password: 60 };

interface NewToken {
  kind: AccountTokenKind;
  email: string;
  /** null: the account does not exist yet. */
  userId: string | null;
  payload?: JsonObject;
  minutes?: number;
}

/** Writes a one-time token inside the caller's transaction. The token itself is returned this one time. */
export async function issueAccountToken(
  db: Db,
  { kind, email, userId, payload = {}, minutes = LIFETIME_MINUTES[kind] }: NewToken,
): Promise<{ id: string; token: string }> {
  const [id, token, now] = [uuidv7(), makeAccountToken(), await databaseNow(db)];
  const expiresAt = new Date(now.getTime() + minutes * MINUTE_MS);
  await db.accountToken.create({
    data: { id, kind, email, userId, tokenHash: hashAccountToken(token), payload, expiresAt, createdAt: now },
  });
  return { id, token };
}
