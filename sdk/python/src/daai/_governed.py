"""`@client.governed(...)`: a function that proposes itself before it runs."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, Union, cast

from ._admission import Held, admit
from ._arguments import Mapped, mapped_arguments
from ._base_client import BaseClient
from ._execution import AsyncExecution, BaseExecution, Execution, new_worker
from ._flow import Effect, Flow
from ._models import OnCancel, Run
from ._outcome import refuse_awaitable
from ._payload import json_object
from ._proposal import check_key

F = TypeVar("F", bound=Callable[..., Any])
Payload = Union[Mapping[str, Any], Callable[..., Any], None]
OnChange = Callable[[Any, Run], Any]
"""Makes what a call returns of the function's result and the run that a person approved with a change."""


def govern(
    client: BaseClient,
    perform: Callable[[Effect], Any],
    action: str,
    payload: Payload,
    idempotency_key: str | Callable[..., str] | None,
    wait: float | None,
    reasoning: str | None,
    source: Mapping[str, Any] | None,
    actor: str | None,
    lease_seconds: int,
    on_cancel: OnCancel | None = None,
    ask_again: bool = False,
    on_change: OnChange | None = None,
) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        if not callable(function):
            made = type(function).__name__
            raise TypeError(
                f"{made} isn't a function: put @client.governed directly above the def, "
                f"below what makes it a {made}"
            )
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError("a generator can't be governed, because it runs only as it is consumed")

        def proposal(args: tuple[Any, ...], kwargs: dict[str, Any], mapped: Mapped | None) -> Flow[Held]:
            described = mapped.payload if mapped else _describe(payload, args, kwargs)
            key = idempotency_key
            if callable(key):
                # Without a key, every call would be a new run.
                key = check_key(key(*args, **kwargs))
            return propose(
                client,
                action,
                described,
                key,
                reasoning=reasoning,
                source=source,
                actor=actor,
                wait=wait,
                lease_seconds=lease_seconds,
                on_cancel=on_cancel,
                ask_again=ask_again,
                accepts_changes=mapped is not None and mapped.accepts_changes,
            )

        # Only the default payload, the arguments by name, leads back to the arguments.
        bind = functools.partial(mapped_arguments, function) if payload is None else None
        return cast(F, _wrap(client, perform, function, proposal, bind, on_change))

    return decorate


def propose(
    client: BaseClient,
    action: str,
    payload: Any,
    key: str | None,
    *,
    lease_seconds: int,
    accepts_changes: bool,
    reasoning: str | None = None,
    source: Mapping[str, Any] | None = None,
    actor: str | None = None,
    wait: float | None = None,
    on_cancel: OnCancel | None = None,
    ask_again: bool = False,
) -> Flow[Held]:
    proposed = json_object(payload, "payload")
    worker = new_worker()
    run = yield from client._intercept_flow(
        action,
        proposed,
        key,
        reasoning,
        source,
        actor,
        {"worker": worker, "lease_seconds": lease_seconds},
        ask_again,
        accepts_changes,
    )
    return (yield from admit(client, run, wait, worker, lease_seconds, proposed, on_cancel, accepts_changes))


def _describe(payload: Payload, args: Any, kwargs: Any) -> Any:
    if callable(payload):
        return payload(*args, **kwargs)
    return payload


def _wrap(
    client: BaseClient,
    perform: Callable[[Effect], Any],
    function: Callable[..., Any],
    proposal: Callable[[tuple[Any, ...], dict[str, Any], Mapped | None], Flow[Held]],
    bind: Callable[..., Mapped] | None,
    on_change: OnChange | None,
) -> Callable[..., Any]:
    is_async = inspect.iscoroutinefunction(perform)
    if inspect.iscoroutinefunction(function):
        perform_async = perform if is_async else in_threads(perform)

        @functools.wraps(function)
        async def run_async(*args: Any, **kwargs: Any) -> Any:
            mapped = None if bind is None else bind(args, kwargs)
            execution = AsyncExecution(client, perform_async, proposal(args, kwargs, mapped))
            async with execution:
                args, kwargs = _decided(mapped, execution, args, kwargs)
                execution.result = await function(*args, **kwargs)
            result = _told(execution, on_change)
            return await result if inspect.isawaitable(result) else result

        return run_async

    if is_async:
        raise TypeError("AsyncDaaiClient governs `async def` functions; use DaaiClient for others")

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        mapped = None if bind is None else bind(args, kwargs)
        with Execution(client, perform, proposal(args, kwargs, mapped)) as execution:
            args, kwargs = _decided(mapped, execution, args, kwargs)
            execution.result = function(*args, **kwargs)
            refuse_awaitable(execution.result)
        return _told(execution, on_change)

    return run


def _decided(mapped: Mapped | None, execution: BaseExecution, args: Any, kwargs: Any) -> tuple[Any, Any]:
    """The arguments to call the function with: as they were decided on."""
    if mapped is None or not execution.run.payload_changed:
        return args, kwargs
    return mapped.changed_to(execution.payload)


def _told(execution: BaseExecution, on_change: OnChange | None) -> Any:
    if on_change is None or not execution.run.payload_changed:
        return execution.result
    return on_change(execution.result, execution.run)


def in_threads(perform: Callable[[Effect], Any]) -> Callable[[Effect], Awaitable[Any]]:
    """Runs a blocking client's requests in threads, so that the event loop isn't blocked."""

    async def perform_async(effect: Effect) -> Any:
        return await asyncio.to_thread(perform, effect)

    return perform_async
