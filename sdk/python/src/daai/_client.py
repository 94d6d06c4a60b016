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
from ._connections import Connections, not_sent
from ._exceptions import DaaiError
from ._execution import Execution, new_worker
from ._flow import Effect, Flow, Sleep, T, drive
from ._governed import Payload, govern
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
    """Asks the console whether an action may run, and tells it what became of it. Thread-safe.

    What is not given comes from DAAI_API_KEY, DAAI_WORKSPACE_KEY and DAAI_BASE_URL (else
    http://localhost:3000/api). `timeout_seconds` bounds connecting, and each wait for bytes, of one try.
    `poll_seconds`, from 1 to 60, is how long `wait` holds one request open: less than what is between here
    and the console lets pass in silence.
    After a fork each process uses connections of its own. An `http_client` of your own is used but never
    closed; it cannot be used after a fork (DaaiConfigError). Raises DaaiConfigError.

    Every method may raise DaaiConnectionError when there is no answer after three tries, and the DaaiApiError
    that fits the answer. Connection errors, 408, 429 and 5xx are tried again with full jitter; a Retry-After
    of up to 60 seconds is kept to (RFC 9110 section 10.2.3).

    With a `checkpoint_store` the client is a witness of the workspace's log of receipts: each method may also
    raise LogTampered. `log_keys` are the verifier keys to trust; without them the first look is taken on
    trust. It takes the package cryptography (DaaiError): pip install 'daai-python[verify]'.
    """

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
        self._sleep: Callable[[float], None] = time.sleep

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
    ) -> InterceptResult:
        """Propose an action; nothing of yours is called. Run it only when `executable` is true.

        `payload` is a dict or dataclass of at most 16,384 bytes of JSON and 31 levels; `reasoning` has up to
        2,000 characters, `source["ref"]` 500, `idempotency_key` 1 to 256. The same key with the same payload
        gives back the same run; with another payload it raises DaaiConflictError. Without a key every call is
        a new run. Raises DaaiPayloadError for what cannot be sent, DaaiQuotaError when a quota is used up.
        """
        return self._run(
            self._intercept_flow(action, payload, idempotency_key, reasoning, source, actor, claim)
        )

    def status(self, run_id: str | UUID) -> RunStatus:
        """The present state of a run. Raises DaaiNotFoundError if this workspace has no such run."""
        return self._run(self._status_flow(run_id))

    def wait(
        self, run_id: str | UUID, timeout: float | None = None, *, on_cancel: OnCancel | None = None
    ) -> RunStatus:
        """Hold until the run is decided, by the console's long poll of up to `poll_seconds` a time.

        `timeout` is in seconds; None waits for as long as it takes. Raises ApprovalTimeout, which carries
        the pending run. With `on_cancel="withdraw"` a wait that is cancelled or interrupted (not one that
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
        `payload_changed` when `payload` is given and is not what was decided on. An answer that got lost
        leaves nothing behind: the next try is given the same claim, and one that nobody got is given back.
        """
        return self._run(self._claim_flow(run_id, worker, lease_seconds, payload))

    def renew_claim(self, run_id: str | UUID, claim_token: str, lease_seconds: int = 60) -> ClaimState:
        """Extend a claim to `lease_seconds` from now. Raises DaaiConflictError when it is no longer ours."""
        return self._run(self._renew_flow(run_id, claim_token, lease_seconds))

    def release_claim(self, run_id: str | UUID, claim_token: str) -> ClaimState:
        """Give a claim back. Only before executing: afterwards, report."""
        return self._run(self._release_flow(run_id, claim_token))

    def report_executed(
        self, run_id: str | UUID, execution_result: Any = None, *, claim_token: str | None = None
    ) -> ExecutionReport:
        """Say that the action ran. `execution_result` is a dict or dataclass of at most 16,384 bytes of JSON.

        Repeating the same report is harmless; a different one raises DaaiConflictError, as does a missing or
        wrong `claim_token` while a claim is live.
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
        """Say that it failed. `execution_error` is cut at 4,000 characters; else as `report_executed`."""
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
        """A `with` block that runs only under a claim on `run`, which is an answer or a run id.

        It waits up to `wait` seconds for a decision, claims, renews the claim while the block runs, and
        reports: executed with the block's `result`, or failed with the exception, which goes on. Raises
        ActionPending, ApprovalTimeout, ActionBlocked, ActionRejected or ActionAlreadyTaken before the block,
        and ExecutionNotReported after it.
        """
        flow = admit(self, run, wait, worker or new_worker(), lease_seconds, on_cancel=on_cancel)
        return Execution(self, self._perform, flow, lease_seconds)

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
    ) -> Callable[[F], F]:
        """Decorate a function so that every call is proposed first and runs only when it may.

        `payload` and `idempotency_key` are values, or functions of the call's arguments; without a payload
        it is the arguments by name. Then as `execution`. Works on `async def` functions too.
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
        try:
            return self._connections.get().request(
                effect.method,
                effect.url,
                headers=effect.headers,
                content=effect.content,
                timeout=httpx.Timeout(effect.timeout_seconds, read=effect.read_timeout_seconds),
                follow_redirects=False,
            )
        except DaaiError:
            raise
        except Exception as error:
            raise not_sent(effect.url, error) from error
