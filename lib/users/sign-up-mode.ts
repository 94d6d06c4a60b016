import type { Db } from "@/lib/db/transaction";
import { getEnv } from "@/lib/env";
import type { VisitorContext } from "@/lib/security/context";

/**
 * How sign-up works now. `first`: the account is created immediately and becomes the operator, unless the settings name operators. `open`:
 * everyone is emailed. `operators`: a named operator has no account yet, so only they are emailed, without revealing who they are.
 * `refused`: people need an invitation, or the operator. The same for every address.
 */
export type SignUpMode = "first" | "open" | "operators" | "refused";

export async function signUpMode({ db }: VisitorContext): Promise<SignUpMode> {
  const { DAAI_SIGN_UP, DAAI_ADMIN_EMAILS } = getEnv();
  const isNew = (await db.user.findFirst({ select: { id: true } })) === null;
  if (isNew && DAAI_ADMIN_EMAILS.length === 0) return "first";
  if (DAAI_SIGN_UP === "open") return "open";
  return (await isOperatorMissing(db, DAAI_ADMIN_EMAILS)) ? "operators" : "refused";
}

/** Whether one of the named operators has no account yet, so that the page must be there for them. */
async function isOperatorMissing(db: Db, named: string[]): Promise<boolean> {
  return named.length > 0 && (await db.user.count({ where: { email: { in: named } } })) < new Set(named).size;
}
