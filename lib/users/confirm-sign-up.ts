import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { accountContext } from "@/lib/auth/account-context";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { getDb } from "@/lib/db/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { ownPath } from "@/lib/domain/own-path";
import type { Refusal } from "@/lib/domain/refusal";
import { spendAccountToken } from "./account-token";
import { issueAccountToken } from "./issue-account-token";
import { refuseMailLink } from "./refuse-mail-link";

const payloadSchema = z.object({ name: z.string(), password_hash: z.string(), next: z.string().optional() });

/** Time enough for the browser to send the token straight back. */
const SIGN_IN_MINUTES = 2;

/**
 * The mail of a sign-up is answered: makes the account, and gives the browser a token to sign in with. When the address has got
 * an account meanwhile, by another mail or an invitation, there is nothing to make.
 */
export function confirmSignUp(token: string): Promise<{ ok: true; signInToken: string; next: string } | Refusal> {
  return inTransaction<{ ok: true; signInToken: string; next: string } | Refusal>(getDb(), async (tx) => {
    const spent = await spendAccountToken(tx, "sign_up", token);
    if (!spent) return refuseMailLink();
    const { email } = spent;
    const { name, password_hash: passwordHash, next } = payloadSchema.parse(spent.payload);
    const id = uuidv7();
    const emailVerifiedAt = await databaseNow(tx);
    const { count } = await tx.user.createMany({ data: [{ id, email, name, passwordHash, emailVerifiedAt }], skipDuplicates: true });
    if (count === 0) return refuseMailLink();
    await recordAuditEvent(accountContext({ id, email }, tx), { verb: "user.signed_up", subjectType: "user", subjectId: id, data: { email, is_operator: false } });
    const signIn = await issueAccountToken(tx, { kind: "sign_in", email, userId: id, minutes: SIGN_IN_MINUTES });
    return { ok: true, signInToken: signIn.token, next: ownPath(next) };
  });
}
