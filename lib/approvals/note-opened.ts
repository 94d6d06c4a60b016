import { bytes } from "@/lib/db/bytes";
import { type Db, inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import { logger } from "@/lib/logger";
import type { Context, VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";

/**
 * Records when a link's page was first opened, and returns whether the link exists. A revoked link, or one whose approver has left, shows
 * nothing, so it isn't recorded. Never changes the run.
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
 * The same for someone who may decide and reads the request in the console, which counts their links as opened as well. A failure is logged
 * and doesn't keep the page from its reader.
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
 * Locks the request before its links, like everything that asks or withdraws, to prevent deadlocks. Links that show nothing don't count as
 * opening the request.
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
