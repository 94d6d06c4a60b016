"""A client that was used before its process forked. Arguments: mode, base URL, two actions, a store.

The first action is allowed, the second one waits for a person. Every child makes one call at the same moment.
Prints what came of each: its number, what its function was called with, what was answered, its worker.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
from scripted import API_KEY, WORKSPACE_KEY

from daai import (
    AsyncDaaiClient,
    DaaiActionRunner,
    DaaiClient,
    DaaiError,
    SQLiteCheckpointStore,
    SQLitePendingStore,
)

CHILDREN = 4
KEYS = (
    os.environ.get("DAAI_TEST_API_KEY", API_KEY),
    os.environ.get("DAAI_TEST_WORKSPACE_KEY", WORKSPACE_KEY),
)
ran: list[int] = []
Call = Callable[[int], object]


def sync(url: str, allowed: str, waiting: str, _store: str) -> Call:
    return governed_by(DaaiClient(*KEYS, url), allowed, waiting)


def witness(url: str, allowed: str, waiting: str, store: str) -> Call:
    kept = SQLiteCheckpointStore(f"{store}.checkpoints")
    return governed_by(DaaiClient(*KEYS, url, checkpoint_store=kept), allowed, waiting)


def governed_by(client: DaaiClient, allowed: str, waiting: str) -> Call:
    client.intercept(allowed, {"warm": time.time()})

    def act(number: int, at: float) -> dict[str, Any]:
        ran.append(number)
        return {"by": number}

    return lambda n: client.governed(waiting if n == 0 else allowed)(act)(n, time.time())


def asynchronous(url: str, allowed: str, waiting: str, _store: str) -> Call:
    client = AsyncDaaiClient(*KEYS, url)
    # Lives on in the children, with what the parent has open.
    loop = asyncio.new_event_loop()
    loop.run_until_complete(client.intercept(allowed, {"warm": time.time()}))

    async def act(number: int, at: float) -> dict[str, Any]:
        ran.append(number)
        return {"by": number}

    return lambda n: asyncio.run(client.governed(waiting if n == 0 else allowed)(act)(n, time.time()))


def runner(url: str, allowed: str, _waiting: str, store: str) -> Call:
    client, pending = DaaiClient(*KEYS, url), SQLitePendingStore(store)
    for number in range(3 * CHILDREN):
        payload = {"number": number, "at": time.time()}
        pending.add(client.intercept(allowed, payload).action_run_id, allowed, payload)
    made_before = DaaiActionRunner(client, pending)
    made_before.when_executable(allowed, lambda payload: ran.append(payload["number"]))
    return lambda _n: made_before.run_pending_once()


def given(url: str, allowed: str, _waiting: str, _store: str) -> Call:
    client = DaaiClient(*KEYS, url, http_client=httpx.Client())
    client.intercept(allowed, {"warm": time.time()})
    return lambda n: client.intercept(allowed, {"number": n})


MODES = {"sync": sync, "witness": witness, "async": asynchronous, "runner": runner, "given": given}


def main(mode: str, *arguments: str) -> None:
    fork = multiprocessing.get_context("fork")
    call, together, told = MODES[mode](*arguments), fork.Barrier(CHILDREN), fork.SimpleQueue()

    def child(n: int) -> None:
        together.wait()
        try:
            call(n)
            outcome = "returned"
        except DaaiError as error:
            outcome = f"{type(error).__name__}: {error}"
        told.put({"number": n, "ran": ran, "outcome": outcome})

    children = [fork.Process(target=child, args=(n,)) for n in range(CHILDREN)]
    for process in children:
        process.start()
    print(json.dumps([told.get() for _ in children]))  # noqa: T201
    for process in children:
        process.join()
    # The parent's own connection was neither used nor closed.
    if mode != "async":
        call(9)


if __name__ == "__main__":
    main(*sys.argv[1:])
