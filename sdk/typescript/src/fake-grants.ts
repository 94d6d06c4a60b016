// The standing grants of a console in memory: what is approved in advance, by the rules of the real one.

import { answersQuestion, grantRefusal, isGrantable, MAX_GRANT_DAYS, MAX_GRANT_USES } from "@/lib/domain/grants/grant";
import { factsText, isFactName, offeredFacts, readGrantedAmount } from "@/lib/domain/grants/grant-facts";
import { compareDecimals, isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";
import { type Counted } from "./fake-budgets";
import { fieldsOf, KEY } from "./fake-facts";
import type { FakeAction } from "./fake-policies";
import type { WireObject } from "./models";

const DAY = 86_400_000;

/** What a person approves beyond the run: the same again. */
export interface Grant {
  /** What must be the same: recipient, actor, key, source, or `payload.` and the path of a field. */
  readonly facts: readonly string[];
  /** The largest amount of a run, and the most that all may add up to. Only of a run with an amount, which needs both. */
  readonly amountEach?: number | string | undefined;
  readonly total?: number | string | undefined;
  /** How many runs, up to 1,000. */
  readonly maxUses: number;
  /** The last day, in UTC, such as 2026-01-08; at most 30 days from now. */
  readonly until: string;
}

/** A standing grant, as it was given. */
export interface FakeGrant {
  readonly id: string;
  /** The run whose approval gave it. */
  readonly runId: string;
  readonly action: string;
  readonly givenBy: string;
  readonly givenAt: string;
  readonly facts: readonly string[];
  readonly currency: string | null;
  readonly amountEach: string | null;
  readonly total: string | null;
  readonly maxUses: number;
  readonly endsAt: string;
}

export interface Question {
  readonly reason: string;
  readonly rule: string | null;
}

export type KeptGrant = FakeGrant & {
  readonly asked: Question;
  readonly factsText: string;
  /** Another policy ends it. */
  readonly given: FakeAction;
  isRevoked: boolean;
};

/** How a grant allowed a run. */
export interface GrantUse {
  readonly grant: KeptGrant;
  readonly askedReason: string;
  readonly amount: string | null;
  readonly usesBefore: number;
  readonly usedBefore: string;
}

interface Given {
  readonly id: string;
  readonly runId: string;
  readonly givenBy: string;
  readonly at: Date;
  readonly asked: Question;
  readonly action: FakeAction;
}

/** Throws for what nobody can approve in advance. */
export function grantOf(grant: Grant, run: Counted, { id, runId, givenBy, at, asked, action }: Given): KeptGrant {
  const { amountEach, total, maxUses, until } = grant;
  required(isGrantable(asked.reason as never), "nobody can approve in advance what the policy couldn't read");
  const { fields, proposal } = readRun(run, action);
  const counted = readGrantedAmount(run.payload as never, fields);
  if (counted === "unreadable") throw new TypeError("the amount can't be read");
  const facts = [...grant.facts].sort();
  const offered = offeredFacts(proposal, fields).map(({ name }) => name);
  const wrong = facts.find((name) => !isFactName(name) || !offered.includes(name));
  required(facts.length > 0 && wrong === undefined, `a grant needs facts that the run has: ${offered.join(", ")}, not ${wrong ?? "none"}`);
  const amounts = [amountEach, total].map((amount) => (amount === undefined ? null : plain(amount)));
  const [each = null, all = null] = amounts;
  const hasBoth = each !== null && all !== null && compareDecimals(all, each) >= 0;
  required(
    counted.amount === null ? each === null && all === null : hasBoth,
    "a grant for a run with an amount needs amountEach, and a total of at least that",
  );
  required(Number.isInteger(maxUses) && maxUses >= 1 && maxUses <= MAX_GRANT_USES, `maxUses is a whole number from 1 to ${MAX_GRANT_USES}`);
  const endsAt = Date.parse(`${until}T00:00:00Z`) + DAY;
  required(
    endsAt > at.getTime() && endsAt <= at.getTime() + MAX_GRANT_DAYS * DAY,
    `until is a day within ${MAX_GRANT_DAYS} days, not ${until}`,
  );
  const text = factsText(facts, proposal) ?? "";
  const times = { givenAt: at.toISOString(), endsAt: new Date(endsAt).toISOString() };
  const limits = { currency: counted.currency, amountEach: each, total: all, maxUses };
  return { id, runId, action: run.action, givenBy, facts, ...limits, ...times, asked, factsText: text, given: action, isRevoked: false };
}

function readRun({ payload, actor, source }: Counted, action: FakeAction) {
  const fields = fieldsOf(action, payload);
  return { fields, proposal: { payload: payload as never, recipient: fields.recipient, actor, key: KEY, source } };
}

function plain(amount: number | string): string {
  const text = String(amount);
  if (!isPlainDecimal(text) || text.length > 30 || normalizeDecimal(text) === "0") throw new RangeError(`${text} is no amount of a grant`);
  return normalizeDecimal(text);
}

function required(holds: boolean, problem: string): void {
  if (!holds) throw new TypeError(problem);
}

interface Asking {
  readonly asked: Question;
  readonly action: FakeAction;
  readonly at: Date;
  /** What is used of a grant. */
  readonly spent: (grant: KeptGrant) => { readonly uses: number; readonly used: string };
}

/** The first grant that answers what is asked about a run; null: a person is asked. */
export function useOf(grants: readonly KeptGrant[], run: Counted, { asked, action, at, spent }: Asking): GrantUse | null {
  const { fields, proposal } = readRun(run, action);
  const counted = readGrantedAmount(run.payload as never, fields);
  if (counted === "unreadable" || !isGrantable(asked.reason as never) || action.stages.length > 0) return null;
  for (const grant of grants) {
    const { uses, used } = spent(grant);
    const limits = { ...grant, endsAt: new Date(grant.endsAt), needsConfirmation: false, confirmedAt: null };
    const endedAt = grant.isRevoked || grant.given.policy !== action.policy ? at : null;
    const isItsAnswer = grant.action === run.action && answersQuestion(grant.asked as never, asked as never);
    if (!isItsAnswer || grantRefusal({ ...limits, endedAt }, { uses, used }, counted, at) !== null) continue;
    if (factsText(grant.facts, proposal) !== grant.factsText) continue;
    return { grant, askedReason: asked.reason, amount: counted.amount, usesBefore: uses, usedBefore: used };
  }
  return null;
}

export function wireGrant(use: GrantUse | null): WireObject | null {
  if (use === null) return null;
  const { grant, askedReason, usesBefore, usedBefore } = use;
  return {
    id: grant.id,
    run_id: grant.runId,
    given_by: grant.givenBy,
    given_at: grant.givenAt,
    confirmed_by: null,
    facts: grant.facts,
    asked_reason: askedReason,
    currency: grant.currency,
    amount_each: grant.amountEach,
    total: grant.total,
    max_uses: grant.maxUses,
    ends_at: grant.endsAt,
    uses_before: usesBefore,
    used_before: usedBefore,
  };
}
