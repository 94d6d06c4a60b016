"""What a fake console is set up with: its actions, budgets and freezes, and the grants that people gave."""

from __future__ import annotations

from collections.abc import Sequence

from ._budgets import Budget
from ._facts import decimal_text
from ._freezes import Freeze
from ._grants import FakeGrant
from ._people import APPROVER
from ._policies import ApprovalStage, FakeAction, Policy, stages_of
from ._proposals import Proposals
from ._transport import Transport


class Registered:
    _console: Proposals
    _transport: Transport

    def register(
        self,
        action: str,
        policy: Policy,
        *,
        active: bool = True,
        window_seconds: float = 86_400,
        valid_seconds: float | None = 86_400,
        cool_down_seconds: float = 0,
        auto_releases_claims: bool = False,
        approvals: int = 1,
        later_stages: Sequence[ApprovalStage] = (),
        recipient_field: str | None = None,
    ) -> None:
        """Registers an action, or replaces its settings.

        A request expires after `window_seconds`. An approval lapses `valid_seconds` later if nobody claims
        the run. After a person's no, the same can't be asked again for `cool_down_seconds`.
        `auto_releases_claims` gives out an expired claim again, instead of leaving the run in doubt.

        `approvals` is how many people must approve, from 1 to 20. In each of up to four `later_stages`, as
        many others must: `approvals=2, later_stages=[{"approvals": 1}]`. Raises ValueError for other numbers
        and unknown policies. A pending run keeps the stages that it was proposed with.

        `recipient_field` is the payload field that budgets and grants read the recipient from. If it isn't
        given, they take the first usual one that reads as a person or an address.
        """
        stages = stages_of(approvals, later_stages)
        self._console.actions[action] = FakeAction(
            policy,
            active,
            window_seconds,
            valid_seconds,
            cool_down_seconds,
            auto_releases_claims,
            stages,
            recipient_field,
        )

    def add_budget(self, budget: Budget) -> None:
        """Adds a budget, which `budget()` makes. It counts what is proposed from now on."""
        if any(one.name == budget.name for one in self._console.budgets):
            raise ValueError(f"there is a budget {budget.name} already")
        self._console.budgets.append(budget)

    def budget_used(self, name: str, value: str | None = None) -> str:
        """What is used of a budget in the current period: a plain decimal.

        `value` is the one of what the budget counts separately.
        """
        budget = next((one for one in self._console.budgets if one.name == name), None)
        if budget is None:
            raise ValueError(f"there is no budget {name}")
        with self._transport.lock:
            return decimal_text(self._console.currently_used(budget, value)) or "0"

    @property
    def grants(self) -> list[FakeGrant]:
        """The standing grants, in the order in which they were given."""
        return list(self._console.grants)

    def revoke_grant(self, grant_id: str) -> None:
        """Revokes a standing grant. What it allowed before stays allowed."""
        grant = next((one for one in self._console.grants if one.id == grant_id), None)
        if grant is None:
            raise ValueError(f"there is no grant {grant_id}")
        grant.is_revoked = True

    def freeze(
        self, action: str | None = None, *, reason: str = "Frozen by a test.", by: str = APPROVER
    ) -> None:
        """Freezes an action, or all of them, until `thaw`: nothing new may run, and deadlines stand still."""
        with self._transport.lock:
            # What had expired before stays so.
            for run_id in self._console.runs:
                self._console.find(run_id)
            self._console.freezes.append(Freeze(action, reason, by, self._console.clock.now))

    def thaw(self, action: str | None = None) -> None:
        """Ends the freeze of an action, or the one of all. Deadlines get back the time that stood still."""
        with self._transport.lock:
            lasting = (one for one in self._console.freezes if one.thawed_at is None and one.action == action)
            freeze = next(lasting, None)
            if freeze is None:
                raise ValueError(f"{action or 'the console'} isn't frozen")
            self._console.thaw(freeze)
