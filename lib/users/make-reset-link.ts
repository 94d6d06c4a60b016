import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { type OperatorContext, withDb } from "@/lib/security/context";
import { issueAccountToken } from "./issue-account-token";

/** Creates a link to set a new password, for an operator to hand over where email isn't available. It works once, for an hour. */
export function makeResetLink(ctx: OperatorContext, email: string): Promise<{ ok: true; userId: string; link: string } | Refusal> {
  return inTransaction<{ ok: true; userId: string; link: string } | Refusal>(ctx.db, async (tx) => {
    const user = await tx.user.findUnique({ where: { email } });
    if (!user) return refuse("validation_failed", `${email} has no account.`);
    if (user.disabledAt) return refuse("validation_failed", `The account ${email} is disabled. Enable it first.`);
    const { token } = await issueAccountToken(tx, { kind: "reset_password", email, userId: user.id });
    await recordAuditEvent(withDb(ctx, tx), { verb: "user.reset_link_made", subjectType: "user", subjectId: user.id, data: { email } });
    return { ok: true, userId: user.id, link: `${getEnv().DAAI_PUBLIC_URL}/reset-password?token=${token}` };
  });
}
