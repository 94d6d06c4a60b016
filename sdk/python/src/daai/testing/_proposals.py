"""How a console in memory takes proposals: one run for each key, and asking again after a no."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

from .._canonical import payload_hash
from ._clock import wire_time
from ._facts import proposal_of
from ._policies import FakeAction
from ._run import PERSONAL_REFUSALS, FakeRun
from ._runs import ORIGIN, Refusal
from ._verdicts import Verdicts


class Proposals(Verdicts):
    def intercept(self, body: dict[str, Any]) -> dict[str, Any]:
        name, key, claim = body["action"], body["idempotency_key"], body.get("claim")
        fingerprint = payload_hash(body["payload"])
        action = self.actions.get(name)
        proposal = proposal_of(body)
        judgment = self.judge(proposal)
        verdict = judgment.verdict
        prior = self._last_of(name, key)
        if prior is not None:
            # What only a freeze blocked needs no asking again once that is over.
            is_thawed = prior.governance_reason == "frozen" != verdict.reason
            asks_again = (body.get("ask_again") is True or is_thawed) and prior.ended_at is not None
            # A policy that would block the same again gives the run that it blocked.
            is_same = prior.payload_hash == fingerprint
            if asks_again and verdict.outcome == "blocked" and is_same:
                asks_again = prior.governance_reason != verdict.reason
            if not asks_again:
                if not is_same:
                    raise self._conflict(prior)
                return self._replay(prior, claim, body.get("accepts_changes") is True)
        self._refuse_too_soon(name, action, fingerprint, prior)
        now = self.clock.now
        is_pending = verdict.outcome == "pending_approval"
        run = FakeRun(
            id=f"01890000-0000-7000-8000-{len(self.runs) + 1:012d}",
            action=name,
            payload=body["payload"],
            payload_hash=fingerprint,
            idempotency_key=key,
            reasoning=body.get("reasoning"),
            source=proposal.source,
            actor=proposal.actor,
            governance_status=verdict.outcome,
            governance_reason=verdict.reason,
            policy_rule=verdict.rule,
            created_at=now,
            expires_at=now + timedelta(seconds=action.window_seconds) if action and is_pending else None,
            previous_run_id=prior.id if prior else None,
            accepts_changes=body.get("accepts_changes") is True,
            stages=action.stages if action and is_pending else (),
            budget_entries=judgment.entries,
            exceeded=judgment.exceeded,
            grant_use=judgment.grant_use,
        )
        if not is_pending:
            run.end(verdict.outcome, verdict.reason, now, None, None)
        self.runs[run.id] = run
        # Their time runs from here.
        self._next_answer(run)
        granted = None
        if claim and self.is_executable(run):
            granted = run.claim(claim["worker"], claim["token"], now, claim["lease_seconds"])
        return {**self._proposed(run, granted), "idempotent_replay": False}

    def _replay(self, prior: FakeRun, claim: dict[str, Any] | None, accepts_changes: bool) -> dict[str, Any]:
        run = self.find(prior.id)
        if run.governance_status == "pending_approval" and not accepts_changes:
            self.stop_taking_changes(run)
        granted = None
        # What was changed is claimed by itself, because only that response has the payload.
        if claim and run.execution_status == "awaiting_execution_report" and not run.applied_change:
            # If it is refused, the replay says why.
            with contextlib.suppress(Refusal):
                granted = self.claim(run, claim)["claim"]
        is_unfit = run.applied_change is not None and not accepts_changes
        proposed = self._proposed(run, granted)
        return {
            **proposed,
            "executable": proposed["executable"] and not is_unfit,
            "idempotent_replay": True,
        }

    def _proposed(self, run: FakeRun, granted: dict[str, Any] | None) -> dict[str, Any]:
        return {
            **self.describe(run),
            "idempotency_key": run.idempotency_key,
            "payload_hash": run.payload_hash,
            "executable": granted is not None or self.is_executable(run),
            "claim": granted,
            "links": {"run": f"{ORIGIN}/runs/{run.id}", "receipt": None},
        }

    def _last_of(self, action: str, key: str) -> FakeRun | None:
        found = [run for run in self.runs.values() if (run.action, run.idempotency_key) == (action, key)]
        return self.find(found[-1].id) if found else None

    def _conflict(self, prior: FakeRun) -> Refusal:
        return Refusal(
            409,
            "idempotency_conflict",
            "This idempotency key was used for this action with a different payload.",
            action_run_id=prior.id,
            ask_again_at=self.ask_again_at(prior),
        )

    def _refuse_too_soon(
        self, name: str, action: FakeAction | None, fingerprint: str, prior: FakeRun | None
    ) -> None:
        if action is None or not action.cool_down_seconds:
            return
        pause = timedelta(seconds=action.cool_down_seconds)
        for run in reversed(list(self.runs.values())):
            is_same = run is prior or (run.action, run.payload_hash) == (name, fingerprint)
            if not is_same or self.find(run.id).governance_reason not in PERSONAL_REFUSALS:
                continue
            if run.decided_at is not None and run.decided_at + pause > self.clock.now:
                until = wire_time(run.decided_at + pause)
                said = f': "{run.comment}"' if run.comment else "."
                raise Refusal(
                    409,
                    "ask_again_too_soon",
                    f"{run.decided_by} {run.governance_status} this request{said} Nothing was executed. "
                    f"The action can be asked again at {until}.",
                    action_run_id=run.id,
                    governance_reason=run.governance_reason,
                    decided_by=run.decided_by,
                    comment=run.comment,
                    ask_again_at=until,
                )
