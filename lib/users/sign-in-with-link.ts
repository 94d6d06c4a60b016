import { startSession } from "@/lib/auth/start-session";
import { getDb } from "@/lib/db/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { bytes } from "@/lib/db/bytes";
import { hashLinkToken } from "@/lib/approvals/link-token";
import type { SignInOutcome, SignInRequest } from "./sign-in-outcome";

/** Starts a session with the token of a mailed sign-in link, which is used up by it. */
export function signInWithLink({ token }: { token: unknown }, request: SignInRequest): Promise<SignInOutcome> {
  return inTransaction<SignInOutcome>(getDb(), async (tx) => {
    const now = await databaseNow(tx);
    const tokenHash = bytes(hashLinkToken(typeof token === "string" ? token : ""));
    const { count } = await tx.accountToken.updateMany({ where: { tokenHash, kind: "sign_in", usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } });
    const used = count === 1 ? await tx.accountToken.findUnique({ where: { tokenHash }, include: { user: true } }) : null;
    if (!used?.user) return { ok: false, code: "invalid_link" };
    return { ok: true, userId: used.user.id, sessionId: await startSession(tx, { user: used.user, method: "link", ...request }) };
  });
}
