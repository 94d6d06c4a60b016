import { getDb } from "@/lib/db/client";
import type { Db } from "@/lib/db/transaction";
import { getEnv } from "@/lib/env";

/**
 * What happens to somebody who wants an account: `first` gets it at once and is the operator, unless the settings name the
 * operators; `mailed` gets a mail; `refused` needs an invitation, or the operator. Named operators are always mailed.
 */
export type SignUpMode = "first" | "mailed" | "refused";

export async function signUpMode(email: string | null, db: Db = getDb()): Promise<SignUpMode> {
  const { DAAI_SIGN_UP, DAAI_ADMIN_EMAILS } = getEnv();
  const isNew = (await db.user.findFirst({ select: { id: true } })) === null;
  if (isNew && DAAI_ADMIN_EMAILS.length === 0) return "first";
  const isNamed = email === null ? isNew : DAAI_ADMIN_EMAILS.includes(email);
  return DAAI_SIGN_UP === "open" || isNamed ? "mailed" : "refused";
}
