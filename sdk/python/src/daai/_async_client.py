"""The client for asyncio code: the same methods, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar
from uuid import UUID

import httpx

from ._admission import admit
from ._base_client import BaseClient
from ._config import DEFAULT_POLL_SECONDS
from ._connections import AsyncConnections
from ._execution import AsyncExecution, new_worker
from ._flow import Effect, Flow, Sleep, T, drive_async
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


class AsyncDaaiClient(BaseClient):
    """`DaaiClient` with `await`: the same arguments, results, exceptions and retries.

    Each event loop, and after a fork each process, uses its own connections. Your own `http_client` can be
    used in one loop only (DaaiConfigError). `aclose` closes those of its loop. `execution` is an
    `async with` block, and `governed` decorates `async def` functions only.
    """

    _sleep: Callable[[float], Awaitable[None]] = staticmethod(asyncio.sleep)

    def __init__(
        self,
        api_key: str | None = None,
        workspace_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 10.0,
        http_client: httpx.AsyncClient | None = None,
        *,
        checkpoint_store: CheckpointStore | None = None,
        log_keys: Sequence[str] = (),
        poll_seconds: int = DEFAULT_POLL_SECONDS,
    ) -> None:
        super().__init__(
            api_key, workspace_key, base_url, timeout_seconds, checkpoint_store, log_keys, poll_seconds
        )
        self._connections = AsyncConnections(http_client)

    async def intercept(
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
        """As `DaaiClient.intercept`."""
        return await self._run(
            self._intercept_flow(
                action, payload, idempotency_key, reasoning, source, actor, claim, ask_again, accepts_changes
            )
        )

    async def status(self, run_id: str | UUID) -> RunStatus:
        """As `DaaiClient.status`."""
        return await self._run(self._status_flow(run_id))

    async def wait(
        self, run_id: str | UUID, timeout: float | None = None, *, on_cancel: OnCancel | None = None
    ) -> RunStatus:
        """As `DaaiClient.wait`."""
        return await self._run(self._wait_flow(run_id, timeout, on_cancel))

    async def withdraw(self, run_id: str | UUID, reason: str) -> Withdrawal:
        """As `DaaiClient.withdraw`."""
        return await self._run(self._withdraw_flow(run_id, reason))

    async def claim(
        self, run_id: str | UUID, worker: str, lease_seconds: int = 60, payload: Any = None
    ) -> ClaimedRun:
        """As `DaaiClient.claim`."""
        return await self._run(self._claim_flow(run_id, worker, lease_seconds, payload))

    async def renew_claim(self, run_id: str | UUID, claim_token: str, lease_seconds: int = 60) -> ClaimState:
        """As `DaaiClient.renew_claim`."""
        return await self._run(self._renew_flow(run_id, claim_token, lease_seconds))

    async def release_claim(self, run_id: str | UUID, claim_token: str) -> ClaimState:
        """As `DaaiClient.release_claim`."""
        return await self._run(self._release_flow(run_id, claim_token))

    async def report_executed(
        self, run_id: str | UUID, execution_result: Any = None, *, claim_token: str | None = None
    ) -> ExecutionReport:
        """As `DaaiClient.report_executed`."""
        return await self._run(self._report_executed_flow(run_id, execution_result, claim_token))

    async def report_failed(
        self,
        run_id: str | UUID,
        execution_error: str,
        execution_result: Any = None,
        *,
        claim_token: str | None = None,
    ) -> ExecutionReport:
        """As `DaaiClient.report_failed`."""
        return await self._run(
            self._report_failed_flow(run_id, execution_error, execution_result, claim_token)
        )

    def execution(
        self,
        run: Run | str | UUID,
        *,
        wait: float | None = None,
        worker: str | None = None,
        lease_seconds: int = 60,
        on_cancel: OnCancel | None = None,
    ) -> AsyncExecution:
        """As `DaaiClient.execution`."""
        flow = admit(self, run, wait, worker or new_worker(), lease_seconds, on_cancel=on_cancel)
        return AsyncExecution(self, self._perform, flow)

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
        """As `DaaiClient.governed`."""
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

    async def aclose(self) -> None:
        await self._connections.aclose()

    async def __aenter__(self) -> AsyncDaaiClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _run(self, flow: Flow[T]) -> T:
        return await drive_async(flow, self._perform)

    async def _perform(self, effect: Effect) -> httpx.Response | None:
        if isinstance(effect, Sleep):
            await self._sleep(effect.seconds)
            return None
        return await self._connections.send(effect)
