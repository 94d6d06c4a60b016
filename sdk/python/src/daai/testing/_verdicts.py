"""What a console in memory decides about a proposal.

Its policy decides, budgets make that stricter, and grants answer for a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from ._budgets import Budget, BudgetEntry, entries_of, exceeded_of, same_value
from ._executions import Executions
from ._facts import Proposal
from ._grants import GrantUse, use_of
from ._periods import period_at
from ._policies import Verdict, decide

_OVER_BUDGET = {
    "ask": ("pending_approval", "budget_exceeded_requires_approval"),
    "block": ("blocked", "budget_exceeded_blocked"),
}


@dataclass(frozen=True)
class Judgment:
    verdict: Verdict
    entries: list[BudgetEntry] = field(default_factory=list)
    exceeded: BudgetEntry | None = None
    grant_use: GrantUse | None = None


class Verdicts(Executions):
    def judge(self, proposal: Proposal) -> Judgment:
        action = self.actions.get(proposal.action)
        # No policy decides while it's frozen.
        is_frozen = self.frozen_since(proposal.action) is not None
        decided = Verdict("blocked", "frozen") if is_frozen else decide(action, proposal.payload)
        if action is None or decided.outcome == "blocked":
            return Judgment(decided)
        self._refresh()
        now = self.clock.now
        entries = entries_of(self.budgets, proposal, action, now, self.used_of)
        exceeded = exceeded_of(entries)
        asked = decided
        # Where the policy asks anyway, a budget that asks changes nothing.
        asks_anyway = decided.outcome == "pending_approval"
        if exceeded is not None and not (exceeded.when_exceeded == "ask" and asks_anyway):
            asked = Verdict(*_OVER_BUDGET[exceeded.when_exceeded], decided.rule)
        # What a budget couldn't read, nobody has approved in advance.
        is_read = not any(entry.unreadable for entry in entries)
        use = None
        if asked.outcome == "pending_approval" and is_read:
            use = use_of(self.grants, proposal, action, asked, now, self.spent_of)
        result = Verdict("allowed", "standing_grant", asked.rule) if use else asked
        return Judgment(result, entries, exceeded, use)

    def currently_used(self, budget: Budget, value: str | None) -> Decimal:
        """What is used of a budget in the current period."""
        self._refresh()
        start, _ = period_at(budget.period, budget.zone, self.clock.now)
        return self.used_of(budget, "" if value is None else same_value(value), start)

    def _refresh(self) -> None:
        """What time and people have done meanwhile may have given something back."""
        for run_id in self.runs:
            self.find(run_id)
