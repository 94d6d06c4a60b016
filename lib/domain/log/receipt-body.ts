import { canonicalText } from "@/lib/domain/json/canonical-text";
import type { RevocationReason } from "@/lib/domain/runs/statuses";

export const RECEIPT_KINDS = [
  "decision",
  "execution",
  "erasure",
  "log_restarted",
  "revocation",
  "freeze",
  "thaw",
  "vote",
  "vote_revocation",
  "grant",
  "grant_confirmation",
  "grant_end",
] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/**
 * A receipt's kind in its text and in files. A run can have several of some kinds, which are numbered, from 1: verifiers of all releases take
 * a file with two receipts of one kind for altered.
 */
export function writtenKind(kind: string, ordinal: number): string {
  return ordinal === 0 ? kind : `${kind}_${ordinal}`;
}

/** The governance statuses that are final, and so have a receipt. */
export const RECEIPT_OUTCOMES = ["allowed", "blocked", "approved", "rejected"] as const;
export type ReceiptOutcome = (typeof RECEIPT_OUTCOMES)[number];

/** How a decision was made: by the policy, by a person in one of three places, by expiry, or by the app that withdrew its request. */
export const DECISION_CHANNELS = ["policy", "decision_link", "console", "admin_cli", "expiry", "api"] as const;
export type DecisionChannel = (typeof DECISION_CHANNELS)[number];

/** Both under the receipt's salt, in hex: of the payload that was approved or proposed instead, and of the difference, as RFC 6902. */
export interface ReceiptChange {
  readonly payloadCommitment: string;
  readonly changesCommitment: string;
}

export function changeMembers(change: ReceiptChange | null | undefined): { change: { [name: string]: string } } | Record<string, never> {
  if (!change) return {};
  return { change: { changes_commitment: change.changesCommitment, payload_commitment: change.payloadCommitment } };
}

export interface ExecutionReceiptInput {
  receiptId: string;
  runId: string;
  workspaceId: string;
  action: string;
  outcome: "executed" | "failed";
  /** The worker that held the claim; null when the run was reported without one. */
  worker: string | null;
  /** RFC 3339, UTC, milliseconds. */
  reportedAt: string;
  /** Hex of HMAC-SHA-256 under the receipt's salt, over the exact bytes reported; null when none were. */
  resultCommitment: string | null;
  errorCommitment: string | null;
}

/**
 * The exact text of an execution receipt. Members, sorted: `action` · `error_commitment` · `execution_status` · `kind`
 * "execution" · `note` (the console only heard of it) · `receipt_id` · `reported_at` · `result_commitment` · `run_id` ·
 * `v` 1 · `worker` · `workspace_id`.
 */
export function executionReceiptBody(input: ExecutionReceiptInput): string {
  return canonicalText({
    action: input.action,
    error_commitment: input.errorCommitment,
    execution_status: input.outcome,
    kind: "execution",
    note: "as reported by the app",
    receipt_id: input.receiptId,
    reported_at: input.reportedAt,
    result_commitment: input.resultCommitment,
    run_id: input.runId,
    v: 1,
    worker: input.worker,
    workspace_id: input.workspaceId,
  });
}

export interface ErasureReceiptInput {
  receiptId: string;
  runId: string;
  workspaceId: string;
  action: string;
  /** The person's email address. */
  erasedBy: string;
  reason: string;
  /** RFC 3339, UTC, milliseconds. */
  erasedAt: string;
}

/**
 * The exact text of an erasure receipt. Members, sorted: `action` · `erased_at` · `erased_by` · `kind` "erasure" · `reason` ·
 * `receipt_id` · `run_id` · `v` 1 · `workspace_id`.
 */
export function erasureReceiptBody(input: ErasureReceiptInput): string {
  return canonicalText({
    action: input.action,
    erased_at: input.erasedAt,
    erased_by: input.erasedBy,
    kind: "erasure",
    reason: input.reason,
    receipt_id: input.receiptId,
    run_id: input.runId,
    v: 1,
    workspace_id: input.workspaceId,
  });
}

export interface RevocationReceiptInput {
  receiptId: string;
  runId: string;
  workspaceId: string;
  action: string;
  /** The receipt of the decision that was revoked, and its outcome. */
  decisionReceiptId: string;
  revokedStatus: "allowed" | "approved";
  reason: RevocationReason;
  channel: Exclude<DecisionChannel, "policy">;
  /** The person's email address; null when the app withdrew the run or the approval lapsed. */
  revokedBy: string | null;
  comment: string | null;
  /** RFC 3339, UTC, milliseconds. */
  revokedAt: string;
}

/**
 * The exact text of a revocation receipt. Members, sorted: `action` · `channel` · `comment` · `decision_receipt_id` · `kind`
 * "revocation" · `reason` · `receipt_id` · `revoked_at` · `revoked_by` · `revoked_status` · `run_id` · `v` 1 · `workspace_id`.
 */
export function revocationReceiptBody(input: RevocationReceiptInput): string {
  return canonicalText({
    action: input.action,
    channel: input.channel,
    comment: input.comment,
    decision_receipt_id: input.decisionReceiptId,
    kind: "revocation",
    reason: input.reason,
    receipt_id: input.receiptId,
    revoked_at: input.revokedAt,
    revoked_by: input.revokedBy,
    revoked_status: input.revokedStatus,
    run_id: input.runId,
    v: 1,
    workspace_id: input.workspaceId,
  });
}

export interface LogRestartedReceiptInput {
  receiptId: string;
  workspaceId: string;
  /** The log's name from now on. */
  origin: string;
  /** The log as the backup has it: its name, how many receipts, and the tree's root in hex. */
  earlier: { origin: string; size: number; rootHash: string };
  /** Both RFC 3339, UTC, milliseconds. */
  backupTakenAt: string;
  restartedAt: string;
}

/**
 * The exact text of the receipt with which a log goes on under another origin after a restored backup. Members, sorted:
 * `backup_taken_at` · `earlier_origin` · `earlier_root_hash` · `earlier_size` · `kind` "log_restarted" · `origin` · `receipt_id` ·
 * `restarted_at` · `v` 1 · `workspace_id`.
 */
export function logRestartedReceiptBody(input: LogRestartedReceiptInput): string {
  return canonicalText({
    backup_taken_at: input.backupTakenAt,
    earlier_origin: input.earlier.origin,
    earlier_root_hash: input.earlier.rootHash,
    earlier_size: input.earlier.size,
    kind: "log_restarted",
    origin: input.origin,
    receipt_id: input.receiptId,
    restarted_at: input.restartedAt,
    v: 1,
    workspace_id: input.workspaceId,
  });
}

/**
 * The input of a context commitment. The agent's words may contain personal data, so they are stored beside the receipt and can be erased.
 * null when there are none.
 */
export function contextText(context: {
  reasoning: string | null;
  source: { type: string | null; ref: string | null } | null;
}): string | null {
  const { reasoning, source } = context;
  if (reasoning === null && source === null) return null;
  return canonicalText({ reasoning, source: source === null ? null : { ref: source.ref, type: source.type } });
}
