import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Db } from "@/lib/db/transaction";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { accountContext } from "./contexts";

export const SESSION_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;
const USER_AGENT_MAX_LENGTH = 400;

export interface NewSession {
  readonly user: { readonly id: string; readonly email: string; readonly sessionVersion: number };
  /** How the person proved who they are. */
  readonly method: "password" | "link";
  readonly userAgent: string | null;
  readonly clientAddress: string;
}

/** Stores a new session and returns its id. The caller must have authenticated the person. */
export function startSession(db: Db, { user, method, userAgent, clientAddress }: NewSession): Promise<string> {
  return inTransaction(db, async (tx) => {
    const id = uuidv7();
    await tx.session.create({
      data: {
        id,
        userId: user.id,
        sessionVersion: user.sessionVersion,
        method,
        userAgent: userAgent?.slice(0, USER_AGENT_MAX_LENGTH) ?? null,
        clientAddress,
        expiresAt: new Date((await databaseNow(tx)).getTime() + SESSION_MAX_AGE_SECONDS * 1000),
      },
    });
    const ctx = accountContext(user, tx);
    await recordAuditEvent(ctx, { verb: "user.signed_in", subjectType: "user", subjectId: user.id, data: { method } });
    return id;
  });
}
