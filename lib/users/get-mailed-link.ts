import { ownPath } from "@/lib/domain/access/own-path";
import { type AccountTokenKind, readAccountToken, type TokenState } from "@/lib/security/account-token";
import type { VisitorContext } from "@/lib/security/context";

export interface MailedLink {
  state: TokenState;
  /** Whom it was mailed to; null when it is unknown. */
  email: string | null;
  next: string;
}

/** Returns what an emailed link is for. Reads only, so a mail scanner that opens it changes nothing. */
export async function getMailedLink({ db }: VisitorContext, kind: AccountTokenKind, token: unknown): Promise<MailedLink> {
  const { state, found } = await readAccountToken(db, [kind], typeof token === "string" ? token : "");
  const payload = found?.payload;
  const next = typeof payload === "object" && payload !== null && "next" in payload ? payload.next : undefined;
  return { state, email: found?.email ?? null, next: ownPath(next) };
}
