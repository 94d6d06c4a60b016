import { presentClaimState } from "@/lib/action-runs/status/claim-state-sql";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { ClaimState } from "@/lib/domain/runs/claim-state";
import type { ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";
import { type Actor, type WorkspaceContext, withDb } from "@/lib/security/context";
import { needsVotes, type PendingEffect } from "./cast-vote";
import { mayDecide, voters } from "./may-decide";
import { takeBackVote } from "./take-back-vote";
import { writeRevocation } from "./write-revocation";

export interface RevokedApproval {
  runId: string;
  revokedBy: string;
  revokedAt: Date;
  comment: string | null;
  /** What the run is after it: while other approvals are missing, it stays pending. */
  effect: PendingEffect | typeof REVOKED;
}

const REVOKED = { governanceStatus: "rejected", reason: "approval_revoked", executionStatus: "not_executed" } as const;

/** Who approved the run `run`: those whose votes counted, or the one who decided. */
export const approvers = Prisma.sql`(SELECT CASE WHEN cardinality(counted) > 0 THEN counted ELSE ARRAY(
  SELECT d.decided_by FROM decisions d WHERE d.workspace_id = run.workspace_id AND d.run_id = run.id AND d.decided_by IS NOT NULL) END
  FROM (SELECT ${voters} AS counted) votes)`;

interface FoundRun {
  governance_status: GovernanceStatus;
  governance_reason: string;
  execution_status: ExecutionStatus;
  /** Who approved, each of them; empty: nobody. */
  approved_by: string[];
  claim_state: ClaimState;
}

/**
 * Ends an approval before anyone claims the run, by a person who gave it, through their link or in the console. It competes with claims
 * for one row: either the claim wins and the approver gets to know, or there is nothing left to claim. While other approvals are missing, it
 * takes back the person's own.
 */
export function revokeApproval(
  ctx: WorkspaceContext<Extract<Actor, { type: "user" | "decision_link" | "operator" }>>,
  { runId, comment }: { runId: string; comment: string | null },
): Promise<{ ok: true; revoked: RevokedApproval } | Refusal> {
  const person = ctx.actor.email;
  if (person === null) return Promise.resolve(refuse("validation_failed", "Say who revokes the approval."));
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const isApprover = await mayDecide(inner, runId, person, { asVoter: true });
    let found = await findRun(inner, runId);
    if (!found || !isApprover) return refuseUnknownRun();
    if (found.governance_status === "pending_approval" && (await needsVotes(inner, runId))) {
      const taken = await takeBackVote(inner, { runId, person, comment });
      if (taken.ok) return { ok: true, revoked: { runId, revokedBy: person, comment, ...taken.revoked } };
      // The last approval came first, so theirs is one that can still be revoked.
      found = (await findRun(inner, runId)) ?? found;
      if (found.governance_status !== "approved") return taken;
    }
    if (!found.approved_by.some((approver) => isSamePerson(approver, person))) return refuseStranger(found);
    const revokedAt = await writeRevocation(inner, { runId, reason: "approval_revoked", revokedBy: person, comment });
    if (revokedAt) return { ok: true, revoked: { runId, revokedBy: person, revokedAt, comment, effect: REVOKED } };
    const now = await findRun(inner, runId);
    return now ? refuseLate(now) : refuseUnknownRun();
  });
}

async function findRun({ db, workspaceId }: WorkspaceContext, runId: string): Promise<FoundRun | undefined> {
  const [run] = await db.$queryRaw<FoundRun[]>`
    SELECT run.governance_status, run.governance_reason, run.execution_status, ${presentClaimState} AS claim_state,
      CASE WHEN EXISTS (SELECT FROM decisions d WHERE d.workspace_id = run.workspace_id AND d.run_id = run.id AND d.decision = 'approve')
        THEN ${approvers} ELSE '{}' END AS approved_by
    FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  return run;
}

function refuseStranger({ approved_by: approvers }: FoundRun): Refusal {
  return approvers.length === 0
    ? refuse("not_decided", "Nobody has approved this run, so there is no approval to revoke.")
    : refuse(
        "not_permitted",
        `${approvers.join(" and ")} approved this run, and only they can revoke the approval. A member can withdraw the run.`,
      );
}

/** Explains why nothing was revoked: someone claimed or reported the run, or the approval had ended before. */
function refuseLate({ governance_reason: reason, execution_status: execution, claim_state: claim }: FoundRun): Refusal {
  if (execution === "executed" || execution === "failed")
    return refuse("already_reported", `The run has been reported as ${execution}, so the approval can't be revoked anymore.`);
  if (execution === "not_executed") return refuse("already_decided", `The approval no longer holds (${reason}). Nothing will run.`);
  if (claim === "approval_lapsed") return refuse("already_decided", "The approval lapsed before anyone claimed the run. Nothing will run.");
  return claim === "held"
    ? refuse("already_claimed", "A worker has claimed the run and may be executing it, so the approval can't be revoked anymore.")
    : refuse(
        "already_claimed",
        "A worker claimed the run and didn't report. It may or may not have run, so the approval can't be revoked.",
      );
}
