import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import type { ApprovalRequest, Vote } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { hasPermission } from "@/lib/security/require-permission";
import { approvalsOfRequest } from "./read-approvals";
import { refuseDecided } from "./refuse-decided";

/** Explains why somebody can't decide a run: they have approved it already, or aren't asked. */
export async function refuseUnasked(ctx: WorkspaceContext, runId: string, person: string): Promise<Refusal> {
  const { db, workspaceId, actor } = ctx;
  const found = await db.approvalRequest.findFirst({ where: { workspaceId, runId }, include: { run: { include: { decision: true } } } });
  const votes = await db.vote.findMany({ where: { workspaceId, runId, revokedAt: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  const wasAsked = actor.type === "decision_link" || actor.type === "operator" || (await hasPermission(ctx, "run.read"));
  const hasVoted = votes.some(({ voter }) => isSamePerson(voter, person));
  const request = wasAsked || hasVoted ? found : null;
  const isPending = request?.run.governanceStatus === "pending_approval";
  const refusal = request?.stages ? (isPending ? refuseApproved(request, votes, person) : refuseDecided(request.run)) : null;
  return (
    refusal ??
    refuse(
      "run_not_found",
      `Run not found, or ${person} can't decide it. Ask an approver of the action, or give them a role that can decide.`,
    )
  );
}

/**
 * Of a pending run with several approvals: tells somebody who isn't asked now who has approved it, and who is still needed. Null: they are
 * asked, or one approval is enough.
 */
export function refuseApproved(request: ApprovalRequest, votes: readonly Vote[], person: string): Refusal | null {
  const approvals = approvalsOfRequest(request, votes);
  const own = votes.find(({ voter, place }) => isSamePerson(voter, person) || isSamePerson(place, person));
  if (!approvals || (!own && request.approverEmails.includes(person))) return null;
  const isOwn = own !== undefined && isSamePerson(own.voter, person);
  const fields = {
    own_by: own?.voter ?? null,
    own_at: own?.createdAt.toISOString() ?? null,
    comment: own?.comment ?? null,
    can_revoke: isOwn,
    approvals: wireApprovals(approvals),
    waiting_for: request.approverEmails,
  };
  if (isOwn)
    return refuse("already_approved", "You've already approved this run. Until it's decided, you can revoke your approval.", { fields });
  if (own) return refuse("already_approved", `${own.voter} has already approved this run in your place.`, { fields });
  return request.approverEmails.length === 0
    ? refuse("not_asked", "Nobody is asked to decide this run right now. An owner or admin can name other approvers for its action.", {
        fields,
      })
    : refuse("not_asked", `Only the people who are asked now can decide this run: ${request.approverEmails.join(", ")}.`, { fields });
}
