import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { systemContext } from "@/lib/auth/contexts";
import type { ApprovalRequest } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";
import { askApprover } from "./ask-approver";
import { endStaleVotes } from "./end-stale-votes";
import { askStandIns } from "./hand-over-request";
import { readAnswers } from "./read-answers";
import { readApprovals } from "./read-approvals";
import { listFirstAsked } from "./routing-of";

/**
 * Makes those who are asked follow from the votes: whoever has answered is no longer asked, a complete stage is followed by the next one, whose
 * people get their emails, and one that is incomplete again is asked again. Runs inside a transaction that has locked the request.
 */
export async function settleStage(ctx: WorkspaceContext, request: ApprovalRequest, { asksNewcomers = false } = {}): Promise<void> {
  const { db, workspaceId } = ctx;
  const { id, runId } = request;
  // Whoever answers doesn't ask the others: the console does.
  const system = systemContext(workspaceId, db);
  await endStaleVotes(ctx, runId);
  const approvals = (await readApprovals(ctx, [runId])).get(runId);
  if (!approvals) return;
  const { stage } = approvals;
  const isMoved = stage !== request.stage;
  const links = await db.decisionLink.findMany({
    where: { workspaceId, approvalRequestId: id, stage, withdrawnAt: null },
    orderBy: { id: "asc" },
  });
  const people = [...new Set([...(isMoved ? [] : request.approverEmails), ...links.map(({ approverEmail }) => approverEmail)])];
  const hasAnswered = await readAnswers(ctx, { ...request, stage });
  const asked = people.filter((email) => !hasAnswered(email));
  const settled = await db.approvalRequest.update({ where: { id }, data: { stage, approverEmails: asked } });
  const missing = approvals.required - approvals.given;
  if (asksNewcomers || (isMoved && links.length === 0) || (await listAble(ctx, settled)).length < missing)
    await askMore(system, settled, missing);
  await askAboutChange(system, settled);
  for (const email of new Set([...request.approverEmails, ...asked])) await publishChange(db, email, "approvals");
}

/** Asks the stage's people, and the workspace's owners when too few of them are left to complete it. */
async function askMore(ctx: WorkspaceContext, request: ApprovalRequest, missing: number): Promise<void> {
  const reason = request.approverEmails.length === 0 && request.stage > 1 ? "next_stage" : "replacement";
  for (const email of await listFirstAsked(ctx, request.runId)) await askUnlessAsked(ctx, request.id, email, reason);
  if ((await listAble(ctx, request)).length < missing)
    for (const email of await listOwnerEmails(ctx)) await askUnlessAsked(ctx, request.id, email, "replacement");
  await askStandIns(ctx, request, await listAsked(ctx, request.id));
}

/** Emails those who are asked again because what they had approved is no longer what is decided on. */
async function askAboutChange(ctx: WorkspaceContext, { id, runId }: ApprovalRequest): Promise<void> {
  const { db, workspaceId } = ctx;
  const ended = await db.vote.findMany({ where: { workspaceId, runId, revokedReason: "payload_changed" }, orderBy: { id: "asc" } });
  for (const email of ended.length === 0 ? [] : await listAsked(ctx, id)) {
    const last = ended.findLast(({ voter }) => isSamePerson(voter, email))?.revokedAt;
    if (!last) continue;
    const isTold = await db.decisionLink.count({
      where: { workspaceId, approvalRequestId: id, approverEmail: email, createdAt: { gte: last } },
    });
    if (isTold === 0) await askApprover(ctx, { runId, email, reason: "changed" });
  }
}

async function askUnlessAsked(
  ctx: WorkspaceContext,
  requestId: string,
  email: string,
  reason: "next_stage" | "replacement",
): Promise<void> {
  const request = await ctx.db.approvalRequest.findUniqueOrThrow({ where: { id: requestId } });
  if (!request.approverEmails.includes(email)) await askApprover(ctx, { runId: request.runId, email, reason });
}

async function listAsked({ db }: WorkspaceContext, id: string): Promise<string[]> {
  return (await db.approvalRequest.findUniqueOrThrow({ where: { id } })).approverEmails;
}

/** Those who are asked and whose yes would count. */
async function listAble(ctx: WorkspaceContext, { id, runId }: ApprovalRequest): Promise<string[]> {
  const run = await ctx.db.actionRun.findUniqueOrThrow({ where: { id: runId }, include: { action: true, apiKey: true } });
  const asked = await listAsked(ctx, id);
  return asked.filter((email) => !(run.action?.requiresFourEyes && isSamePerson(run.apiKey.createdBy, email)));
}
