import { isKeyRefusalCode, refuseKeys } from "@/lib/api-keys/key-refusals";
import { noteKeyUse } from "@/lib/api-keys/note-key-use";
import { noteOwnerOfKey } from "@/lib/api-keys/owner-of-key";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { StatusResponse } from "@/lib/contract/status";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { isClaimed } from "@/lib/domain/runs/claim-state";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { type RateLimitState, rateLimitStates } from "@/lib/limits/rate-limits";
import type { VisitorContext } from "@/lib/security/context";
import { wireDecision } from "./run-decision";
import { isExecutableRecord, type RunRecord, wireReceipt } from "./run-record";
import { readStatusRow } from "./status-batcher";
import { wireApprovals } from "./wire-approvals";

export type RunStatus = { ok: true; answer: StatusResponse; rateLimits: RateLimitState[] };

/** Returns the run's current status, in one round trip. A run of another workspace gets the same refusal as a missing one. */
export async function getRunStatus(
  ctx: VisitorContext,
  credentials: SdkCredentials,
  runId: string,
): Promise<RunStatus | (Refusal & { rateLimits?: RateLimitState[] })> {
  const row = await readStatusRow({ ctx, credentials, runId });
  if (row.refusal !== null && isKeyRefusalCode(row.refusal)) return refuseKeys(row.refusal);
  noteOwnerOfKey(credentials, row.owner_id);
  await noteKeyUse(ctx.db, credentials, { lastUsedAt: row.last_used_at, now: row.now });
  const { limits } = limitsOfOwner({ plan: row.plan, limitOverrides: row.limit_overrides });
  const rateLimits = rateLimitStates(limits, row, row.now);
  if (row.id === null) return { ...refuseUnknownRun(), rateLimits };
  return { ok: true, answer: statusAnswer({ ...row, id: row.id }), rateLimits };
}

export function refuseUnknownRun(): Refusal {
  return refuse("run_not_found", "Run not found in this workspace. Check the ID and the keys.");
}

function statusAnswer(record: RunRecord): StatusResponse {
  return {
    action_run_id: record.id,
    action: record.action_name,
    governance_status: record.governance_status,
    execution_status: record.execution_status,
    governance_reason: record.governance_reason,
    policy_rule: record.policy_rule,
    budget: record.budget,
    grant: record.grant,
    executable: isExecutableRecord(record),
    frozen: record.is_frozen,
    receipt: wireReceipt(record),
    previous_run_id: record.previous_run_id,
    ask_again_at: record.ask_again_at?.toISOString() ?? null,
    created_at: record.created_at.toISOString(),
    decided_at: record.decided_at?.toISOString() ?? null,
    decided_by: record.decided_by,
    comment: record.decision_comment,
    approvals: record.approvals && wireApprovals(record.approvals),
    payload_changed: record.is_changed,
    decision: wireDecision(record, record.decided_at?.toISOString() ?? null),
    expires_at: record.expires_at?.toISOString() ?? null,
    approval_valid_until: record.approval_valid_until?.toISOString() ?? null,
    claimed: isClaimed(record.claim_state),
    claim_expires_at: isClaimed(record.claim_state) ? (record.claim_expires_at?.toISOString() ?? null) : null,
    in_doubt: record.claim_state === "in_doubt",
    execution_error: record.execution_error,
    execution_reported_at: record.execution_reported_at?.toISOString() ?? null,
    mail: record.expires_at === null ? null : { queued: record.mails_queued, not_sent_reason: record.mail_not_sent_reason },
  };
}
