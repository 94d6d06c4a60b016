"""Every conversation with the console, without any I/O: what is asked, and what a response must be about."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from . import _parse
from ._action_exceptions import ApprovalTimeout
from ._admission import keep_lease
from ._binding import of_proposal, of_run, with_payload
from ._calls import Calls
from ._claims import refuses, refuses_tokens
from ._exceptions import DaaiApiError, DaaiError, DaaiValidationError
from ._flow import Flow, Sleep
from ._models import (
    ClaimedRun,
    ClaimRequest,
    ClaimState,
    ExecutionReport,
    GovernanceStatus,
    InterceptResult,
    OnCancel,
    RunStatus,
    Withdrawal,
)
from ._payload import MAX_ERROR_CHARACTERS, json_object, well_formed
from ._proposal import check_lease, claim_body, proposal_body

INTERCEPT = "/v1/sdk/intercept"
WAIT_CANCELED = "The app stopped waiting for a decision."
logger = logging.getLogger("daai")

# A long poll that timed out on the way: the run is still pending.
POLL_TIMEOUTS = (408, 504)


class BaseClient(Calls):
    """What the sync and the async client share: all but sending and sleeping."""

    def _intercept_flow(
        self,
        action: str,
        payload: Any,
        idempotency_key: str | None,
        reasoning: str | None,
        source: Mapping[str, Any] | None,
        actor: str | None,
        claim: ClaimRequest | None,
        ask_again: bool = False,
        accepts_changes: bool = False,
    ) -> Flow[InterceptResult]:
        # A generated key makes it safe to send the proposal again if the response is lost. Its prefix tells
        # the console that it says nothing about what is proposed.
        key = f"auto:{uuid4()}" if idempotency_key is None else idempotency_key
        body = proposal_body(
            action, payload, key, reasoning, source, actor, claim, ask_again, accepts_changes
        )
        build = of_proposal(body, _parse.intercept_result)

        def send(on_sent: Callable[[], object] = lambda: None) -> Flow[InterceptResult]:
            try:
                return (yield from self._call("POST", INTERCEPT, body, build, on_sent=on_sent))
            except DaaiValidationError as error:
                if not (accepts_changes and refuses(error, "accepts_changes")):
                    raise
            # A console before version 0.4 knows no changes, and makes none.
            del body["accepts_changes"]
            return (yield from self._call("POST", INTERCEPT, body, build, on_sent=on_sent))

        if claim is None:
            return (yield from send())

        def release(token: str) -> Flow[ClaimState]:
            # Only the same proposal finds the run that the lost request may have made; it makes that run if
            # the request was lost on its way. Without ask_again, it makes no run after that.
            plain = {name: value for name, value in body.items() if name not in ("claim", "ask_again")}
            found = yield from self._call("POST", INTERCEPT, plain, build, verify_log=False)
            return (yield from self._release_flow(found.action_run_id, token, verify_log=False))

        run = yield from self._claims.ask((action, key), body["claim"], send, release)
        if run.claim is not None:
            keep_lease(run.claim, body["claim"]["lease_seconds"])
        return run

    def _status_flow(self, run_id: str | UUID, wait_seconds: int | None = None) -> Flow[RunStatus]:
        path = _run_path(run_id, "status" if wait_seconds is None else f"status?wait={wait_seconds}")
        build = of_run(run_id, _parse.run_status)
        final = POLL_TIMEOUTS if wait_seconds else ()
        return (yield from self._call("GET", path, None, build, wait_seconds or 0, final))

    def _wait_flow(
        self, run_id: str | UUID, timeout: float | None, on_cancel: OnCancel | None = None
    ) -> Flow[RunStatus]:
        if on_cancel not in (None, "withdraw"):
            raise ValueError(f'on_cancel must be "withdraw" or None, not {on_cancel!r}')
        try:
            return (yield from self._poll_flow(run_id, timeout))
        except (KeyboardInterrupt, SystemExit, asyncio.CancelledError):
            if on_cancel is not None:
                try:
                    yield from self._withdraw_flow(run_id, WAIT_CANCELED)
                except DaaiError as problem:
                    logger.warning("run %s was not withdrawn: %s", run_id, problem)
            raise

    def _poll_flow(self, run_id: str | UUID, timeout: float | None) -> Flow[RunStatus]:
        deadline = math.inf if timeout is None else self._monotonic() + timeout
        while True:
            asked_at = self._monotonic()
            poll = max(0, math.ceil(min(deadline - asked_at, self._config.poll_seconds)))
            try:
                status = yield from self._status_flow(run_id, poll)
            except DaaiApiError as error:
                if error.status_code not in POLL_TIMEOUTS or not poll:
                    raise
                if self._monotonic() - asked_at < 1:
                    yield Sleep(1.0)
                # At the deadline, one last request without waiting returns the current state.
                continue
            if status.governance_status is not GovernanceStatus.PENDING_APPROVAL:
                return status
            now = self._monotonic()
            if now >= deadline:
                raise ApprovalTimeout(status)
            if now - asked_at < 1:
                # Something in between didn't hold the request open: never poll in a busy loop.
                yield Sleep(min(1.0, deadline - now))

    def _withdraw_flow(self, run_id: str | UUID, reason: str) -> Flow[Withdrawal]:
        body = {"reason": well_formed(reason)}
        build = of_run(run_id, _parse.withdrawal)
        return (yield from self._call("POST", _run_path(run_id, "withdraw"), body, build))

    def _claim_flow(
        self, run_id: str | UUID, worker: str, lease_seconds: int, payload: Any = None, changed: bool = False
    ) -> Flow[ClaimedRun]:
        body = claim_body(worker, lease_seconds)
        if payload is not None:
            body["payload"] = json_object(payload, "payload")
        build = with_payload(body.get("payload"), of_run(run_id, _parse.claimed_run), changed)
        send = partial(self._call, "POST", _run_path(run_id, "claim"), body, build)
        release = partial(self._release_flow, run_id, verify_log=False)
        return (yield from self._claims.ask((str(run_id),), body, send, release))

    def _claim_as_flow(
        self, run_id: str | UUID, worker: str, token: str, lease_seconds: int
    ) -> Flow[ClaimedRun]:
        """Claims with a stored token. Never releases: another runner may hold the claim by the same token."""
        body = {**claim_body(worker, lease_seconds), "token": token}
        send = partial(
            self._call, "POST", _run_path(run_id, "claim"), body, of_run(run_id, _parse.claimed_run)
        )
        try:
            return (yield from send())
        except DaaiValidationError as error:
            if not refuses_tokens(error):
                raise
        # A console before version 0.3 generates the tokens itself.
        del body["token"]
        return (yield from send())

    def _renew_flow(self, run_id: str | UUID, claim_token: str, lease_seconds: int) -> Flow[ClaimState]:
        body = {"claim_token": claim_token, "lease_seconds": check_lease(lease_seconds)}
        build = of_run(run_id, _parse.claim_state)
        return (yield from self._call("POST", _run_path(run_id, "claim/renew"), body, build))

    def _release_flow(
        self, run_id: str | UUID, claim_token: str, verify_log: bool = True
    ) -> Flow[ClaimState]:
        build = of_run(run_id, _parse.claim_state)
        body = {"claim_token": claim_token}
        return (
            yield from self._call(
                "POST", _run_path(run_id, "claim/release"), body, build, verify_log=verify_log
            )
        )

    def _report_executed_flow(
        self, run_id: str | UUID, execution_result: Any, claim_token: str | None
    ) -> Flow[ExecutionReport]:
        result = {} if execution_result is None else json_object(execution_result, "execution_result")
        return (yield from self._report("report-executed", run_id, {"execution_result": result}, claim_token))

    def _report_failed_flow(
        self, run_id: str | UUID, execution_error: str, execution_result: Any, claim_token: str | None
    ) -> Flow[ExecutionReport]:
        # An error message is cut rather than rejected: that it failed matters more than its last line.
        error = well_formed(execution_error)[:MAX_ERROR_CHARACTERS]
        body: dict[str, Any] = {"execution_error": error}
        if execution_result is not None:
            body["execution_result"] = json_object(execution_result, "execution_result")
        return (yield from self._report("report-failed", run_id, body, claim_token))

    def _report(
        self, verb: str, run_id: str | UUID, body: dict[str, Any], claim_token: str | None
    ) -> Flow[ExecutionReport]:
        if claim_token is not None:
            body["claim_token"] = claim_token
        build = of_run(run_id, _parse.execution_report)
        return (yield from self._call("POST", _run_path(run_id, verb), body, build))


def _run_path(run_id: str | UUID, rest: str) -> str:
    return f"/v1/sdk/action-runs/{quote(str(run_id), safe='')}/{rest}"
