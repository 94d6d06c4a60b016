import { canonicalText } from "@/lib/domain/json/canonical-text";
import { changeMembers, type DecisionChannel, type ReceiptChange, writtenKind } from "./receipt-body";

interface VoteReceipt {
  receiptId: string;
  /** Which of its kind the run has, from 1. */
  ordinal: number;
  runId: string;
  workspaceId: string;
  action: string;
  channel: Exclude<DecisionChannel, "policy">;
  comment: string | null;
}

export interface VoteReceiptInput extends VoteReceipt {
  /** From 1, of how many, and how many yeses it needs. */
  stage: number;
  stages: number;
  required: number;
  voter: string;
  /** The approver in whose place they voted; null: in their own. */
  inPlaceOf: string | null;
  policyVersion: number | null;
  /** Hex, as in the decision's receipt: what was proposed. */
  payloadCommitment: string;
  /** What the person said yes to, when it had been changed. */
  change?: ReceiptChange | null;
  /** RFC 3339, UTC, milliseconds. */
  votedAt: string;
}

/**
 * The exact text of the receipt of one person's yes where several are needed. Members, sorted: `action` · `approvals_required` ·
 * `change` (as in the decision's, only when the request had been changed) · `channel` · `comment` · `in_place_of` · `kind` "vote_1" and so on · `payload_commitment` · `policy_version` · `receipt_id` · `run_id` · `stage` · `stages` · `v` 1 ·
 * `vote` "approve" · `voted_at` · `voter` · `workspace_id`.
 */
export function voteReceiptBody(input: VoteReceiptInput): string {
  return canonicalText({
    action: input.action,
    approvals_required: input.required,
    ...changeMembers(input.change),
    channel: input.channel,
    comment: input.comment,
    in_place_of: input.inPlaceOf,
    kind: writtenKind("vote", input.ordinal),
    payload_commitment: input.payloadCommitment,
    policy_version: input.policyVersion,
    receipt_id: input.receiptId,
    run_id: input.runId,
    stage: input.stage,
    stages: input.stages,
    v: 1,
    vote: "approve",
    voted_at: input.votedAt,
    voter: input.voter,
    workspace_id: input.workspaceId,
  });
}

export interface VoteRevocationReceiptInput extends VoteReceipt {
  voteReceiptId: string;
  revokedBy: string;
  /** RFC 3339, UTC, milliseconds. */
  revokedAt: string;
}

/**
 * The exact text of the receipt with which a person takes their yes back. Members, sorted: `action` · `channel` · `comment` · `kind`
 * "vote_revocation_1" and so on · `receipt_id` · `revoked_at` · `revoked_by` · `run_id` · `v` 1 · `vote_receipt_id` · `workspace_id`.
 */
export function voteRevocationReceiptBody(input: VoteRevocationReceiptInput): string {
  return canonicalText({
    action: input.action,
    channel: input.channel,
    comment: input.comment,
    kind: writtenKind("vote_revocation", input.ordinal),
    receipt_id: input.receiptId,
    revoked_at: input.revokedAt,
    revoked_by: input.revokedBy,
    run_id: input.runId,
    v: 1,
    vote_receipt_id: input.voteReceiptId,
    workspace_id: input.workspaceId,
  });
}
