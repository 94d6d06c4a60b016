import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { bytes } from "@/lib/db/bytes";
import type { ApprovalRequest } from "@/lib/db/generated/client";
import { type Db, databaseNow, inTransaction } from "@/lib/db/transaction";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { stagesOf } from "@/lib/domain/runs/approvals";
import { countUp } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { monthStart } from "@/lib/limits/rate-limits";
import { publishChange } from "@/lib/live/publish-change";
import { queueEmail } from "@/lib/notifications/queue-email";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { hashLinkToken, makeLinkToken } from "@/lib/security/link-token";
import { lockRequest } from "./lock-request";
import { readAnswers } from "./read-answers";

interface AskedApprover {
  email: string;
  linkId: string;
  deliveryId: string;
  /** False: the owner's monthly email limit is reached. The link exists, and the approver sees the request in the console. */
  isMailed: boolean;
}

/**
 * Asks an approver about a pending run, for the first time or again: creates a link, queues an email with it, and adds them to those asked.
 * Earlier links stay valid. Runs inside the caller's transaction, if there is one. The caller checks permissions. The email counts toward
 * the owner's limit.
 */
export function askApprover(
  ctx: WorkspaceContext,
  { runId, email, reason }: { runId: string; email: string; reason: AskReason },
): Promise<{ ok: true; asked: AskedApprover } | Refusal> {
  const { workspaceId } = ctx;
  return inTransaction(ctx.db, async (tx) => {
    // People who left the workspace are never asked, even if a list still names them.
    if (await hasLeft(withDb(ctx, tx), email))
      return refuse("not_permitted", `${email} is no longer a member of this workspace, so they can't be asked.`);
    if (await isDisabled(tx, email)) return refuse("not_permitted", `The account of ${email} is disabled, so they can't be asked.`);
    const request = await lockRequest(withDb(ctx, tx), { runId });
    if (!request) return refuseAsking(withDb(ctx, tx), runId);
    const { id: requestId, approverEmails, expiresAt } = request;
    if (reason !== "reassignment" && (await hasPassedOn(withDb(ctx, tx), request, email)))
      return refuse("not_permitted", `${email} reassigned this request, so they aren't asked again.`);
    if (stagesOf(request) && (await readAnswers(withDb(ctx, tx), request))(email))
      return refuse("already_approved", `${email} has answered this request, or someone has in their place.`);
    const [owner, now] = [await readOwner(tx, workspaceId), await databaseNow(tx)];

    const token = makeLinkToken();
    const [linkId, deliveryId] = [uuidv7(), uuidv7()];
    const isMailed = await countUp(tx, "emails_per_month", owner.id, monthStart(now), limitsOfOwner(owner).limits.emailsPerMonth);
    await tx.decisionLink.create({
      data: {
        id: linkId,
        workspaceId,
        approvalRequestId: requestId,
        approverEmail: email,
        stage: request.stage,
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
    await publishChange(tx, workspaceId, "runs", "approvals");
    await publishChange(tx, email, "approvals");
    return { ok: true, asked: { email, linkId, deliveryId, isMailed } };
  });
}

/** Emails count toward the limit of the workspace's owner. */
async function readOwner(db: Db, workspaceId: string) {
  const { owner } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { owner: { select: { id: true, plan: true, limitOverrides: true } } },
  });
  return owner;
}

async function hasLeft({ db, workspaceId }: WorkspaceContext, email: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ left: boolean }[]>`SELECT daai_has_left(${workspaceId}::uuid, ${email}) AS left`;
  return row?.left ?? false;
}

/** Whoever reassigned a request isn't asked about it again while someone else is. */
async function hasPassedOn({ db, workspaceId }: WorkspaceContext, request: ApprovalRequest, email: string): Promise<boolean> {
  const { runId, approverEmails } = request;
  if (approverEmails.length === 0 || approverEmails.includes(email)) return false;
  const [row] = await db.$queryRaw<{ has_passed_on: boolean }[]>`
    SELECT EXISTS (SELECT FROM reassignments r WHERE r.workspace_id = ${workspaceId}::uuid AND r.run_id = ${runId}::uuid
      AND daai_person(r.from_email) = daai_person(${email})) AS has_passed_on`;
  return row?.has_passed_on ?? false;
}

async function isDisabled(db: Db, email: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is_disabled: boolean }[]>`SELECT daai_is_disabled(${email}) AS is_disabled`;
  return row?.is_disabled ?? false;
}

async function refuseAsking({ db, workspaceId }: WorkspaceContext, runId: string): Promise<Refusal> {
  const request = await db.approvalRequest.findFirst({ where: { workspaceId, runId }, select: { id: true } });
  return request ? refuse("already_decided", "This run has already been decided.") : refuseUnknownRun();
}
