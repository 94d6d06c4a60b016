import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/get-run-status";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { withDb, type WorkspaceContext } from "@/lib/context";
import { bytes } from "@/lib/db/bytes";
import { inTransaction, type Db } from "@/lib/db/transaction";
import type { AskReason } from "@/lib/domain/ask-reasons";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { countUp } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { monthStart } from "@/lib/limits/rate-limits";
import { announceChange } from "@/lib/live/announce-change";
import { queueEmail } from "@/lib/notifications/queue-email";
import { hashLinkToken, makeLinkToken } from "./link-token";

interface AskedApprover {
  email: string;
  linkId: string;
  deliveryId: string;
  /** False: the owner's mails of this month are used up. The link exists, and the person sees the request in the console. */
  isMailed: boolean;
}

/**
 * Asks one more person about a pending run, or the same person again: a link of their own, a mail with it, and their name
 * among those asked. Links that they have already stay valid. Inside the caller's transaction, if there is one; whether the
 * actor may do this is the caller's to check. The mail counts as the first ones do.
 */
export function askApprover(
  ctx: WorkspaceContext,
  { runId, email, reason }: { runId: string; email: string; reason: AskReason },
): Promise<{ ok: true; asked: AskedApprover } | Refusal> {
  const { workspaceId } = ctx;
  return inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, workspaceId, { runId, email });
    if (!request) return refuseUnknownRun();
    const { requestId, approverEmails, isPending, expiresAt, now } = request;
    // Whoever has left is asked nothing more, whichever list still names them.
    if (request.hasLeft) return refuse("not_permitted", `${email} is no member of this workspace any more, so they are not asked.`);
    if (!isPending) return refuse("already_decided", "This run is decided: nobody needs to be asked any more.");

    const token = makeLinkToken();
    const [linkId, deliveryId] = [uuidv7(), uuidv7()];
    const isMailed = await countUp(tx, "emails_per_month", request.ownerId, monthStart(now), limitsOfOwner(request).limits.emailsPerMonth);
    await tx.decisionLink.create({
      data: {
        id: linkId,
        workspaceId,
        approvalRequestId: requestId,
        approverEmail: email,
        tokenHash: bytes(hashLinkToken(token)),
        expiresAt,
        createdAt: now,
      },
    });
    await queueEmail(tx, {
      id: deliveryId,
      workspaceId,
      runId,
      decisionLinkId: linkId,
      kind: "approval_request",
      askReason: reason,
      toEmail: email,
      token,
      createdAt: now,
      notSentReason: isMailed ? null : "monthly_email_limit",
    });
    if (!isMailed) await tx.actionRun.updateMany({ where: { id: runId, workspaceId }, data: { mailNotSentReason: "monthly_email_limit" } });
    if (!approverEmails.includes(email)) {
      await tx.approvalRequest.update({ where: { id: requestId }, data: { approverEmails: { push: email } } });
    }
    await recordAuditEvent(withDb(ctx, tx), { verb: "run.approver_asked", subjectType: "run", subjectId: runId, data: { email, reason } });
    await announceChange(tx, workspaceId, "runs", "approvals");
    await announceChange(tx, email, "approvals");
    return { ok: true, asked: { email, linkId, deliveryId, isMailed } };
  });
}

interface LockedRequest {
  requestId: string;
  approverEmails: string[];
  isPending: boolean;
  hasLeft: boolean;
  expiresAt: Date;
  now: Date;
  ownerId: string;
  plan: string | null;
  limitOverrides: unknown;
}

/** One at a time asks about a run, so that its list of those asked loses nobody. */
async function lockRequest(
  db: Db,
  workspaceId: string,
  { runId, email }: { runId: string; email: string },
): Promise<LockedRequest | undefined> {
  const [request] = await db.$queryRaw<LockedRequest[]>`
    SELECT q.id AS "requestId", q.approver_emails AS "approverEmails", r.expires_at AS "expiresAt",
      r.governance_status = 'pending_approval' AND r.expires_at > clock_timestamp() AND w.deleted_at IS NULL AS "isPending",
      daai_has_left(w.id, ${email}) AS "hasLeft",
      date_trunc('milliseconds', clock_timestamp()) AS now, u.id AS "ownerId", u.plan, u.limit_overrides AS "limitOverrides"
    FROM approval_requests q JOIN action_runs r ON r.id = q.run_id JOIN workspaces w ON w.id = q.workspace_id JOIN users u ON u.id = w.owner_id
    WHERE q.workspace_id = ${workspaceId}::uuid AND q.run_id = ${runId}::uuid
    FOR UPDATE OF q`;
  return request;
}
