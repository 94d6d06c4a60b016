"""How a console in memory hands out runs, and takes reports: one claim for each run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .._canonical import canonical, payload_hash
from ._clock import wire_time
from ._run import FakeRun
from ._runs import Refusal, Runs

_IN_DOUBT = (
    "An earlier claim expired without a report, so the run is in doubt: it may or may not have run. "
    "A person has to settle it."
)


class Executions(Runs):
    def status(self, run: FakeRun, wait_seconds: float) -> dict[str, Any]:
        """Waiting turns the clock to the decision, or else to the end of the wait."""
        end = self.clock.now + timedelta(seconds=wait_seconds)
        # An answer needn't decide: other approvals may be missing.
        while run.governance_status == "pending_approval" and self.clock.now < end:
            answer = self._next_answer(run)
            due = answer[1].answers_at if answer else None
            expires_at = None if self.is_frozen(run) else run.expires_at
            known = [time for time in (end, due, expires_at) if time is not None]
            self.clock.advance(seconds=max(0.0, (min(known) - self.clock.now).total_seconds()))
            run = self.find(run.id)
        is_claimed = run.claim_token is not None and run.execution_status == "awaiting_execution_report"
        return {
            **self.describe(run),
            "created_at": wire_time(run.created_at),
            "decided_at": wire_time(run.decided_at),
            "decided_by": run.decided_by,
            "comment": run.comment,
            "expires_at": wire_time(run.expires_at),
            "approval_valid_until": wire_time(run.approval_valid_until),
            "claimed": is_claimed and self.claim_state(run) != "lapsed",
            "claim_expires_at": wire_time(run.claim_expires_at) if is_claimed else None,
            "in_doubt": self.claim_state(run) == "in_doubt",
            "execution_error": run.execution_error,
            "execution_reported_at": wire_time(run.reported_at),
            "mail": None if run.expires_at is None else {"queued": 1, "not_sent_reason": None},
        }

    def claim(self, run: FakeRun, body: dict[str, Any]) -> dict[str, Any]:
        payload = body.get("payload")
        expected = None if payload is None else payload_hash(payload)
        is_held = run.claim_token is not None and run.execution_status == "awaiting_execution_report"
        is_own = is_held and (run.worker, run.claim_token) == (body["worker"], body["token"])
        if expected in (None, run.decided_hash) and (is_own or self.is_executable(run)):
            claim = run.claim(body["worker"], body["token"], self.clock.now, body["lease_seconds"])
            change = run.applied_change
            return {
                "action_run_id": run.id,
                "action": run.action,
                "payload": change.payload if change else run.payload,
                "payload_hash": run.decided_hash,
                "payload_changed": change is not None,
                "changes": change.changes if change else None,
                "reason": run.comment if change else None,
                "policy_version": 1,
                "claim": claim,
            }
        raise self._claim_refusal(run, expected)

    def _claim_refusal(self, run: FakeRun, expected: str | None) -> Refusal:
        if run.execution_status == "not_executed":
            detail = f"The run is {run.governance_status}, so nothing may run."
            decision = run.wire_decision()
            return Refusal(409, "not_executable", detail, **({"decision": decision} if decision else {}))
        if run.execution_status != "awaiting_execution_report":
            return self._reported(run)
        if expected not in (None, run.decided_hash):
            detail = "The payload differs from the one that was decided on. Propose the new one as a new run."
            return Refusal(409, "payload_changed", detail)
        if not self.actions[run.action].is_active:
            return Refusal(409, "action_inactive", f"The action {run.action} is inactive.")
        if self.claim_state(run) == "frozen":
            freezes = (one for one in self.freezes if one.thawed_at is None and one.covers(run.action))
            detail, frozen = next(freezes).refusal()
            return Refusal(409, "frozen", detail, frozen=frozen)
        is_in_doubt = self.claim_state(run) == "in_doubt"
        detail = _IN_DOUBT if is_in_doubt else "Another worker has claimed the run."
        return Refusal(409, "already_claimed", detail)

    def _reported(self, run: FakeRun) -> Refusal:
        return Refusal(409, "already_reported", f"The run has been reported as {run.execution_status}.")

    def renew(self, run: FakeRun, body: dict[str, Any]) -> dict[str, Any]:
        self._require_holder(run, body["claim_token"])
        run.claim_expires_at = self.clock.now + timedelta(seconds=body["lease_seconds"])
        return {"action_run_id": run.id, "claim": run.wire_claim()}

    def release(self, run: FakeRun, body: dict[str, Any]) -> dict[str, Any]:
        self._require_holder(run, body["claim_token"])
        run.release()
        return {"action_run_id": run.id, "claim": None}

    def _require_holder(self, run: FakeRun, token: str) -> None:
        if run.execution_status in ("executed", "failed"):
            raise self._reported(run)
        if run.claim_token is None:
            raise Refusal(409, "not_claimed", "Nobody has claimed the run.")
        if run.claim_token != token:
            raise Refusal(409, "claim_token_mismatch", "Another worker holds the claim. Do not execute.")

    def report(self, run: FakeRun, outcome: str, body: dict[str, Any]) -> dict[str, Any]:
        result, error = body.get("execution_result"), body.get("execution_error")
        is_replay = run.execution_status in ("executed", "failed")
        known = [run.execution_status, run.execution_result, run.execution_error]
        if is_replay and canonical(known) != canonical([outcome, result, error]):
            detail = f"The run was already reported as {run.execution_status}, and not like this."
            raise Refusal(409, "report_conflict", detail)
        if run.execution_status == "not_executed":
            detail = f"The run is {run.governance_status}, so there is no execution to report."
            raise Refusal(409, "not_reportable", detail)
        if not is_replay and run.applied_change and run.claim_token is None:
            detail = "The run was approved with a change. Only the payload of its claim may be executed."
            raise Refusal(409, "not_claimed", detail)
        if not is_replay and run.claim_token != body.get("claim_token"):
            if run.claim_token is not None:
                detail = "The run is claimed. Report with the claim's token."
                raise Refusal(409, "claim_token_mismatch", detail)
            detail = "The claim of this token was released. Claim the run again before executing."
            raise Refusal(409, "not_claimed", detail)
        if not is_replay:
            run.report(outcome, result, error, self.clock.now)
        return {
            "action_run_id": run.id,
            "execution_status": run.execution_status,
            "execution_error": run.execution_error,
            "execution_reported_at": wire_time(run.reported_at),
            "idempotent_replay": is_replay,
        }

    def withdraw(self, run: FakeRun, reason: str) -> dict[str, Any]:
        is_replay = run.governance_reason == "withdrawn"
        if not is_replay:
            self._require_withdrawable(run)
            run.end("rejected", "withdrawn", self.clock.now, None, reason)
        return {
            "action_run_id": run.id,
            "governance_status": run.governance_status,
            "execution_status": run.execution_status,
            "governance_reason": run.governance_reason,
            "withdrawn_at": wire_time(run.decided_at),
            "reason": run.comment,
            "idempotent_replay": is_replay,
        }

    def _require_withdrawable(self, run: FakeRun) -> None:
        if run.execution_status in ("executed", "failed"):
            raise self._reported(run)
        if run.governance_status in ("rejected", "blocked"):
            why = f"It is {run.governance_status} ({run.governance_reason})."
            raise Refusal(409, "already_decided", f"The run can't be withdrawn. {why} Nothing will run.")
        if run.claim_token is not None:
            detail = "A worker has claimed the run and may be executing it, so it can't be withdrawn."
            raise Refusal(409, "already_claimed", detail)
