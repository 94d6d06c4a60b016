import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { requireRunRecord } from "@/lib/action-runs/status/get-run-record";
import { wireDecision } from "@/lib/action-runs/status/run-decision";
import { runLinks } from "@/lib/action-runs/status/run-links";
import { isExecutableRecord, wireReceipt } from "@/lib/action-runs/status/run-record";
import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import { isKeyRefusalCode, refuseKeys } from "@/lib/api-keys/key-refusals";
import { authenticateSdk, withSdkContext } from "@/lib/api-keys/sdk-context";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { WireBudget } from "@/lib/contract/budget";
import type { InterceptRequest, InterceptResponse } from "@/lib/contract/intercept";
import { readProvenance } from "@/lib/contract/provenance";
import { DatabaseUnresponsiveError } from "@/lib/db/fail-fast-if-database-down";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { approvalsOf } from "@/lib/domain/runs/approvals";
import { isConnectionError, isUnstorable } from "@/lib/errors/database-errors";
import { type RateLimitState, rateLimitStates } from "@/lib/limits/rate-limits";
import { readRateLimits } from "@/lib/limits/read-rate-limits";
import { publishNewRun } from "@/lib/live/publish-new-run";
import { logger } from "@/lib/logger";
import type { AnyContext } from "@/lib/security/context";
import type { DecisionSnapshot } from "./decision-snapshot";
import { type InterceptVerdict, writeProposal } from "./intercept-batcher";
import { refuseConflict, refuseIntercept, refuseTooSoon } from "./intercept-refusals";
import { type InterceptRow, type ProposedRun, proposeRun } from "./propose-run";
import { refuseUnstorable } from "./refuse-unstorable";
import { getSnapshot, loadsSoFar } from "./snapshot-cache";
import { stopTakingChanges } from "./stop-taking-changes";

type Outcome = { ok: true; answer: InterceptResponse; rateLimits: RateLimitState[] } | (Refusal & { rateLimits?: RateLimitState[] });

/** Retries with fresh snapshots. Only this many config changes within one request could exhaust them. */
const MAX_STALE_TRIES = 10;
/** Only that many changes of what its budgets have left, each between two writes, could exhaust a proposal. */
const MAX_BUDGET_TRIES = 50;

/**
 * Decides a proposal and records it, in one transaction and usually one round trip: run, receipt or approval request, outgoing email and
 * counters. The keys are checked inside that transaction. Throws only if the database is unavailable.
 */
export async function interceptAction(
  ctx: AnyContext,
  credentials: SdkCredentials,
  { request, payload, payloadText }: { request: InterceptRequest; payload: JsonObject; payloadText: string },
): Promise<Outcome> {
  const reading = readProvenance(request, payload);
  if (!reading.ok) {
    // Only after the keys are verified, so that strangers get 401, whatever is wrong with the payload.
    const caller = await authenticateSdk(ctx, credentials);
    return caller.ok ? { ...reading, rateLimits: caller.rateLimits } : caller;
  }
  const proposed: ProposedRun = { request, provenance: reading.provenance, payload, payloadText };
  let budgetTries = 0;
  let staleLoads = 0;
  for (let tries = 1; ; tries++) {
    const snapshot = await getSnapshot(ctx, credentials, request.action, staleLoads);
    if ("ok" in snapshot) return snapshot;
    const proposal = proposeRun(credentials, snapshot, proposed);
    const verdict = await writeOrFindOut(ctx, snapshot.ownerId, proposal.row);
    if (verdict === "unstorable") return refuseUnstorable(ctx, snapshot);
    if (verdict.outcome === "stale" && tries < MAX_STALE_TRIES + budgetTries) {
      staleLoads = loadsSoFar();
      proposed.overBudgetId = null;
      continue;
    }
    // Which budget it goes over, or that it no longer does, decides what will be written.
    if ((verdict.outcome === "over_budget" || verdict.outcome === "other_budget") && budgetTries++ < MAX_BUDGET_TRIES) {
      proposed.overBudgetId = verdict.budget && "budget_id" in verdict.budget ? verdict.budget.budget_id : null;
      continue;
    }
    // Used up, revoked or ended since the snapshot, so it isn't in the next one either.
    if (verdict.outcome === "grant_refused" && proposal.row.grants?.id !== undefined) {
      staleLoads = loadsSoFar();
      proposed.refusedGrantIds = [...(proposed.refusedGrantIds ?? []), proposal.row.grants.id];
      continue;
    }
    if (verdict.outcome === "ask_again") {
      proposed.previousRunId = verdict.existing_run_id;
      continue;
    }
    return responseFor({ ctx, credentials }, snapshot, proposed, proposal, verdict);
  }
}

/** If the connection was lost before the response, the run may have been written. A retry with its id finds out. */
async function writeOrFindOut(ctx: AnyContext, ownerId: string, row: InterceptRow): Promise<InterceptVerdict | "unstorable"> {
  try {
    return await writeProposal(ctx, ownerId, row);
  } catch (error) {
    if (isUnstorable(error)) {
      logger.warn({ error }, "The database could not keep a proposal that was let through to it.");
      return "unstorable";
    }
    if (!isConnectionError(error) || error instanceof DatabaseUnresponsiveError) throw error;
    return writeProposal(ctx, ownerId, { ...row, is_retry: true });
  }
}

interface Caller {
  ctx: AnyContext;
  credentials: SdkCredentials;
}

