import { bytes } from "@/lib/db/bytes";
import { type Db, inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import { logger } from "@/lib/logger";
import type { Context, VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";

/**
 * Keeps when the page of a link was first opened, and says whether there is such a link. A link that was taken back, or whose holder
 * has left, shows nothing: whoever opens it has not seen the request. Changes nothing of the run.
 */
export async function noteLinkOpened({ db }: VisitorContext, token: string): Promise<boolean> {
  const tokenHash = bytes(hashLinkToken(token));
  const link = await db.decisionLink.findUnique({
    where: { tokenHash },
    select: { id: true, openedAt: true, workspaceId: true, approvalRequestId: true },
  });
  if (link?.openedAt !== null) return link !== null;
  await note(db, { workspaceId: link.workspaceId, requestId: link.approvalRequestId, links: { id: link.id } });
  return true;
}

/**
 * The same for somebody who may decide and reads the request in the console; what was mailed to them counts as opened, too. The page
 * is there to be read: that it could not be noted is written to the log, and does not keep it from its reader.
 */
export async function noteRunOpened(
  { db }: Context,
  { workspaceId, runId, email }: { workspaceId: string; runId: string; email: string },
): Promise<void> {
  try {
    const request = await db.approvalRequest.findUnique({
      where: { workspaceId_runId: { workspaceId, runId } },
      select: { id: true, openedAt: true, links: { where: { approverEmail: email, openedAt: null }, select: { id: true } } },
    });
    if (request && (request.openedAt === null || request.links.length > 0))
      await note(db, { workspaceId, requestId: request.id, links: { email } });
  } catch (error) {
    logger.warn({ error, runId }, "It was not noted that a request was opened.");
  }
}

/**
 * The request is locked before its links, as by everybody who asks or withdraws: else the two wait for each other. A link that shows
 * nothing opens no request.
 */
function note(
  db: Db,
  { workspaceId, requestId, links }: { workspaceId: string; requestId: string; links: { id: string } | { email: string } },
): Promise<void> {
  const [linkId, email] = "id" in links ? [links.id, null] : [null, links.email];
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`SELECT FROM approval_requests WHERE id = ${requestId}::uuid FOR NO KEY UPDATE`;
    const opened = await tx.$executeRaw`
      UPDATE decision_links SET opened_at = date_trunc('milliseconds', clock_timestamp())
      WHERE workspace_id = ${workspaceId}::uuid AND approval_request_id = ${requestId}::uuid AND opened_at IS NULL
        AND (approver_email = ${email} OR id = ${linkId}::uuid AND withdrawn_at IS NULL AND NOT daai_has_left(workspace_id, approver_email))`;
    if (linkId !== null && opened === 0) return;
    await tx.$executeRaw`
      UPDATE approval_requests SET opened_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = ${requestId}::uuid AND opened_at IS NULL`;
    await publishChange(tx, workspaceId, "runs", "approvals");
  });
}
