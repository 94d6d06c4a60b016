"""The client for ordinary code."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar
from uuid import UUID

import httpx

from ._admission import admit
from ._base_client import BaseClient
from ._config import DEFAULT_POLL_SECONDS
from ._connections import Connections
from ._execution import Execution, new_worker
from ._flow import Effect, Flow, Sleep, T, drive
from ._governed import OnChange, Payload, govern
from ._log.checkpoint_store import CheckpointStore
from ._models import (
    ClaimedRun,
    ClaimRequest,
    ClaimState,
    ExecutionReport,
    InterceptResult,
    OnCancel,
    Run,
    RunStatus,
    Withdrawal,
)

F = TypeVar("F", bound=Callable[..., Any])


class DaaiClient(BaseClient):
    """Asks the console whether an action may run, and reports the outcome. Thread-safe.

    Omitted arguments default to DAAI_API_KEY, DAAI_WORKSPACE_KEY and DAAI_BASE_URL
    (http://localhost:3000/api if unset). `timeout_seconds` limits connecting, and each wait for data, of one
    attempt. `poll_seconds`, from 1 to 60, is how long `wait` holds one request open. It must be below the
    idle timeout of every proxy in between.
    After a fork, each process uses its own connections. The client uses your `http_client` but never closes
    it; it can't be used after a fork (DaaiConfigError). Raises DaaiConfigError.

    Every method can raise DaaiConnectionError if there is no response after three attempts, and the
    DaaiApiError that matches the response. Connection errors, 408, 429 and 5xx are retried with full jitter,
    honoring a Retry-After of up to 60 seconds (RFC 9110 section 10.2.3).

    With a `checkpoint_store`, the client is a witness of the workspace's receipt log, and each method can
    also raise LogTampered. `log_keys` are the verifier keys to trust; without them, the first checkpoint is
    trusted. Requires the package cryptography (DaaiError): pip install 'cryptography>=42'.
    """

    _sleep: Callable[[float], None] = staticmethod(time.sleep)

    def __init__(
        self,
        api_key: str | None = None,
        workspace_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 10.0,
        http_client: httpx.Client | None = None,
        *,
        checkpoint_store: CheckpointStore | None = None,
        log_keys: Sequence[str] = (),
        poll_seconds: int = DEFAULT_POLL_SECONDS,
    ) -> None:
        super().__init__(
            api_key, workspace_key, base_url, timeout_seconds, checkpoint_store, log_keys, poll_seconds
        )
        self._connections = Connections(http_client)

    def intercept(
        self,
        action: str,
        payload: Any,
        idempotency_key: str | None = None,
        *,
        reasoning: str | None = None,
        source: Mapping[str, Any] | None = None,
        actor: str | None = None,
        claim: ClaimRequest | None = None,
        ask_again: bool = False,
        accepts_changes: bool = False,
    ) -> InterceptResult:
        """Propose an action without running anything. Run it only if `executable` is true.

        `payload` is a dict or dataclass of at most 16,384 bytes of JSON and 31 levels; `reasoning` has up to
        2,000 characters, `source["ref"]` 500, `idempotency_key` 1 to 256. The same key with the same payload
        returns the same run; with another payload it raises DaaiConflictError. Without a key, every call is a
        new run. With `ask_again`, a key whose last run was rejected, blocked or failed proposes again: as a
        run of its own with `previous_run_id`, whose payload may differ. While the last run is pending, may
        run or has run, it is returned as usual. Pass `accepts_changes` only if you execute with the payload
        of the claim, as `execution` gives it: a person can then approve the run with a change. Raises
        DaaiTooSoonError while the action's cool-down holds
        it off, DaaiPayloadError for what can't be sent, DaaiQuotaError if a monthly limit has been reached.
        """
        return self._run(
            self._intercept_flow(
                action, payload, idempotency_key, reasoning, source, actor, claim, ask_again, accepts_changes
            )
        )

    def status(self, run_id: str | UUID) -> RunStatus:
        """Return the current state of a run. Raises DaaiNotFoundError if the workspace doesn't have it."""
        return self._run(self._status_flow(run_id))

    def wait(
        self, run_id: str | UUID, timeout: float | None = None, *, on_cancel: OnCancel | None = None
    ) -> RunStatus:
        """Wait until the run is decided, using long polls of up to `poll_seconds` each.

        `timeout` is in seconds; None waits for as long as it takes. Raises ApprovalTimeout, whose `run` is
        the pending run. With `on_cancel="withdraw"`, a wait that is canceled or interrupted (not one that
        times out) withdraws the run before it ends.
        """
        return self._run(self._wait_flow(run_id, timeout, on_cancel))

    def withdraw(self, run_id: str | UUID, reason: str) -> Withdrawal:
        """End a request that is no longer needed: pending, or executable and not claimed by anyone.

        The run becomes rejected with the reason `withdrawn`, approvers' links say so, and nobody is reminded.
        Withdrawing it again is a replay. Raises DaaiConflictError with the code `already_claimed`,
        `already_reported` or `already_decided` when it is too late.
        """
        return self._run(self._withdraw_flow(run_id, reason))

    def claim(
        self, run_id: str | UUID, worker: str, lease_seconds: int = 60, payload: Any = None
    ) -> ClaimedRun:
        """Take the exclusive right to execute a run for `lease_seconds`, from 5 to 3,600.

        Raises DaaiConflictError with the code `already_claimed`, `not_executable`, `already_reported`, or
        `payload_changed` if `payload` is given and isn't the one that was decided on. A lost response leaves
        nothing behind: the next attempt gets the same claim, and a claim that no attempt received is
        released.
        """
        return self._run(self._claim_flow(run_id, worker, lease_seconds, payload))

    def renew_claim(self, run_id: str | UUID, claim_token: str, lease_seconds: int = 60) -> ClaimState:
        """Extend a claim to `lease_seconds` from now. Raises DaaiConflictError if it is lost."""
        return self._run(self._renew_flow(run_id, claim_token, lease_seconds))

    def release_claim(self, run_id: str | UUID, claim_token: str) -> ClaimState:
        """Release a claim without executing. After executing, report instead."""
        return self._run(self._release_flow(run_id, claim_token))

    def report_executed(
        self, run_id: str | UUID, execution_result: Any = None, *, claim_token: str | None = None
    ) -> ExecutionReport:
        """Report that the action ran. `execution_result` is a dict or dataclass, up to 16,384 bytes of JSON.

        Repeating the same report is harmless. A different one raises DaaiConflictError, as does a missing or
        wrong `claim_token` while a claim is active.
        """
        return self._run(self._report_executed_flow(run_id, execution_result, claim_token))

    def report_failed(
        self,
        run_id: str | UUID,
        execution_error: str,
        execution_result: Any = None,
        *,
        claim_token: str | None = None,
    ) -> ExecutionReport:
        """Report that the action failed. `execution_error` is cut at 4,000 characters."""
        return self._run(self._report_failed_flow(run_id, execution_error, execution_result, claim_token))

    def execution(
        self,
        run: Run | str | UUID,
        *,
        wait: float | None = None,
        worker: str | None = None,
        lease_seconds: int = 60,
        on_cancel: OnCancel | None = None,
    ) -> Execution:
        """Return a `with` block that runs only under a claim on `run`, a result of this client or a run id.

        It waits up to `wait` seconds for a decision, claims, renews the claim while the block runs, and
        reports: executed with the block's `result`, or failed with the exception, which is re-raised. Raises
        ActionPending, ApprovalTimeout, ActionBlocked, ActionRejected, ActionFrozen or ActionAlreadyTaken
        before the block, and ExecutionNotReported after it.
        """
        flow = admit(self, run, wait, worker or new_worker(), lease_seconds, on_cancel=on_cancel)
        return Execution(self, self._perform, flow)

    def governed(
        self,
        action: str,
        *,
        payload: Payload = None,
        idempotency_key: str | Callable[..., str] | None = None,
        wait: float | None = None,
        reasoning: str | None = None,
        source: Mapping[str, Any] | None = None,
        actor: str | None = None,
        lease_seconds: int = 60,
        on_cancel: OnCancel | None = None,
        ask_again: bool = False,
        on_change: OnChange | None = None,
    ) -> Callable[[F], F]:
        """Decorate a function so that every call is proposed first and runs only if it may.

        `payload` and `idempotency_key` are values, or functions of the call's arguments. The default payload
        is the arguments by name. The rest works as in `execution`. `async def` functions work as well.

        With the default payload of plain values (str, int, float, bool, None, Decimal, and dicts, lists,
        tuples and dataclasses of them), a person can approve a call with a change, and the function is called
        with the changed arguments. `on_change(result, run)` then makes what the call returns, such as a text
        that tells a model: `run.change_explanation` says who changed what and why.
        """
        return govern(
            self,
            self._perform,
            action,
            payload,
            idempotency_key,
            wait,
            reasoning,
            source,
            actor,
            lease_seconds,
            on_cancel,
            ask_again,
            on_change,
        )

    def close(self) -> None:
        self._connections.close()

    def __enter__(self) -> DaaiClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, flow: Flow[T]) -> T:
        return drive(flow, self._perform)

    def _perform(self, effect: Effect) -> httpx.Response | None:
        if isinstance(effect, Sleep):
            self._sleep(effect.seconds)
            return None
        return self._connections.send(effect)
