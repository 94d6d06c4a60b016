import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Erases emails about the run, including bounce notices: unsent ones are canceled, and the mailbox's copies are deleted. Sent email can't
 * be recalled.
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
