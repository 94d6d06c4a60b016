"""What a console in memory has beside its runs.

Budgets and standing grants, by the runs that use them, and freezes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from ._budgets import Budget, BudgetEntry, entries_of, exceeded_of
from ._facts import Proposal, add
from ._freezes import Freeze, frozen_since
from ._grants import FakeGrant, Grant, give
from ._policies import FakeAction, Verdict
from ._run import FakeRun


class Ledgers:
    def __init__(self) -> None:
        self.actions: dict[str, FakeAction] = {}
        self.runs: dict[str, FakeRun] = {}
        self.budgets: list[Budget] = []
        self.grants: list[FakeGrant] = []
        # In the order in which they began.
        self.freezes: list[Freeze] = []

    def frozen_since(self, action: str) -> datetime | None:
        return frozen_since(self.freezes, action)

    def used_of(self, budget: Budget, per_key: str, start: datetime, but: FakeRun | None = None) -> Decimal:
        """What is reserved and kept of a budget, by other runs than one."""
        counted = [
            entry
            for run in self.runs.values()
            if run is not but and run.is_counted
            for entry in run.budget_entries
        ]
        place = (budget, per_key, start)
        return _sum(
            entry.amount for entry in counted if (entry.budget, entry.per_key, entry.period_start) == place
        )

    def spent_of(self, grant: FakeGrant) -> tuple[int, Decimal]:
        uses = [run.grant_use for run in self.runs.values() if run.grant_use and run.grant_use.grant is grant]
        return len(uses), _sum(use.amount for use in uses)

    def entries_of_change(self, run: FakeRun, payload: dict[str, Any]) -> list[BudgetEntry]:
        """What a changed run adds, in place of what was proposed.

        Raises ValueError if a budget blocks it, unless it is less of the same.
        """
        before = {entry.budget: entry for entry in run.budget_entries}

        def used(budget: Budget, per_key: str, start: datetime) -> Decimal:
            return self.used_of(budget, per_key, start, run)

        proposal = replace(_proposal_of(run), payload=payload)
        entries = entries_of(before, proposal, self.actions[run.action], run.created_at, used)
        over = exceeded_of(entry for entry in entries if not _is_less(entry, before[entry.budget]))
        if over is not None and over.when_exceeded == "block":
            name = over.budget.name
            raise ValueError(f"the changed request goes over the budget {name}, which blocks it")
        return [replace(entry, used_before=before[entry.budget].used_before) for entry in entries]

    def grant_for(self, run: FakeRun, grant: Grant, by: str, at: datetime) -> FakeGrant:
        """What an approval gives in advance. Raises ValueError for what nobody can."""
        action = self.actions[run.action]
        if action.stages or run.stages:
            raise ValueError(
                f"{run.action} needs several approvals, so each of its runs is decided on its own"
            )
        if any(entry.unreadable for entry in run.budget_entries):
            raise ValueError("a budget couldn't read what it counts, so each run is decided on its own")
        asked = Verdict(run.governance_status, run.governance_reason, run.policy_rule)
        grant_id = f"01890000-0000-7000-9000-{len(self.grants) + 1:012d}"
        return give(grant, _proposal_of(run), action, asked, grant_id=grant_id, run_id=run.id, by=by, at=at)


def _proposal_of(run: FakeRun) -> Proposal:
    return Proposal(run.action, run.payload, run.actor, run.source)


def _is_less(changed: BudgetEntry, proposed: BudgetEntry) -> bool:
    """Whatever the limit is by now, less of the same is never refused."""
    if changed.amount is None or proposed.amount is None:
        return False
    return changed.per_key == proposed.per_key and changed.amount <= proposed.amount


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = add(total, amount or Decimal(0))
    return total