async function responseFor(
  caller: Caller,
  snapshot: DecisionSnapshot,
  { request }: ProposedRun,
  { row, result, claimToken, receipt, stages }: ReturnType<typeof proposeRun>,
  verdict: InterceptVerdict,
): Promise<Outcome> {
  const { ctx } = caller;
  if (verdict.outcome === "created" && result.outcome !== "pending_approval") publishNewRun(ctx, snapshot.workspaceId);
  if (isKeyRefusalCode(verdict.outcome)) return refuseKeys(verdict.outcome);
  const isRunFoundAgain = verdict.outcome === "existing" && verdict.existing_run_id === row.run_id;
  const rateLimits =
    verdict.outcome === "created"
      ? rateLimitStates(snapshot.limits, { minute: verdict.minute_used ?? 0, day: verdict.day_used ?? 0 }, verdict.decided_at)
      : await readRateLimits(ctx.db, snapshot.apiKeyId, snapshot.limits);
  if (verdict.outcome === "created" || isRunFoundAgain) {
    const record = isRunFoundAgain ? await requireRunRecord(ctx.db, snapshot.workspaceId, row.run_id) : null;
    const at = record?.created_at ?? verdict.decided_at;
    const budget = record ? record.budget : wireBudget(verdict);
    const grant = record ? record.grant : verdict.standing_grant;
    return {
      ok: true,
      rateLimits,
      answer: {
        action_run_id: row.run_id,
        ...proposalOf(row),
        governance_status: result.outcome,
        execution_status: result.outcome === "allowed" ? "awaiting_execution_report" : "not_executed",
        governance_reason: result.reason,
        policy_rule: row.policy_rule,
        budget,
        grant,
        executable: result.outcome === "allowed",
        frozen: false,
        idempotent_replay: false,
        previous_run_id: row.previous_run_id,
        ask_again_at: result.outcome === "blocked" && row.idempotency_key !== null ? at.toISOString() : null,
        receipt: receipt && { ...receipt, budget, grant, created_at: at.toISOString() },
        approvals: stages && wireApprovals(approvalsOf(stages, [])),
        payload_changed: false,
        decision: wireDecision(
          { governance_status: result.outcome, governance_reason: result.reason, decided_by: null, decision_comment: null },
          at.toISOString(),
        ),
        claim: claimToken === null ? null : { token: claimToken, expires_at: secondsAfter(at, row.lease_seconds ?? 0) },
        links: runLinks({ workspaceId: snapshot.workspaceId, runId: row.run_id, receiptId: receipt?.id ?? null }),
      },
    };
  }
  if (verdict.outcome === "existing" && verdict.existing_run_id !== null) {
    return { ok: true, rateLimits, answer: await replay(caller, snapshot.workspaceId, verdict.existing_run_id, { request, row }) };
  }
  if (verdict.existing_run_id === null) return { ...refuseIntercept(verdict, snapshot.limits), rateLimits };
  const earlier = await requireRunRecord(ctx.db, snapshot.workspaceId, verdict.existing_run_id);
  const refusal =
    verdict.outcome === "ask_again_too_soon"
      ? refuseTooSoon(earlier, { minutes: snapshot.action?.askAgainAfterMinutes ?? 0, now: verdict.decided_at })
      : refuseConflict(earlier);
  return { ...refusal, rateLimits };
}

/** Returns the run that this key made earlier, in its current state, and claims it for the caller if requested and unclaimed. */
async function replay(
  { ctx, credentials }: Caller,
  workspaceId: string,
  runId: string,
  { request: { claim, accepts_changes: acceptsChanges }, row }: { request: InterceptRequest; row: InterceptRow },
): Promise<InterceptResponse> {
  let record = await requireRunRecord(ctx.db, workspaceId, runId);
  if (record.accepts_changes && !acceptsChanges && record.governance_status === "pending_approval") {
    await stopTakingChanges(ctx, { workspaceId, runId });
    record = await requireRunRecord(ctx.db, workspaceId, runId);
  }
  // What this caller would execute isn't what was approved.
  const isUnfit = record.is_changed && !acceptsChanges;
  const isExecutable = isExecutableRecord(record) && !isUnfit;
  // The run may not be executable because this caller already claimed it, and its response was lost. What was changed is claimed
  // separately, because only that response has the payload.
  const isForCaller = !record.is_changed && (isExecutable || (claim?.token && record.execution_status === "awaiting_execution_report"));
  const claimed =
    claim && isForCaller
      ? await withSdkContext(ctx, credentials, (sdk) =>
          claimRun(sdk, { runId, worker: claim.worker, leaseSeconds: claim.lease_seconds, token: claim.token }),
        )
      : null;
  return {
    action_run_id: runId,
    ...proposalOf(row),
    governance_status: record.governance_status,
    execution_status: record.execution_status,
    governance_reason: record.governance_reason,
    policy_rule: record.policy_rule,
    budget: record.budget,
    grant: record.grant,
    executable: claimed === null ? isExecutable : claimed.ok,
    frozen: record.is_frozen,
    idempotent_replay: true,
    previous_run_id: record.previous_run_id,
    ask_again_at: record.ask_again_at?.toISOString() ?? null,
    receipt: wireReceipt(record),
    approvals: record.approvals && wireApprovals(record.approvals),
    payload_changed: record.is_changed,
    decision: wireDecision(record, record.decided_at?.toISOString() ?? null),
    claim: claimed?.ok ? claimed.answer.claim : null,
    links: runLinks({ workspaceId, runId, receiptId: record.receipt_id }),
  };
}

/** The response's proposal. A replay's payload equals the run's, so the hash does too. */
function proposalOf({ action_name, idempotency_key, payload_hash }: InterceptRow) {
  return { action: action_name, idempotency_key, payload_hash };
}

function wireBudget({ budget }: InterceptVerdict): WireBudget | null {
  return budget && "name" in budget ? budget : null;
}

function secondsAfter(at: Date, seconds: number): string {
  return new Date(at.getTime() + seconds * 1000).toISOString();
}
