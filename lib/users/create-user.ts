import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { planOfNewAccount } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type Context, withDb } from "@/lib/security/context";
import { hashPassword } from "@/lib/security/hash-password";
import { type NewUser, userSchema } from "./schema";

/** Makes an account. Without a password it can be used only after one is set, or by a link sent to its address. */
export async function createUser(ctx: Context, input: NewUser): Promise<{ ok: true; userId: string; email: string } | Refusal> {
  const { email, password, isOperator } = userSchema.parse(input);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return inTransaction(ctx.db, async (tx) => {
    const id = uuidv7();
    const { count } = await tx.user.createMany({
      data: [{ id, email, passwordHash, isOperator, plan: planOfNewAccount({ isOperator }) }],
      skipDuplicates: true,
    });
    if (count === 0) return refuse("validation_failed", `${email} already has an account.`);
    await recordAuditEvent(withDb(ctx, tx), {
      verb: "user.created",
      subjectType: "user",
      subjectId: id,
      data: { email, is_operator: isOperator },
    });
    return { ok: true, userId: id, email };
  });
}
