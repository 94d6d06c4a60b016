import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { accountContext } from "@/lib/auth/contexts";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { planOfNewAccount } from "@/lib/domain/access/limits";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { countAttempt } from "@/lib/limits/count-attempt";
import { readAccountToken, spendAccountToken } from "@/lib/security/account-token";
import type { VisitorContext } from "@/lib/security/context";
import { verifyPassword } from "@/lib/security/hash-password";
import { refuseMailLink } from "./refuse-mail-link";

const payloadSchema = z.object({ name: z.string(), password_hash: z.string() });

/**
 * Creates the account when the sign-up email is confirmed. The password is asked for again, because anyone could enter someone else's
 * address with their own password. If the address got an account meanwhile, by another email or an invitation, nothing is created.
 */
export async function confirmSignUp(
  { db }: VisitorContext,
  { token, password }: { token: string; password: string },
  { clientAddress }: { clientAddress: string },
): Promise<{ ok: true; email: string } | Refusal> {
  const { state, found } = await readAccountToken(db, ["sign_up"], token);
  if (state !== "open" || !found) return refuseMailLink();
  const { email } = found;
  const { name, password_hash: passwordHash } = payloadSchema.parse(found.payload);
  const counted = await countAttempt(db, "sign_in", { email, client: clientAddress });
  if (!counted.ok) return counted;
  if (!(await verifyPassword(passwordHash, password))) return refusePassword();
  await counted.giveBack(db);
  return inTransaction<{ ok: true; email: string } | Refusal>(db, async (tx) => {
    if (!(await spendAccountToken(tx, "sign_up", token))) return refuseMailLink();
    const id = uuidv7();
    const emailVerifiedAt = await databaseNow(tx);
    const plan = planOfNewAccount({ isOperator: getEnv().DAAI_ADMIN_EMAILS.includes(email) });
    const { count } = await tx.user.createMany({ data: [{ id, email, name, passwordHash, emailVerifiedAt, plan }], skipDuplicates: true });
    if (count === 0) return refuseMailLink();
    await recordAuditEvent(accountContext({ id, email }, tx), {
      verb: "user.signed_up",
      subjectType: "user",
      subjectId: id,
      data: { email, is_operator: false },
    });
    return { ok: true, email };
  });
}

function refusePassword(): Refusal {
  const message = "This isn’t the password chosen at sign-up. If someone else signed up with your address, create a new account.";
  return refuseField("password", message);
}
