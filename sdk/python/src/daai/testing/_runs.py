"""The runs of a console in memory: what time and people do to them, by the rules of the real one.

It has no limits, emails and no receipt log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ._clock import FakeClock, wire_time
from ._freezes import Freeze
from ._grants import Grant
from ._ledgers import Ledgers
from ._people import Person, people_asked
from ._policies import decide
from ._run import PERSONAL_REFUSALS, Change, FakeApproval, FakeRun, is_same_person

ORIGIN = "http://console.test"
_EFFECTS = {
    "approve": ("approved", "approved_by_human"),
    "reject": ("rejected", "rejected_by_human"),
    "block": ("blocked", "manually_blocked_by_approver"),
}


class Refusal(Exception):  # noqa: N818 - a response rather than an error
    def __init__(self, status: int, code: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {"code": code, "detail": detail, **members}


@dataclass
class _Asked:
    answers_at: datetime
    is_again: bool = False
    """They approved, and another approver has changed the payload since."""


class Runs(Ledgers):
    def __init__(self, clock: FakeClock, people: list[Person]) -> None:
        super().__init__()
        self.clock = clock
        self.people = people
        # Who was asked about a run, and when they answer.
        self._asked: dict[str, dict[Person, _Asked]] = {}

    def find(self, run_id: str) -> FakeRun:
        """The run as it is now: what time and people have done to it has happened."""
        run = self.runs.get(run_id)
        if run is None:
            raise Refusal(404, "run_not_found", "Run not found in this workspace. Check the ID and the keys.")
        now = self.clock.now
        while (answer := self._next_answer(run)) is not None:
            person, asked = answer
            at = asked.answers_at
            if at > now or (run.expires_at is not None and at >= run.expires_at):
                break
            # Asked again, they approve what another approver made of it.
            change = None if asked.is_again else person.change
            self.decide(run, person.decision or "", person.by, person.comment, at, change, person.grant)
        is_pending = run.governance_status == "pending_approval"
        # While it's frozen, its time stands still.
        moment = self.frozen_since(run.action) or now
        if is_pending and run.expires_at is not None and run.expires_at <= moment:
            run.end("rejected", "approval_expired", run.expires_at, None, None)
        if self.claim_state(run) == "approval_lapsed" and run.approval_valid_until is not None:
            run.end("rejected", "approval_lapsed", run.approval_valid_until, None, None)
        return run

    def _next_answer(self, run: FakeRun) -> tuple[Person, _Asked] | None:
        """Who answers a pending run next, and when; None: nobody does."""
        if run.governance_status != "pending_approval":
            return None
        known = self._asked.setdefault(run.id, {})
        waiting = []
        for person in people_asked(self.people, run):
            asked = known.setdefault(person, _Asked(self.clock.now + timedelta(seconds=person.after)))
            is_frozen = person.decision == "approve" and self.frozen_since(run.action) is not None
            if not run.has_approval_of(person.by) and not is_frozen:
                waiting.append((person, asked))
        return min(waiting, key=lambda answer: answer[1].answers_at, default=None)

    def decide(
        self,
        run: FakeRun,
        decision: str,
        by: str,
        comment: str | None,
        at: datetime,
        members: dict[str, Any] | None = None,
        grant: Grant | None = None,
    ) -> None:
        """While other approvals are missing, a yes leaves the run pending.

        A change of an app that takes none is proposed with a rejection.
        """
        agreed = run.agreed_change
        # What was changed before stays changed.
        before = agreed.payload if agreed else {}
        change = Change.of(run.payload, {**before, **members}) if members else None
        if change and decide(self.actions.get(run.action), change.payload).outcome == "blocked":
            raise ValueError(f"{by} can't approve the change: the policy of {run.action} blocks it")
        if members and agreed and change is None:
            raise ValueError(f"{by} can't change {run.action} back to what was proposed: reject it instead")
        if change and not run.accepts_changes:
            decision = "reject"
        given = self.grant_for(run, grant, by, at) if grant and decision == "approve" else None
        if decision == "approve" and run.stages:
            change = change or agreed
            self._ask_again(run, run.approve(by, comment, at, change), at, is_again=True)
            if run.lacks_approvals:
                return
        run.change = change
        if change and decision == "approve":
            run.budget_entries = self.entries_of_change(run, change.payload)
        if given is not None:
            self.grants.append(given)
        run.end(*_EFFECTS[decision], at, by, comment)
        valid = self.actions[run.action].valid_seconds
        if run.governance_status == "approved" and valid is not None:
            run.approval_valid_until = at + timedelta(seconds=valid)

    def stop_taking_changes(self, run: FakeRun) -> None:
        """Approvals of a changed payload end, and their people are asked about the proposed one."""
        run.accepts_changes = False
        if run.agreed_change is not None:
            ended, run.approvals_given = run.approvals_given, []
            self._ask_again(run, ended, self.clock.now, is_again=False)

    def _ask_again(self, run: FakeRun, ended: list[FakeApproval], at: datetime, *, is_again: bool) -> None:
        for person in self._asked.get(run.id, {}):
            if any(is_same_person(person.by, approval.by) for approval in ended):
                answers_at = at + timedelta(seconds=person.after)
                self._asked[run.id][person] = _Asked(answers_at, is_again)

    def claim_state(self, run: FakeRun) -> str:
        now = self.clock.now
        since = self.frozen_since(run.action)
        is_valid = run.approval_valid_until is None or run.approval_valid_until > (since or now)
        if run.execution_status != "awaiting_execution_report":
            return "none"
        if run.claim_token is None or run.claim_expires_at is None:
            return "approval_lapsed" if not is_valid else "frozen" if since else "none"
        if run.claim_expires_at > now:
            return "held"
        is_released = self.actions[run.action].auto_releases_claims and is_valid and since is None
        return "lapsed" if is_released else "in_doubt"

    def is_frozen(self, run: FakeRun) -> bool:
        """It could still be approved or claimed, were it not frozen."""
        is_pending = run.governance_status == "pending_approval"
        is_open = is_pending or run.execution_status == "awaiting_execution_report"
        return is_open and self.frozen_since(run.action) is not None

    def thaw(self, freeze: Freeze) -> None:
        """Gives deadlines the time back that stood still."""
        now = self.clock.now
        for run in self.runs.values():
            since = self.frozen_since(run.action) if freeze.covers(run.action) else None
            if since is None or not self.is_frozen(run):
                continue
            pause = now - since
            if run.governance_status == "pending_approval" and run.expires_at is not None:
                run.expires_at += pause
            if run.approval_valid_until is not None:
                run.approval_valid_until += pause
            for asked in self._asked.get(run.id, {}).values():
                asked.answers_at += pause
        freeze.thawed_at = now

    def is_executable(self, run: FakeRun) -> bool:
        action = self.actions.get(run.action)
        is_active = action is not None and action.is_active
        is_free = self.claim_state(run) in ("none", "lapsed")
        return is_active and run.execution_status == "awaiting_execution_report" and is_free

    def ask_again_at(self, run: FakeRun) -> str | None:
        is_last = not any(other.previous_run_id == run.id for other in self.runs.values())
        if run.ended_at is None or not is_last:
            return None
        action = self.actions.get(run.action)
        is_personal = run.governance_reason in PERSONAL_REFUSALS
        pause = action.cool_down_seconds if action and is_personal else 0
        return wire_time(run.ended_at + timedelta(seconds=pause))

    def describe(self, run: FakeRun) -> dict[str, Any]:
        """What every response about a run says."""
        return {
            "action_run_id": run.id,
            "action": run.action,
            "governance_status": run.governance_status,
            "execution_status": run.execution_status,
            "governance_reason": run.governance_reason,
            "policy_rule": run.policy_rule,
            "budget": run.exceeded.wire() if run.exceeded else None,
            "grant": run.grant_use.wire() if run.grant_use else None,
            "executable": self.is_executable(run),
            "frozen": self.is_frozen(run),
            "previous_run_id": run.previous_run_id,
            "ask_again_at": self.ask_again_at(run),
            "receipt": self._receipt(run),
            "approvals": run.wire_approvals(),
            "payload_changed": run.applied_change is not None,
            "decision": run.wire_decision(),
        }

    def _receipt(self, run: FakeRun) -> dict[str, Any] | None:
        if run.decided_at is None:
            return None
        by_person = run.decided_by is not None
        return {
            "id": run.id.replace("7000", "7001", 1),
            "outcome": run.governance_status,
            "reason": run.governance_reason,
            "policy_rule": run.policy_rule,
            "created_at": wire_time(run.decided_at),
            "decided_by": run.decided_by,
            "channel": "link" if by_person else "policy" if run.expires_at is None else "system",
            "comment": run.comment,
            "previous_run_id": run.previous_run_id,
            "budget": run.exceeded.wire() if run.exceeded else None,
            "grant": run.grant_use.wire() if run.grant_use else None,
        }
