import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { accountContext } from "@/lib/auth/contexts";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { type Db, inTransaction } from "@/lib/db/transaction";
import { planOfNewAccount } from "@/lib/domain/access/limits";
import { ownPath } from "@/lib/domain/access/own-path";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { countAttempt } from "@/lib/limits/count-attempt";
import { queueAccountEmail } from "@/lib/notifications/queue-account-email";
import { type VisitorContext, withDb } from "@/lib/security/context";
import { hashPassword } from "@/lib/security/hash-password";
import { issueAccountToken } from "./issue-account-token";
import type { SignUp } from "./schema";
import { isSetupCode } from "./setup-code";
import { signUpMode } from "./sign-up-mode";

/**
 * Requests an account. The first one of a new console is created immediately, because no email could be sent yet, and becomes the
 * operator. Elsewhere than on the console's own machine it takes the code that the start prints. Later ones are confirmed by email. The
 * response is the same for addresses that have an account, whose email says so, and for those that aren't emailed because only operators
 * are.
 */
export async function signUp(
  ctx: VisitorContext,
  { name, email, password, next, setupCode }: SignUp,
  { clientAddress, isLocal }: { clientAddress: string; isLocal: boolean },
): Promise<{ ok: true; isSignedUp: boolean } | Refusal> {
  const counted = await countAttempt(ctx.db, "sign_up", { email, client: clientAddress });
  if (!counted.ok) return counted;
  const expected = await signUpMode(ctx);
  if (expected === "refused") return refuseSignUp();
  if (expected === "first" && !isLocal && !isSetupCode(setupCode ?? "")) return refuseSetupCode();
  const passwordHash = await hashPassword(password);
  return inTransaction<{ ok: true; isSignedUp: boolean } | Refusal>(ctx.db, async (tx) => {
    // Accounts are never deleted, so only those who might be the first wait for each other.
    if (expected === "first") await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.firstAccount})`;
    const mode = await signUpMode(withDb(ctx, tx));
    if (mode === "refused") return refuseSignUp();
    if (mode === "first") return makeFirstAccount(tx, { name, email, passwordHash });
    if (mode === "operators" && !getEnv().DAAI_ADMIN_EMAILS.includes(email)) return { ok: true, isSignedUp: false };
    const { id, token } = await issueAccountToken(tx, {
      kind: "sign_up",
      email,
      userId: null,
      payload: { name, password_hash: passwordHash, next: ownPath(next) },
    });
    await queueAccountEmail(tx, { id: uuidv7(), kind: "sign_up_confirmation", toEmail: email, token, about: { accountTokenId: id } });
    return { ok: true, isSignedUp: false };
  });
}

async function makeFirstAccount(
  tx: Db,
  account: { name: string; email: string; passwordHash: string },
): Promise<{ ok: true; isSignedUp: boolean }> {
  const id = uuidv7();
  await tx.user.create({ data: { id, ...account, isOperator: true, plan: planOfNewAccount({ isOperator: true }) } });
  const data = { email: account.email, is_operator: true };
  await recordAuditEvent(accountContext({ id, email: account.email }, tx), {
    verb: "user.signed_up",
    subjectType: "user",
    subjectId: id,
    data,
  });
  return { ok: true, isSignedUp: true };
}

function refuseSetupCode(): Refusal {
  const message = "Incorrect setup code. Use the one the console printed when it started.";
  return refuseField("setupCode", message);
}

function refuseSignUp(): Refusal {
  return refuse(
    "sign_up_closed",
    getEnv().DAAI_SIGN_UP === "closed"
      ? "Only the operator can create accounts on this console. Ask them for one."
      : "Sign-up is by invitation. Ask a workspace owner or admin to invite you.",
  );
}
