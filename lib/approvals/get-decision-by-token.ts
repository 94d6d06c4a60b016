import { findRunFreeze, type RunFreeze } from "@/lib/action-runs/status/refuse-frozen";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import { decisionLinkContext } from "@/lib/auth/contexts";
import { bytes } from "@/lib/db/bytes";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { changeRows } from "@/lib/domain/policy/change-rows";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { isUnclaimed } from "@/lib/domain/runs/claim-state";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { isOver, type RunClock } from "@/lib/domain/runs/run-clock";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { type GrantOffer, offerGrant } from "@/lib/grants/offer-grant";
import type { VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";
import { decisionView, findLink, type LinkWithRun } from "./link-with-run";
import { decidedFields, refuseDecided } from "./refuse-decided";
import { refuseApproved } from "./refuse-unasked";

/** Returns what a link's holder is asked to decide, or why there is nothing left to decide. Reads only. */
export async function getDecisionByToken(
  ctx: VisitorContext,
  token: string,
): Promise<{ ok: true; decision: DecisionView; frozen: RunFreeze | null } | Refusal> {
  const link = await findLinkByToken(ctx, token);
  if (!link) return refuseUnknownLink();
  const decision = await decisionView(link);
  if (!decision) return refuseUnknownLink();
  const refusal = await refuseClosedLink(ctx, link);
  return refusal ?? { ok: true, decision, frozen: await findRunFreeze(ctx, decision.runId) };
}

/** What the holder of an open link could approve in advance; null: nothing. */
export async function getGrantOfferByToken(ctx: VisitorContext, token: string): Promise<GrantOffer | null> {
  const link = await findLinkByToken(ctx, token);
  if (!link) return null;
  const offered = await offerGrant(decisionLinkContext(link, ctx.db), { runId: link.approvalRequest.runId, person: link.approverEmail });
  return offered.ok ? offered.offer : null;
}

export function findLinkByToken(ctx: VisitorContext, token: string): Promise<LinkWithRun | null> {
  return findLink(ctx, { tokenHash: bytes(hashLinkToken(token)) });
}

/** The same for every unknown link, so that it reveals nothing, not even the workspace. */
export function refuseUnknownLink(): Refusal {
  return refuse("invalid_link", "This link isn't valid. It may be incomplete or no longer active. Use the link in the latest email.");
}

/** Null: the link still allows a decision. */
export async function refuseClosedLink({ db }: VisitorContext, link: LinkWithRun): Promise<Refusal | null> {
  const [holder] = await db.$queryRaw<{ has_left: boolean; is_disabled: boolean }[]>`
    SELECT daai_has_left(${link.workspaceId}::uuid, ${link.approverEmail}) AS has_left,
      daai_is_disabled(${link.approverEmail}) AS is_disabled`;
  const withdrawal = holder?.is_disabled ? "disabled" : withdrawalOf(link, holder?.has_left ?? true);
  // Reveals nothing about the run: the approver has left or was replaced.
  if (withdrawal && link.usedAt === null) return refuseWithdrawnLink(withdrawal, link);
  const refusal = refuseAnswered(link, await readRunClock(db, link.approvalRequest.run.id));
  const view = refusal && (await decisionView(link));
  return refusal && view ? { ...refusal, fields: { ...refusal.fields, summary: summaryOf(view) } } : refusal;
}

type Withdrawal = "left" | "replaced" | "disabled" | "reassigned" | "workspace_deleted";

function withdrawalOf({ withdrawnReason, approvalRequest: { run } }: LinkWithRun, hasLeft: boolean): Withdrawal | null {
  if (hasLeft) return "left";
  if (withdrawnReason !== null) return withdrawnReason as Withdrawal;
  // After a workspace is deleted, its runs are blocked, and the link shows that.
  return run.workspace.deletedAt !== null && run.governanceStatus === "pending_approval" ? "workspace_deleted" : null;
}

function refuseWithdrawnLink(reason: Withdrawal, link: LinkWithRun): Refusal {
  const { workspace, reassignments } = link.approvalRequest.run;
  const workspaceName = workspace.name;
  const details: Record<Withdrawal, string> = {
    left: `You're no longer a member of ${workspaceName}. Its other approvers decide this request.`,
    replaced: `Someone else in ${workspaceName} is now asked to decide this request.`,
    reassigned: reassignedDetail(link),
    disabled: "Your account was disabled, so you can't decide this request. For details, ask the operator of the console.",
    workspace_deleted: `${workspaceName} was deleted. Its pending requests were blocked, and nothing in it can be approved.`,
  };
  const passedOn = reason === "reassigned" ? reassignments.findLast(isFrom(link.approverEmail)) : undefined;
  return refuse("link_withdrawn", details[reason], {
    fields: {
      reason,
      workspace_name: workspaceName,
      ...(passedOn && { reassigned_to: passedOn.toEmail, reassigned_at: passedOn.createdAt.toISOString() }),
    },
  });
}

function isFrom(email: string) {
  return ({ fromEmail }: { fromEmail: string }) => isSamePerson(fromEmail, email);
}

function reassignedDetail({ approverEmail, approvalRequest: { approverEmails, run } }: LinkWithRun): string {
  if (approverEmails.includes(approverEmail)) return "This request was reassigned to you again. Use the link in your latest email.";
  const passedOn = run.reassignments.findLast(isFrom(approverEmail));
  if (!passedOn) return `Someone else in ${run.workspace.name} is now asked to decide this request.`;
  return `This request was reassigned to ${passedOn.toEmail} on ${formatInstant(passedOn.createdAt)}. This link no longer works.`;
}

function refuseAnswered(link: LinkWithRun, clock: RunClock): Refusal | null {
  const { approvalRequest: request, approverEmail } = link;
  const { run } = request;
  if (run.governanceStatus === "pending_approval")
    return isOver(link.expiresAt, clock) ? refuseDecided(run) : refuseApproved(request, run.votes, approverEmail);
  const vote = run.decision?.decision === "approve" ? run.votes.find(({ voter }) => isSamePerson(voter, approverEmail)) : undefined;
  // Reminders create more links. A decision through any of them, or in the console, counts for all.
  if (link.usedAt || vote || run.decision?.decidedBy === approverEmail) {
    const own = vote && run.governanceStatus === "approved" ? ownFields(vote) : {};
    return refuse("link_used", "You've already decided. A link works once, and a decision can't be changed.", {
      fields: { ...decidedFields(run), ...own, can_revoke: run.governanceStatus === "approved" && isUnclaimed(run, clock) },
    });
  }
  return refuseDecided(run);
}

/** One of several approvals, in place of the last one. */
function ownFields({ voter, createdAt, comment }: LinkWithRun["approvalRequest"]["run"]["votes"][number]) {
  return { decided_by: voter, decided_at: createdAt.toISOString(), comment };
}

/** What the run was about, for screens that no longer show its payload. */
function summaryOf(view: DecisionView) {
  const { sentence, amount, recipient, actor, approverEmail, askedEmails, action, workspace, createdAt, changed, proposed, approvals } =
    view;
  return {
    actor,
    sentence,
    amount,
    recipient,
    approver: approverEmail,
    asked: askedEmails,
    action_name: action.name,
    action_title: action.title,
    workspace_name: workspace.name,
    client_name: workspace.clientName,
    asked_at: createdAt.toISOString(),
    changes: changeRows(changed?.changes ?? [], proposed).map((row) => ({ ...row })),
    is_proposal: changed?.kind === "proposal",
    approvals: approvals && wireApprovals(approvals),
    approved_by: approvals?.votes.map(({ by }) => by) ?? [],
  };
}
