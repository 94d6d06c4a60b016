import { canonicalText } from "@/lib/domain/json/canonical-text";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

interface GrantReceipt {
  receiptId: string;
  grantId: string;
  /** The run whose approval gave it. */
  runId: string;
  workspaceId: string;
  action: string;
  channel: "decision_link" | "console" | "admin_cli";
}

export interface GrantReceiptInput extends Omit<GrantReceipt, "receiptId"> {
  givenBy: string;
  givenAt: string;
  askedReason: GovernanceReason;
  askedRule: string | null;
  facts: readonly string[];
  /** Hex of HMAC-SHA-256 under the run's salt, over the canonical text of the facts with their values. */
  factsCommitment: string;
  currency: string | null;
  amountEach: string | null;
  total: string | null;
  maxUses: number;
  endsAt: string;
  needsConfirmation: boolean;
  policyVersion: number;
}

/**
 * The exact text of the receipt of a standing grant, whose id it has. Members, sorted: `action` · `amount_each` · `asked_reason` · `asked_rule` · `channel` ·
 * `currency` · `ends_at` · `facts` · `facts_commitment` · `given_at` · `given_by` · `grant_id` · `kind` "grant" · `max_uses` · `needs_confirmation` ·
 * `policy_version` · `receipt_id` · `run_id` · `total` · `v` 1 · `workspace_id`. Amounts are plain decimals, times RFC 3339.
 */
export function grantReceiptBody(input: GrantReceiptInput): string {
  return canonicalText({
    action: input.action,
    amount_each: input.amountEach,
    asked_reason: input.askedReason,
    asked_rule: input.askedRule,
    channel: input.channel,
    currency: input.currency,
    ends_at: input.endsAt,
    facts: [...input.facts],
    facts_commitment: input.factsCommitment,
    given_at: input.givenAt,
    given_by: input.givenBy,
    grant_id: input.grantId,
    kind: "grant",
    max_uses: input.maxUses,
    needs_confirmation: input.needsConfirmation,
    policy_version: input.policyVersion,
    receipt_id: input.grantId,
    run_id: input.runId,
    total: input.total,
    v: 1,
    workspace_id: input.workspaceId,
  });
}

export interface GrantConfirmationReceiptInput extends GrantReceipt {
  confirmedBy: string;
  confirmedAt: string;
}

/**
 * The exact text of the receipt with which a second person confirms a grant. Members, sorted: `action` · `channel` · `confirmed_at` ·
 * `confirmed_by` · `grant_id` · `kind` "grant_confirmation" · `receipt_id` · `run_id` · `v` 1 · `workspace_id`. The receipt of a grant's end is
 * written by the database (`daai_end_grant`): `action` · `channel` · `ended_at` · `ended_by` · `grant_id` · `kind` "grant_end" · `reason` ·
 * `receipt_id` · `run_id` · `uses` · `v` 1 · `workspace_id`; `channel` and `ended_by` are null unless a person revoked it.
 */
export function grantConfirmationReceiptBody(input: GrantConfirmationReceiptInput): string {
  return canonicalText({
    action: input.action,
    channel: input.channel,
    confirmed_at: input.confirmedAt,
    confirmed_by: input.confirmedBy,
    grant_id: input.grantId,
    kind: "grant_confirmation",
    receipt_id: input.receiptId,
    run_id: input.runId,
    v: 1,
    workspace_id: input.workspaceId,
  });
}
