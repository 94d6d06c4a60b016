import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { getDb } from "@/lib/db/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { accountContext } from "./contexts";

/** Ends the session at sign-out, so that a copied cookie stops working. */
export async function endSession(sessionId: string | undefined): Promise<void> {
  if (sessionId === undefined) return;
  await inTransaction(getDb(), async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: await databaseNow(tx) },
    });
    if (count === 0) return;
    const { user } = await tx.session.findUniqueOrThrow({
      where: { id: sessionId },
      include: { user: { select: { id: true, email: true } } },
    });
    await recordAuditEvent(accountContext(user, tx), {
      verb: "user.session_revoked",
      subjectType: "session",
      subjectId: sessionId,
      data: { signed_out: true },
    });
  });
}
