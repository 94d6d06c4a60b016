import { addDecimals, compareDecimals } from "@/lib/domain/policy/amounts";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

export const MAX_GRANT_DAYS = 30;
export const MAX_GRANT_USES = 1000;

/** Whether a grant still allows anything. */
export const GRANT_STATES = ["live", "unconfirmed", "used_up", "expired", "ended"] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** `revoked`: by a person. The others end a grant that nobody revoked. */
export const GRANT_END_REASONS = [
  "revoked",
  "policy_changed",
  "approvals_changed",
  "risk_raised",
  "right_lost",
  "approval_revoked",
  "erased",
  "workspace_deleted",
] as const;
export type GrantEndReason = (typeof GRANT_END_REASONS)[number];

/** How much a grant allows. Amounts are plain decimals. */
export interface GrantLimits {
  /** Of the amounts; null if they have none. */
  readonly currency: string | null;
  /** null: the approved run had no amount, so only runs without one are the same. */
  readonly amountEach: string | null;
  readonly total: string | null;
  readonly maxUses: number;
  readonly endsAt: Date;
}

interface Standing {
  readonly needsConfirmation: boolean;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
}

interface Spent {
  readonly uses: number;
  readonly used: string;
}

/** The same rule as `daai_grant_state`. */
export function grantState(grant: GrantLimits & Standing, { uses, used }: Spent, at: Date): GrantState {
  if (grant.endedAt !== null) return "ended";
  if (at >= grant.endsAt) return "expired";
  if (uses >= grant.maxUses || (grant.total !== null && compareDecimals(used, grant.total) >= 0)) return "used_up";
  return grant.needsConfirmation && grant.confirmedAt === null ? "unconfirmed" : "live";
}

export type GrantRefusal = Exclude<GrantState, "live"> | "amount" | "currency" | "amount_each" | "total";

/** Why a grant doesn't allow a run of this amount; null: it does. The same rule as `daai_grant_refusal`. */
export function grantRefusal(
  grant: GrantLimits & Standing,
  spent: Spent,
  { amount, currency }: { readonly amount: string | null; readonly currency: string | null },
  at: Date,
): GrantRefusal | null {
  const state = grantState(grant, spent, at);
  if (state !== "live") return state;
  if (amount === null || grant.amountEach === null || grant.total === null) return amount === grant.amountEach ? null : "amount";
  if (currency !== grant.currency) return "currency";
  if (compareDecimals(amount, grant.amountEach) > 0) return "amount_each";
  return compareDecimals(addDecimals(spent.used, amount), grant.total) > 0 ? "total" : null;
}

/** What asks a person, where the policy could read all that it looked at. What couldn't be read goes to a person each time. */
const GRANTABLE_REASONS: readonly GovernanceReason[] = [
  "policy_requires_approval",
  "policy_amount_above_threshold",
  "policy_external_recipient_requires_approval",
  "policy_new_recipient_requires_approval",
  "policy_not_reversible_requires_approval",
  "policy_destructive_requires_approval",
  "rule_requires_approval",
  "budget_exceeded_requires_approval",
];

export function isGrantable(reason: GovernanceReason): boolean {
  return GRANTABLE_REASONS.includes(reason);
}

/** What asks about a run: the reason, and the rule of a policy that has some. */
export interface Question {
  readonly reason: GovernanceReason;
  readonly rule: string | null;
}

/** A grant answers the question that its giver was asked, and a full budget, which any approval may exceed. The same rule as `daai_answers_question`. */
export function answersQuestion(given: Question, asked: Question): boolean {
  return asked.reason === "budget_exceeded_requires_approval" || (given.reason === asked.reason && given.rule === asked.rule);
}
