import { createHash, randomBytes } from "node:crypto";
import { bytes } from "@/lib/db/bytes";
import type { AccountToken, User } from "@/lib/db/generated/client";
import { type Db, databaseNow } from "@/lib/db/transaction";

export type AccountTokenKind = "sign_in" | "sign_up" | "reset_password";

/** 256 random bits, base64url. */
export function makeAccountToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only the SHA-256 is stored. */
export function hashAccountToken(token: string): Uint8Array<ArrayBuffer> {
  return bytes(createHash("sha256").update(token).digest());
}

export type TokenState = "open" | "unknown" | "used" | "expired";

export type TokenWithUser = AccountToken & { user: User | null };

/** What has become of a token, without using it: a page may be opened as often as someone, or a mail scanner, likes. */
export async function readAccountToken(
  db: Db,
  kinds: readonly AccountTokenKind[],
  token: string,
): Promise<{ state: TokenState; found: TokenWithUser | null }> {
  const found = await db.accountToken.findUnique({ where: { tokenHash: hashAccountToken(token) }, include: { user: true } });
  if (!found || !kinds.some((kind) => kind === found.kind)) return { state: "unknown", found: null };
  if (found.usedAt || found.user?.disabledAt) return { state: "used", found };
  return { state: found.expiresAt > (await databaseNow(db)) ? "open" : "expired", found };
}

/** Uses a token, inside the caller's transaction. Of concurrent callers, one gets it. */
export async function spendAccountToken(db: Db, kind: AccountTokenKind, token: string): Promise<TokenWithUser | null> {
  const tokenHash = hashAccountToken(token);
  // Locks the account before its tokens, like everything that ends all of them.
  await db.$executeRaw`
    SELECT FROM users WHERE id = (SELECT user_id FROM account_tokens WHERE token_hash = ${tokenHash}) FOR NO KEY UPDATE`;
  const now = await databaseNow(db);
  const { count } = await db.accountToken.updateMany({
    // A link that was asked for before its account was disabled, and mailed after it, opens nothing either.
    where: { tokenHash, kind, usedAt: null, expiresAt: { gt: now }, OR: [{ userId: null }, { user: { disabledAt: null } }] },
    data: { usedAt: now },
  });
  return count === 0 ? null : db.accountToken.findUnique({ where: { tokenHash }, include: { user: true } });
}

/** Ends what was mailed earlier: after a new password, an old link must open nothing. */
export async function endAccountTokens(db: Db, userId: string): Promise<void> {
  await db.accountToken.updateMany({ where: { userId, usedAt: null }, data: { usedAt: await databaseNow(db) } });
}
