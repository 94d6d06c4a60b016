// Builds each model from the decoded response. Strict about known fields, and ignores unknown ones. Every function throws a WireError if a
// field is missing or mistyped, or if the fields contradict each other.

import { explain, explainChange } from "./explanation";
import type {
  Claim,
  ClaimedRun,
  ClaimState,
  ExecutionReport,
  ExecutionStatus,
  GovernanceStatus,
  InterceptResult,
  RunStatus,
  WireObject,
  Withdrawal,
} from "./models";

/** What is wrong with a response that violates the contract. */
export class WireError extends Error {}

const GOVERNANCE: readonly GovernanceStatus[] = ["allowed", "pending_approval", "approved", "rejected", "blocked"];
const EXECUTION: readonly ExecutionStatus[] = ["not_executed", "awaiting_execution_report", "executed", "failed"];

interface Kinds {
  readonly string: string;
  readonly boolean: boolean;
  readonly object: WireObject;
}

export function interceptResult(body: WireObject): InterceptResult {
  const decision = decisionOf(body);
  return {
    ...decision,
    explanation: explain(decision),
    changeExplanation: explainChange(decision),
    rateLimits: [],
    action: may(body, "action"),
    idempotencyKey: may(body, "idempotency_key"),
    payloadHash: may(body, "payload_hash"),
    idempotentReplay: need(body, "idempotent_replay", "boolean"),
    claim: claimOf(body),
    links: may(body, "links", "object") ?? {},
  };
}

export function runStatus(body: WireObject): RunStatus {
  const state = {
    ...decisionOf(body),
    action: need(body, "action"),
    createdAt: may(body, "created_at"),
    decidedAt: may(body, "decided_at"),
    decidedBy: body["decided_by"] ?? null,
    comment: may(body, "comment"),
    expiresAt: may(body, "expires_at"),
    approvalValidUntil: may(body, "approval_valid_until"),
    claimed: may(body, "claimed", "boolean"),
    claimExpiresAt: may(body, "claim_expires_at"),
    inDoubt: may(body, "in_doubt", "boolean"),
    executionError: may(body, "execution_error"),
    executionReportedAt: may(body, "execution_reported_at"),
    mail: may(body, "mail", "object"),
  };
  return { ...state, explanation: explain(state), changeExplanation: explainChange(state), rateLimits: [] };
}

export function claimedRun(body: WireObject): ClaimedRun {
  const claim = claimOf(body);
  if (claim === null) throw new WireError("it has no claim");
  return {
    actionRunId: need(body, "action_run_id"),
    action: need(body, "action"),
    payload: need(body, "payload", "object"),
    claim,
    payloadHash: may(body, "payload_hash"),
    policyVersion: body["policy_version"] ?? null,
    payloadChanged: may(body, "payload_changed", "boolean") ?? false,
    changes: changesOf(body),
    reason: may(body, "reason", "string"),
  };
}

export function claimState(body: WireObject): ClaimState {
  return { actionRunId: need(body, "action_run_id"), claim: claimOf(body) };
}

export function executionReport(body: WireObject): ExecutionReport {
  return {
    actionRunId: need(body, "action_run_id"),
    executionStatus: oneOf(EXECUTION, body, "execution_status"),
    executionError: may(body, "execution_error"),
    executionReportedAt: may(body, "execution_reported_at"),
    idempotentReplay: may(body, "idempotent_replay", "boolean") ?? false,
  };
}

export function withdrawal(body: WireObject): Withdrawal {
  return {
    actionRunId: need(body, "action_run_id"),
    governanceStatus: oneOf(GOVERNANCE, body, "governance_status"),
    executionStatus: oneOf(EXECUTION, body, "execution_status"),
    governanceReason: need(body, "governance_reason"),
    withdrawnAt: need(body, "withdrawn_at"),
    reason: need(body, "reason"),
    idempotentReplay: may(body, "idempotent_replay", "boolean") ?? false,
  };
}

function decisionOf(body: WireObject) {
  const governanceStatus = oneOf(GOVERNANCE, body, "governance_status");
  const executionStatus = oneOf(EXECUTION, body, "execution_status");
  const executable = need(body, "executable", "boolean");
  // A run that may not run, or has run, can't be executable: never act on such a response.
  const mayRun = governanceStatus === "allowed" || governanceStatus === "approved";
  if (executable && !(mayRun && executionStatus === "awaiting_execution_report")) {
    throw new WireError(`executable contradicts ${governanceStatus} and ${executionStatus}`);
  }
  return {
    actionRunId: need(body, "action_run_id"),
    governanceStatus,
    executionStatus,
    governanceReason: need(body, "governance_reason"),
    policyRule: may(body, "policy_rule"),
    budget: may(body, "budget", "object"),
    grant: may(body, "grant", "object"),
    executable,
    frozen: may(body, "frozen", "boolean") ?? false,
    receipt: may(body, "receipt", "object"),
    previousRunId: may(body, "previous_run_id"),
    askAgainAt: may(body, "ask_again_at"),
    decision: may(body, "decision", "object"),
    approvals: may(body, "approvals", "object"),
    payloadChanged: may(body, "payload_changed", "boolean") ?? false,
  };
}

function claimOf(body: WireObject): Claim | null {
  const claim = may(body, "claim", "object");
  if (claim === null) return null;
  const value = need(claim, "token");
  // Not enumerable: a secret isn't printed with the run.
  return Object.defineProperty({ expiresAt: need(claim, "expires_at") }, "token", { value }) as Claim;
}

function changesOf({ changes = null }: WireObject): readonly WireObject[] | null {
  if (changes !== null && !Array.isArray(changes)) throw new WireError("changes is not a list");
  return changes as readonly WireObject[] | null;
}

function oneOf<T extends string>(known: readonly T[], body: WireObject, name: string): T {
  const found = known.find((one) => one === body[name]);
  if (found === undefined) throw new WireError(`${name} is missing or unknown`);
  return found;
}

function need<K extends keyof Kinds = "string">(body: WireObject, name: string, kind?: K): Kinds[K] {
  const value = may(body, name, kind);
  if (value === null || value === "") throw new WireError(`${name} is missing`);
  return value;
}

function may<K extends keyof Kinds = "string">(body: WireObject, name: string, kind: K | "string" = "string"): Kinds[K] | null {
  const value = body[name] ?? null;
  // To typeof, a list is an object too.
  if (value !== null && (typeof value !== kind || Array.isArray(value))) throw new WireError(`${name} is not a ${kind}`);
  return value as Kinds[K] | null;
}
