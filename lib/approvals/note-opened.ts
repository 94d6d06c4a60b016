import { bytes } from "@/lib/db/bytes";
import { type Db, inTransaction } from "@/lib/db/transaction";
import { announceChange } from "@/lib/live/announce-change";
import type { Context, VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";

/**
 * Keeps when the page of a link was first opened, and says whether there is such a link. A link that was taken back, or whose holder
 * has left, shows nothing: whoever opens it has not seen the request. Changes nothing of the run.
 */
export async function noteLinkOpened({ db }: VisitorContext, token: string): Promise<boolean> {
  const tokenHash = bytes(hashLinkToken(token));
  const known = await db.decisionLink.findUnique({ where: { tokenHash }, select: { openedAt: true } });
  if (known?.openedAt !== null) return known !== null;
  await inTransaction(db, async (tx) => {
    const [link] = await tx.$queryRaw<{ workspace_id: string; request_id: string }[]>`
      UPDATE decision_links SET opened_at = date_trunc('milliseconds', clock_timestamp()) WHERE token_hash = ${tokenHash} AND opened_at IS NULL AND withdrawn_at IS NULL AND NOT daai_has_left(workspace_id, approver_email)
      RETURNING workspace_id, approval_request_id AS request_id`;
    if (link) await noteRequest(tx, link.workspace_id, link.request_id);
  });
  return true;
}

/** The same for somebody who may decide and reads the request in the console; what was mailed to them counts as opened, too. */
export async function noteRunOpened(
  { db }: Context,
  { workspaceId, runId, email }: { workspaceId: string; runId: string; email: string },
): Promise<void> {
  const request = await db.approvalRequest.findUnique({
    where: { workspaceId_runId: { workspaceId, runId } },
    select: { id: true, openedAt: true, links: { where: { approverEmail: email, openedAt: null }, select: { id: true } } },
  });
  if (!request || (request.openedAt !== null && request.links.length === 0)) return;
  await inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      UPDATE decision_links SET opened_at = date_trunc('milliseconds', clock_timestamp())
      WHERE workspace_id = ${workspaceId}::uuid AND approval_request_id = ${request.id}::uuid AND approver_email = ${email} AND opened_at IS NULL`;
    await noteRequest(tx, workspaceId, request.id);
  });
}

async function noteRequest(tx: Db, workspaceId: string, requestId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE approval_requests SET opened_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = ${requestId}::uuid AND opened_at IS NULL`;
  await announceChange(tx, workspaceId, "runs", "approvals");
}
