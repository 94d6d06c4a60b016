// How a fake decides on a proposal, with the console's reasons.

import { compareDecimals, isPlainDecimal, readAmount } from "@/lib/domain/policy/amounts";
import { DEFAULT_AMOUNT_FIELD, readPath } from "@/lib/domain/policy/payload-fields";
import type { GovernanceStatus, WireObject } from "./models";

export type FixedPolicy = "always_allow" | "log_only" | "always_require_approval" | "always_block";
export type Effect = "allow" | "ask" | "block";

/** A policy that decides every run alike, or a function of the payload. */
export type Policy = FixedPolicy | ((payload: WireObject) => Effect);

/** A stage in which others approve, after the stage before: how many of them must. */
export interface ApprovalStage {
  readonly approvals: number;
}

export interface ActionSettings {
  readonly active?: boolean | undefined;
  /** After so many seconds, a request expires; 86,400 if not given. */
  readonly windowSeconds?: number | undefined;
  /** After so many seconds, an approval lapses if nobody claims the run; 86,400 if not given, null: never. */
  readonly validSeconds?: number | null | undefined;
  /** For so many seconds after a person's no, the same can't be asked again. */
  readonly coolDownSeconds?: number | undefined;
  /** Gives out an expired claim again, instead of leaving the run in doubt. */
  readonly autoReleasesClaims?: boolean | undefined;
  /** The payload field with the recipient, as budgets and grants read it; the first usual one that reads as a person or an address if not given. */
  readonly recipientField?: string | undefined;
  /** How many people must approve, from 1 to 20; 1 if not given. A pending run keeps the stages that it was proposed with. */
  readonly approvals?: number | undefined;
  /** Up to four stages after it, in each of which as many others must approve. */
  readonly laterStages?: readonly ApprovalStage[] | undefined;
}

/** A registered action. */
export interface FakeAction {
  readonly policy: Policy;
  readonly active: boolean;
  readonly windowSeconds: number;
  readonly validSeconds: number | null;
  readonly coolDownSeconds: number;
  readonly autoReleasesClaims: boolean;
  readonly recipientField: string | null;
  /** How many people must approve in each stage; empty: one approval is enough. */
  readonly stages: readonly number[];
}

export interface Verdict {
  readonly status: GovernanceStatus;
  readonly reason: string;
  readonly rule: string | null;
}

const FIXED: Readonly<Record<FixedPolicy, Verdict>> = {
  always_allow: { status: "allowed", reason: "policy_always_allow", rule: null },
  log_only: { status: "allowed", reason: "policy_log_only", rule: null },
  always_require_approval: { status: "pending_approval", reason: "policy_requires_approval", rule: null },
  always_block: { status: "blocked", reason: "policy_always_block", rule: null },
};
const BY_RULE: Readonly<Record<Effect, Omit<Verdict, "rule">>> = {
  allow: { status: "allowed", reason: "rule_allowed" },
  ask: { status: "pending_approval", reason: "rule_requires_approval" },
  block: { status: "blocked", reason: "rule_blocked" },
};
const MAX_APPROVALS = 20;
const MAX_LATER_STAGES = 4;

interface AmountPolicy {
  readonly field: string;
  verdict(payload: WireObject): Verdict;
}

/** The policies that aren't rules, by their functions. */
const amountPolicies = new WeakMap<(payload: WireObject) => Effect, AmountPolicy>();

/** Requires approval above an amount, and when the amount can't be read. `field` is its path in the payload: amount, order.total. */
export function requireApprovalAbove(threshold: number | string, field = "amount"): Policy {
  const limit = String(threshold);
  if (!isPlainDecimal(limit)) throw new TypeError(`${limit} is no threshold`);
  const verdict = (payload: WireObject): Verdict => {
    const pending = (why: string): Verdict => ({ status: "pending_approval", reason: `policy_amount_${why}`, rule: null });
    const amount = readAmount(readPath(payload as never, field));
    if (amount.kind !== "amount") return pending(`${amount.kind}_requires_approval`);
    if (compareDecimals(amount.decimal, limit) > 0) return pending("above_threshold");
    return { status: "allowed", reason: "policy_amount_within_threshold", rule: null };
  };
  const policy = (payload: WireObject): Effect => (verdict(payload).status === "allowed" ? "allow" : "ask");
  amountPolicies.set(policy, { field, verdict });
  return policy;
}

/** Where an action's amount is in a payload. */
export function amountFieldOf(action: FakeAction | undefined): string {
  const known = typeof action?.policy === "function" ? amountPolicies.get(action.policy) : undefined;
  return known?.field ?? DEFAULT_AMOUNT_FIELD;
}

export function actionOf(policy: Policy, settings: ActionSettings = {}): FakeAction {
  if (typeof policy !== "function" && !Object.hasOwn(FIXED, policy)) {
    throw new TypeError(`${JSON.stringify(policy)} is no policy: use ${Object.keys(FIXED).join(", ")}, or a function of the payload`);
  }
  const { active = true, windowSeconds = 86_400, validSeconds = 86_400, coolDownSeconds = 0, autoReleasesClaims = false } = settings;
  const { recipientField = null } = settings;
  return { policy, active, windowSeconds, validSeconds, coolDownSeconds, autoReleasesClaims, recipientField, stages: stagesOf(settings) };
}

function stagesOf({ approvals = 1, laterStages = [] }: ActionSettings): readonly number[] {
  const stages = [approvals, ...laterStages.map((stage) => stage.approvals)];
  const impossible = stages.find((required) => !(Number.isInteger(required) && required >= 1 && required <= MAX_APPROVALS));
  if (impossible !== undefined) throw new RangeError(`a stage needs 1 to ${MAX_APPROVALS} approvals, not ${impossible}`);
  if (laterStages.length > MAX_LATER_STAGES) {
    throw new RangeError(`an action has at most ${MAX_LATER_STAGES} later stages, not ${laterStages.length}`);
  }
  return stages.length === 1 && approvals === 1 ? [] : stages;
}

export function decide(action: FakeAction | undefined, payload: WireObject): Verdict {
  if (action === undefined) return { status: "blocked", reason: "unknown_action", rule: null };
  if (!action.active) return { status: "blocked", reason: "inactive_action", rule: null };
  const { policy } = action;
  if (typeof policy === "string") return FIXED[policy];
  const known = amountPolicies.get(policy);
  if (known !== undefined) return known.verdict(payload);
  const rule = policy.name || null;
  let effect: Effect;
  try {
    effect = policy(payload);
  } catch {
    // As a rule that can't be read: it never lets a run through.
    return { status: "pending_approval", reason: "rule_unreadable_requires_approval", rule };
  }
  const verdict = Object.hasOwn(BY_RULE, effect) ? BY_RULE[effect] : undefined;
  if (verdict === undefined) throw new TypeError(`a policy must return allow, ask or block, not ${JSON.stringify(effect)}`);
  return { ...verdict, rule };
}
