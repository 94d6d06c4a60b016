import type { WorkspaceContext } from "@/lib/context";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { refuseUnknownRun } from "./get-run-status";

interface ClaimState {
  governance_status: string;
  execution_status: string;
  payload_hash: Uint8Array;
  is_claimed: boolean;
  is_in_doubt: boolean;
}

/** Why a conditional write on a run's claim changed nothing. Read afterwards: it explains, it does not decide. */
async function claimState(ctx: WorkspaceContext, runId: string): Promise<ClaimState | undefined> {
  const [state] = await ctx.db.$queryRaw<ClaimState[]>`
    SELECT governance_status, execution_status, payload_hash, claim_token_hash IS NOT NULL AS is_claimed,
      coalesce(claim_expires_at <= statement_timestamp(), false) AS is_in_doubt
    FROM action_runs WHERE workspace_id = ${ctx.workspaceId}::uuid AND id = ${runId}::uuid`;
  return state;
}

export async function refuseClaim(ctx: WorkspaceContext, runId: string, expectedHash: string | null): Promise<Refusal> {
  const state = await claimState(ctx, runId);
  if (!state) return refuseUnknownRun();
  if (state.execution_status === "not_executed") return refuse("not_executable", `The run is ${state.governance_status}, so nothing may run.`);
  if (state.execution_status !== "awaiting_execution_report") {
    return refuse("already_reported", `The run has been reported as ${state.execution_status}.`);
  }
  if (expectedHash !== null && Buffer.from(state.payload_hash).toString("hex") !== expectedHash) {
    return refuse("payload_changed", "The payload differs from the one that was decided on. Propose the new one as a run of its own.");
  }
  if (state.is_in_doubt) {
    return refuse("already_claimed", "An earlier claim ran out without a report: the run is in doubt and may have been executed. A person has to settle it.");
  }
  return refuse("already_claimed", "Another worker has claimed the run.");
}

/** For what only the holder of the present claim may do. */
export async function refuseClaimToken(ctx: WorkspaceContext, runId: string): Promise<Refusal> {
  const state = await claimState(ctx, runId);
  if (!state) return refuseUnknownRun();
  if (state.execution_status === "executed" || state.execution_status === "failed") {
    return refuse("already_reported", `The run has been reported as ${state.execution_status}.`);
  }
  if (!state.is_claimed) return refuse("not_claimed", "Nobody has claimed the run.");
  return refuse("claim_token_mismatch", "The claim is another worker's. Do not execute.");
}
