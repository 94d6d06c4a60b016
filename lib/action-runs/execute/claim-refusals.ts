import { isFree, isInactive, presentClaimState } from "@/lib/action-runs/status/claim-state-sql";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { refuseFrozenClaim } from "@/lib/action-runs/status/refuse-frozen";
import { wireDecision } from "@/lib/action-runs/status/run-decision";
import { Prisma } from "@/lib/db/generated/client";
import type { JsonPatchOperation } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { ClaimState } from "@/lib/domain/runs/claim-state";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { refuseInactiveAction } from "@/lib/registered-actions/refuse-inactive-action";
import type { WorkspaceContext } from "@/lib/security/context";

/** The condition under which a run is handed out, given `run` in the FROM clause. */
export const isClaimable = Prisma.sql`
  run.execution_status = 'awaiting_execution_report' AND run.payload_text IS NOT NULL
  AND NOT ${isInactive} AND ${isFree}`;

interface ClaimedRun {
  action_name: string;
  is_inactive: boolean;
  governance_status: GovernanceStatus;
  governance_reason: GovernanceReason;
  decided_at: Date | null;
  decided_by: string | null;
  decision_comment: string | null;
  changes: JsonPatchOperation[] | null;
  proposed_payload: JsonObject | null;
  execution_status: string;
  payload_hash: Uint8Array;
  is_claimable: boolean;
  claim_state: ClaimState;
  has_holder: boolean;
  is_erased: boolean;
}

/** Explains why a conditional write on a run's claim changed nothing. Read afterwards, so it doesn't affect the outcome. */
async function readClaim(ctx: WorkspaceContext, runId: string): Promise<ClaimedRun | undefined> {
  const [state] = await ctx.db.$queryRaw<ClaimedRun[]>`
    SELECT run.action_name, run.governance_status, run.governance_reason, run.decided_at, run.decided_by, run.decision_comment, run.execution_status,
      changed.changes, changed.proposed_payload, coalesce(run.approved_payload_hash, run.payload_hash) AS payload_hash, ${isClaimable} AS is_claimable,
      ${presentClaimState} AS claim_state, run.claim_token_hash IS NOT NULL AS has_holder,
      run.payload_text IS NULL AS is_erased, ${isInactive} AS is_inactive
    FROM action_runs run LEFT JOIN LATERAL daai_decision_changes(run) changed ON true WHERE run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = ${runId}::uuid`;
  return state;
}

/** Null when the run can be claimed again. */
export async function refuseClaim(ctx: WorkspaceContext, runId: string, expectedHash: string | null): Promise<Refusal | null> {
  const state = await readClaim(ctx, runId);
  if (!state) return refuseUnknownRun();
  if (state.execution_status === "not_executed") {
    const decision = wireDecision(state, state.decided_at?.toISOString() ?? null);
    return refuse("not_executable", `The run is ${state.governance_status}, so nothing may run.`, decision ? { fields: { decision } } : {});
  }
  if (state.execution_status !== "awaiting_execution_report") {
    return refuse("already_reported", `The run has been reported as ${state.execution_status}.`);
  }
  if (expectedHash !== null && Buffer.from(state.payload_hash).toString("hex") !== expectedHash) {
    return refuse("payload_changed", "The payload differs from the one that was decided on. Propose the new one as a new run.");
  }
  if (state.is_claimable) return null;
  if (state.is_erased) return refuse("not_executable", "The run's payload was erased, so there's nothing left to run.");
  if (state.is_inactive) return refuseInactiveAction(state.action_name);
  if (state.claim_state === "approval_lapsed") {
    return refuse("not_executable", "The approval lapsed before anyone claimed the run, so nothing may run. Propose it again.");
  }
  if (state.claim_state === "frozen") return refuseFrozenClaim(ctx, runId);
  if (state.claim_state === "in_doubt") {
    return refuse(
      "already_claimed",
      "An earlier claim expired without a report, so the run is in doubt: it may or may not have run. A person has to settle it.",
    );
  }
  return refuse("already_claimed", "Another worker has claimed the run.");
}

/** For operations of the current claim's holder only. */
export async function refuseClaimToken(ctx: WorkspaceContext, runId: string): Promise<Refusal> {
  const state = await readClaim(ctx, runId);
  if (!state) return refuseUnknownRun();
  if (state.execution_status === "executed" || state.execution_status === "failed") {
    return refuse("already_reported", `The run has been reported as ${state.execution_status}.`);
  }
  if (!state.has_holder) return refuse("not_claimed", "Nobody has claimed the run.");
  return refuse("claim_token_mismatch", "Another worker holds the claim. Do not execute.");
}
