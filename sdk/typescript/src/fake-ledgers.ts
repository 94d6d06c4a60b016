// What a console in memory has beside its runs: budgets and standing grants, by the runs that use them, and freezes.

import { compareDecimals } from "@/lib/domain/policy/amounts";
import { type BudgetEntry, entriesOf, exceededOf, type KeptBudget, sumOf } from "./fake-budgets";
import { frozenSince, type KeptFreeze } from "./fake-freezes";
import { type Grant, grantOf, type KeptGrant } from "./fake-grants";
import type { FakeAction } from "./fake-policies";
import { isCounted, type KeptRun } from "./fake-run";

export class FakeLedgers {
  readonly actions = new Map<string, FakeAction>();
  readonly runs = new Map<string, KeptRun>();
  readonly budgets: KeptBudget[] = [];
  readonly grants: KeptGrant[] = [];
  /** In the order in which they began. */
  readonly freezes: KeptFreeze[] = [];

  frozenSince(action: string): string | null {
    return frozenSince(this.freezes, action);
  }

  /** What an approval gives in advance. Throws for what nobody can. */
  grantFor(run: KeptRun, grant: Grant, { by, at }: { readonly by: string; readonly at: string }): KeptGrant {
    const action = this.actions.get(run.action);
    if (action === undefined || action.stages.length > 0 || run.stages.length > 0) {
      throw new Error(`${run.action} needs several approvals, so each of its runs is decided on its own`);
    }
    if (run.budgetEntries.some(({ unreadable }) => unreadable !== null)) throw new Error("a budget couldn't read what it counts");
    const id = `01890000-0000-7000-9000-${String(this.grants.length + 1).padStart(12, "0")}`;
    const asked = { reason: run.governanceReason, rule: run.policyRule };
    return grantOf(grant, run, { id, runId: run.id, givenBy: by, at: new Date(at), asked, action });
  }

  /** What a changed run adds, in place of what was proposed. Throws if a budget blocks it, unless it is less of the same. */
  entriesOfChange(run: KeptRun, payload: KeptRun["payload"]): BudgetEntry[] {
    const before = new Map(run.budgetEntries.map((entry) => [entry.budget, entry]));
    const budgets = [...before.keys()];
    const used = (budget: KeptBudget, perKey: string, start: string) => this.usedOf(budget, perKey, start, run);
    const action = this.actions.get(run.action);
    const entries = entriesOf(budgets, { ...run, payload }, { action, at: new Date(run.createdAt), used });
    const over = exceededOf(entries.filter((entry) => !isLess(entry, before.get(entry.budget))));
    if (over?.whenExceeded === "block") throw new Error(`the changed request goes over the budget ${over.budget.name}, which blocks it`);
    return entries.map((entry) => ({ ...entry, usedBefore: before.get(entry.budget)?.usedBefore ?? entry.usedBefore }));
  }

  /** What is reserved and kept of a budget, by other runs than one. */
  usedOf(budget: KeptBudget, perKey: string, periodStart: string, except?: KeptRun): string {
    const counted = [...this.runs.values()].filter((run) => run !== except && isCounted(run)).flatMap((run) => run.budgetEntries);
    return sumOf(counted.filter((entry) => entry.budget === budget && entry.perKey === perKey && entry.periodStart === periodStart));
  }

  spentOf(grant: KeptGrant): { readonly uses: number; readonly used: string } {
    const uses = [...this.runs.values()].flatMap(({ grantUse }) => (grantUse?.grant === grant ? [grantUse] : []));
    return { uses: uses.length, used: sumOf(uses) };
  }
}

/** Whatever the limit is by now, less of the same is never refused. */
function isLess(changed: BudgetEntry, proposed: BudgetEntry | undefined): boolean {
  if (changed.amount === null || proposed === undefined || proposed.amount === null) return false;
  return changed.perKey === proposed.perKey && compareDecimals(changed.amount, proposed.amount) <= 0;
}
