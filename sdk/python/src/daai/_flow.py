"""Conversations with the console as generators, so that each is written once for sync and async.

A flow yields an effect, and the outcome is sent, or thrown, back in. It does no I/O itself.
`drive` and `drive_async` run a flow with a function that performs effects.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar, Union

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """One HTTP request; the outcome is an `httpx.Response` or a DaaiConnectionError."""

    method: str
    url: str
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)
    timeout_seconds: float
    read_timeout_seconds: float
    call: str = ""
    """Echoed in the console's response; `_responses.parse` rejects a response without it."""


@dataclass(frozen=True)
class Sleep:
    seconds: float


Effect = Union[Send, Sleep]
Flow = Generator[Effect, Any, T]


def drive(flow: Flow[T], perform: Callable[[Effect], Any]) -> T:
    try:
        effect = next(flow)
        while True:
            try:
                outcome = perform(effect)
            except BaseException as error:
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as end:
        result: T = end.value
        return result


async def drive_async(flow: Flow[T], perform: Callable[[Effect], Awaitable[Any]]) -> T:
    """Drives a flow. Its effects after a cancellation, such as a withdrawal, are not canceled again."""
    is_canceled = False
    try:
        effect = next(flow)
        while True:
            try:
                outcome = await (_to_the_end(perform(effect)) if is_canceled else perform(effect))
            except BaseException as error:
                is_canceled = is_canceled or isinstance(error, asyncio.CancelledError)
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as end:
        result: T = end.value
        return result


async def _to_the_end(step: Awaitable[Any]) -> Any:
    task = asyncio.ensure_future(step)
    while not task.done():
        # The flow ends with the first cancellation. Some libraries cancel again until everything has ended.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    return task.result()
