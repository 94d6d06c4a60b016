import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Erases emails about the runs, including bounce notices: unsent ones are canceled, and the mailbox's copies are deleted. Sent email can't
 * be recalled.
 */
export async function eraseRunMails({ db, workspaceId }: WorkspaceContext, runIds: readonly string[]): Promise<void> {
  const ofRuns = { runId: { in: [...runIds] } };
  const mails = await db.emailDelivery.findMany({
    where: { workspaceId, OR: [ofRuns, { aboutDelivery: ofRuns }] },
    select: { id: true },
  });
  const ids = mails.map(({ id }) => id);
  await db.emailDelivery.updateMany({
    where: { id: { in: ids }, status: "queued" },
    data: { status: "not_sent", notSentReason: "already_decided", sealedToken: null, nextTryAt: null },
  });
  await db.mailboxMessage.deleteMany({ where: { idempotencyKey: { in: ids } } });
}
