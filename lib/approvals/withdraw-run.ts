import { presentClaimState } from "@/lib/action-runs/status/claim-state-sql";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import type { WithdrawalResponse } from "@/lib/contract/withdraw";
import { inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { ClaimState } from "@/lib/domain/runs/claim-state";
import { type ExecutionStatus, type GovernanceStatus, WITHDRAWAL_EFFECT } from "@/lib/domain/runs/statuses";
import { type Actor, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { writeDecision } from "./write-decision";
import { writeRevocation } from "./write-revocation";

/** After this many changes of claim during a withdrawal, the run is reported as claimed. */
const MAX_TRIES = 10;

type Withdrawal = { ok: true; answer: WithdrawalResponse } | Refusal;

/**
 * Withdraws a request: before anyone decides, or, once it is allowed or approved, before anyone claims it. Idempotent. Approvers' links
 * then show that, and no more reminders are sent.
 */
export function withdrawRun(
  ctx: WorkspaceContext<Extract<Actor, { type: "api_key" | "user" | "operator" }>>,
  { runId, reason }: { runId: string; reason: string },
): Promise<Withdrawal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (ctx.actor.type !== "api_key") await requirePermission(inner, "run.withdraw");
    const person = ctx.actor.type === "api_key" ? null : ctx.actor.email;
    if (ctx.actor.type !== "api_key" && person === null) return refuse("validation_failed", "Say who withdraws the run.");
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const withdrawnAt = await write(inner, { runId, reason, person });
      if (withdrawnAt) return { ok: true, answer: responseOf(runId, withdrawnAt, reason, false) };
      const why = await refuseWithdrawal(inner, runId);
      if (why) return why;
      // The obstacle is gone: the run was decided, or its claim released, between the two statements.
    }
    return refuse("already_claimed", "Workers keep claiming and releasing the run. Withdraw it again, or let it run.");
  });
}

async function write(
  ctx: WorkspaceContext,
  { runId, reason, person }: { runId: string; reason: string; person: string | null },
): Promise<Date | null> {
  const pending = await writeDecision(ctx, { runId, decision: "withdraw", effect: WITHDRAWAL_EFFECT, decidedBy: person, comment: reason });
  return pending.ok ? pending.run.decidedAt : writeRevocation(ctx, { runId, reason: "withdrawn", revokedBy: person, comment: reason });
}

interface FoundRun {
  governance_status: GovernanceStatus;
  governance_reason: string;
  execution_status: ExecutionStatus;
  is_overdue: boolean;
  decided_at: Date | null;
  decided_by: string | null;
  decision_comment: string | null;
  claim_state: ClaimState;
}

/** Explains why nothing was written. Read afterwards, so it doesn't affect the outcome. Null when there is no obstacle anymore. */
async function refuseWithdrawal({ db, workspaceId }: WorkspaceContext, runId: string): Promise<Withdrawal | null> {
  const [run] = await db.$queryRaw<FoundRun[]>`
    SELECT run.governance_status, run.governance_reason, run.execution_status, run.decided_at, run.decided_by, run.decision_comment,
      coalesce(daai_is_overdue(run, clock_timestamp()), false) AS is_overdue, ${presentClaimState} AS claim_state
    FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  if (!run) return refuseUnknownRun();
  if (run.governance_reason === "withdrawn" && run.decided_at) {
    return { ok: true, answer: responseOf(runId, run.decided_at, run.decision_comment ?? "", true) };
  }
  if (run.governance_status === "pending_approval") return run.is_overdue ? refuseOver("It expired, so it is rejected.") : null;
  if (run.execution_status === "not_executed")
    return refuseOver(`It is ${run.governance_status} (${run.governance_reason}).`, decidedFields(run));
  if (run.execution_status !== "awaiting_execution_report") {
    return refuse("already_reported", `The run has been reported as ${run.execution_status}, so it can't be withdrawn.`);
  }
  switch (run.claim_state) {
    case "none":
    case "frozen":
      return null;
    case "approval_lapsed":
      return refuseOver("Its approval lapsed.");
    case "held":
      return refuse("already_claimed", "A worker has claimed the run and may be executing it, so it can't be withdrawn.");
    case "lapsed":
    case "in_doubt":
      return refuse(
        "already_claimed",
        "A claim on the run ran out without a report. It may or may not have run, so it can't be withdrawn.",
      );
  }
}

function refuseOver(why: string, fields: JsonObject = {}): Refusal {
  return refuse("already_decided", `The run can't be withdrawn. ${why} Nothing will run.`, { fields });
}

function decidedFields({ governance_status, decided_by, decided_at, decision_comment }: FoundRun): JsonObject {
  return { decision: governance_status, decided_by, decided_at: decided_at?.toISOString() ?? null, comment: decision_comment };
}

function responseOf(runId: string, withdrawnAt: Date, reason: string, isReplay: boolean): WithdrawalResponse {
  return {
    action_run_id: runId,
    governance_status: WITHDRAWAL_EFFECT.governanceStatus,
    execution_status: WITHDRAWAL_EFFECT.executionStatus,
    governance_reason: WITHDRAWAL_EFFECT.reason,
    withdrawn_at: withdrawnAt.toISOString(),
    reason,
    idempotent_replay: isReplay,
  };
}
