import { Prisma } from "@/lib/db/generated/client";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

/** A person's no, after which an action may hold off the next request. The same in daai_intercept and its index action_runs_refused. */
export const PERSONAL_REFUSALS = [
  "rejected_by_human",
  "manually_blocked_by_approver",
  "approval_revoked",
] as const satisfies readonly GovernanceReason[];

const endedAt = Prisma.sql`daai_ended_at(run.governance_status, run.execution_status, run.decided_at, run.execution_reported_at)`;

/**
 * From when the key of `run` can ask again: the run is its last, and is over without an execution. daai_intercept decides by the same
 * rule.
 */
export const askAgainAt = Prisma.sql`CASE WHEN run.idempotency_key IS NOT NULL AND ${endedAt} IS NOT NULL AND NOT EXISTS (
    SELECT FROM action_runs next WHERE next.workspace_id = run.workspace_id AND next.previous_run_id = run.id)
  THEN ${endedAt} + make_interval(mins => CASE WHEN run.governance_reason = ANY(${[...PERSONAL_REFUSALS]}::text[])
    THEN coalesce((SELECT a.ask_again_after_minutes FROM registered_actions a WHERE a.id = run.action_id), 0) ELSE 0 END) END`;
