import type { Db } from "@/lib/db/transaction";
import { getEnv } from "@/lib/env";
import type { VisitorContext } from "@/lib/security/context";

/**
 * What happens to somebody who wants an account: `first` gets it at once and is the operator, unless the settings name the
 * operators; `mailed` gets a mail; `refused` needs an invitation, or the operator. Named operators are always mailed. Without an
 * address: what the page has to offer.
 */
export type SignUpMode = "first" | "mailed" | "refused";

export async function signUpMode({ db }: VisitorContext, email: string | null): Promise<SignUpMode> {
  const { DAAI_SIGN_UP, DAAI_ADMIN_EMAILS } = getEnv();
  const isNew = (await db.user.findFirst({ select: { id: true } })) === null;
  if (isNew && DAAI_ADMIN_EMAILS.length === 0) return "first";
  const isNamed = email === null ? await isOperatorMissing(db, DAAI_ADMIN_EMAILS) : DAAI_ADMIN_EMAILS.includes(email);
  return DAAI_SIGN_UP === "open" || isNamed ? "mailed" : "refused";
}

/** Whether one of the named operators has no account yet, so that the page must be there for them. */
async function isOperatorMissing(db: Db, named: string[]): Promise<boolean> {
  return named.length > 0 && (await db.user.count({ where: { email: { in: named } } })) < new Set(named).size;
}
