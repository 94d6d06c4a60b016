import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Mails about the run, and those that tell of one that came back: what waits is not sent, what the mailbox kept is deleted.
 * Mail that has left is in the hands of those who got it.
 */
export async function eraseRunMail({ db, workspaceId }: WorkspaceContext, runId: string): Promise<void> {
  const mails = await db.emailDelivery.findMany({
    where: { workspaceId, OR: [{ runId }, { aboutDelivery: { runId } }] },
    select: { id: true },
  });
  const ids = mails.map(({ id }) => id);
  await db.emailDelivery.updateMany({
    where: { id: { in: ids }, status: "queued" },
    data: { status: "not_sent", notSentReason: "already_decided", sealedToken: null, nextTryAt: null },
  });
  await db.mailboxMessage.deleteMany({ where: { idempotencyKey: { in: ids } } });
}
