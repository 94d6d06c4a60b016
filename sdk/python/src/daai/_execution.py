"""The `with` blocks that run only under a claim."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Union
from uuid import uuid4

from . import _lease
from ._admission import Held, settle
from ._base_client import BaseClient, logger
from ._exceptions import DaaiConflictError, DaaiNotFoundError
from ._flow import Effect, Flow, drive, drive_async
from ._lease import LeaseKeeper
from ._models import ClaimState, Run

Opening = Union["Flow[Held]", Held]
"""What leads to a held run when the execution is entered, or one that is held already."""


def new_worker() -> str:
    """A unique name that a person can trace."""
    return f"{socket.gethostname()[:64]}:{os.getpid()}:{uuid4().hex[:12]}"


class BaseExecution:
    """One execution under a claim. Set `result` to what should be reported."""

    def __init__(self, client: BaseClient) -> None:
        self.result: Any = None
        self._client = client
        self._held: Held | None = None

    @property
    def run(self) -> Run:
        """The run as the console described it when it could be claimed."""
        return self._claim.run

    @property
    def action_run_id(self) -> str:
        return self._claim.run.action_run_id

    @property
    def payload(self) -> dict[str, Any]:
        """The payload that was decided on; act on this."""
        if self._claim.payload is None:
            raise RuntimeError(
                "this claim came with the response to intercept(); its payload is the one you sent"
            )
        return self._claim.payload

    def _require_fresh(self) -> None:
        if self._held is not None:
            raise RuntimeError("an execution can be entered only once; create a new one for another run")

    def _renewal(self) -> Flow[ClaimState]:
        held = self._claim
        return self._client._renew_flow(held.run.action_run_id, held.token, held.lease_seconds)

    @property
    def _claim(self) -> Held:
        if self._held is None:
            raise RuntimeError("enter the execution with `with` before using it")
        return self._held


class Execution(BaseExecution):
    """Created by `DaaiClient.execution`; use it once, in a `with` statement."""

    def __init__(
        self,
        client: BaseClient,
        perform: Callable[[Effect], Any],
        opening: Opening,
    ) -> None:
        super().__init__(client)
        self._perform = perform
        self._opening = opening

    def __enter__(self) -> Execution:
        self._require_fresh()
        opening = self._opening
        held = self._held = opening if isinstance(opening, Held) else drive(opening, self._perform)
        self._keeper = LeaseKeeper(self._renew, held.lease_seconds)
        try:
            self._keeper.__enter__()
        except BaseException:
            # No thread could be started, for example. Nothing has run.
            drive(self._client._release_flow(self.action_run_id, held.token), self._perform)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeper.__exit__(kind, error, trace)
        drive(settle(self._client, self._claim, self.result, error), self._perform)

    def _renew(self) -> ClaimState:
        return drive(self._renewal(), self._perform)


class AsyncExecution(BaseExecution):
    """Created by `AsyncDaaiClient.execution`; use it once, in an `async with` statement."""

    def __init__(
        self,
        client: BaseClient,
        perform: Callable[[Effect], Awaitable[Any]],
        opening: Opening,
    ) -> None:
        super().__init__(client)
        self._perform = perform
        self._opening = opening

    async def __aenter__(self) -> AsyncExecution:
        self._require_fresh()
        opening = self._opening
        self._held = opening if isinstance(opening, Held) else await drive_async(opening, self._perform)
        self._keeper = asyncio.ensure_future(self._keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeper.cancel()
        # It has run, so its report is delivered even if the task is canceled meanwhile.
        settling = asyncio.ensure_future(self._settle(error))
        cancelled: asyncio.CancelledError | None = None
        while not settling.done():
            try:
                await asyncio.wait([settling])
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is None:
            settling.result()
            return
        if not settling.cancelled() and settling.exception() is not None:
            logger.warning("run %s was canceled: %s", self.action_run_id, settling.exception())
        raise cancelled

    async def _settle(self, error: BaseException | None) -> None:
        await asyncio.wait([self._keeper])
        await drive_async(settle(self._client, self._claim, self.result, error), self._perform)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._claim.lease_seconds / _lease.RENEWALS_PER_LEASE)
            try:
                await drive_async(self._renewal(), self._perform)
            except (DaaiConflictError, DaaiNotFoundError) as lost:
                logger.warning("the claim is lost: %s", lost)
                return
            except Exception as problem:
                logger.warning("the claim couldn't be renewed: %s", problem)
