// What a console in memory decides about a proposal: its policy, the budgets that make it stricter, and the grants that answer for a person.

import { samePerValue } from "@/lib/domain/budgets/count-toward";
import { type BudgetEntry, type Counted, entriesOf, exceededOf, type KeptBudget } from "./fake-budgets";
import { FakeExecutions } from "./fake-executions";
import { type GrantUse, useOf } from "./fake-grants";
import { periodAt } from "./fake-periods";
import { decide, type Verdict } from "./fake-policies";

export interface Judgment extends Verdict {
  readonly entries: readonly BudgetEntry[];
  readonly exceeded: BudgetEntry | null;
  readonly grantUse: GrantUse | null;
}

const OVER_BUDGET = {
  ask: { status: "pending_approval", reason: "budget_exceeded_requires_approval" },
  block: { status: "blocked", reason: "budget_exceeded_blocked" },
} as const;

export class FakeVerdicts extends FakeExecutions {
  /** What is used of a budget in the current period. */
  currentlyUsed(budget: KeptBudget, value: string | undefined): string {
    this.#refresh();
    const { start } = periodAt(budget.period, budget.timeZone, this.clock.now);
    return this.usedOf(budget, value === undefined ? "" : samePerValue(value), start);
  }

  judge(counted: Counted): Judgment {
    const action = this.actions.get(counted.action);
    // No policy decides while it's frozen.
    const isFrozen = this.frozenSince(counted.action) !== null;
    const decided: Verdict = isFrozen ? { status: "blocked", reason: "frozen", rule: null } : decide(action, counted.payload);
    if (action === undefined || decided.status === "blocked") return { ...decided, entries: [], exceeded: null, grantUse: null };
    this.#refresh();
    const at = this.clock.now;
    const entries = entriesOf(this.budgets, counted, { action, at, used: (...place) => this.usedOf(...place) });
    const exceeded = exceededOf(entries);
    // Where the policy asks anyway, a budget that asks changes nothing.
    const changesNothing = exceeded === null || (exceeded.whenExceeded === "ask" && decided.status === "pending_approval");
    const asked: Verdict = changesNothing ? decided : { ...decided, ...OVER_BUDGET[exceeded.whenExceeded] };
    // What a budget couldn't read, nobody has approved in advance.
    const isAsked = asked.status === "pending_approval" && entries.every(({ unreadable }) => unreadable === null);
    const spent = (grant: GrantUse["grant"]) => this.spentOf(grant);
    const grantUse = isAsked ? useOf(this.grants, counted, { asked, action, at, spent }) : null;
    const result: Verdict = grantUse === null ? asked : { ...asked, status: "allowed", reason: "standing_grant" };
    return { ...result, entries, exceeded, grantUse };
  }

  /** What time and people have done meanwhile may have given something back. */
  #refresh(): void {
    for (const id of this.runs.keys()) this.find(id);
  }
}
