import { startSession } from "@/lib/auth/start-session";
import { inTransaction } from "@/lib/db/transaction";
import { spendAccountToken } from "@/lib/security/account-token";
import type { VisitorContext } from "@/lib/security/context";
import type { SignInOutcome, SignInRequest } from "./sign-in-outcome";

/** Starts a session with the token of an emailed sign-in link, which works once. Having it proves that the address is theirs. */
export function signInWithLink({ db }: VisitorContext, { token }: { token: unknown }, request: SignInRequest): Promise<SignInOutcome> {
  return inTransaction<SignInOutcome>(db, async (tx) => {
    const spent = await spendAccountToken(tx, "sign_in", typeof token === "string" ? token : "");
    if (!spent?.user) return { ok: false, code: "invalid_link" };
    const { user, usedAt } = spent;
    if (!user.emailVerifiedAt) await tx.user.update({ where: { id: user.id }, data: { emailVerifiedAt: usedAt } });
    return { ok: true, userId: user.id, sessionId: await startSession(tx, { user, method: "link", ...request }) };
  });
}
