"""Clients whose console says exactly what a test wrote down, and whose sleeps take no time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Union

import anyio
import httpx

from daai import AsyncDaaiClient, DaaiClient

API_KEY = "daai_sk_" + "a" * 30
WORKSPACE_KEY = "daai_wk_" + "b" * 30
BASE_URL = "http://console.test/api"
RUN_ID = "01890000-0000-7000-8000-000000000001"

Step = Union[httpx.Response, Exception, Callable[[httpx.Request], httpx.Response]]


def answer(status: int = 200, /, headers: Any = None, **fields: Any) -> httpx.Response:
    kind = "application/json" if status < 400 else "application/problem+json"
    return httpx.Response(
        status, headers={"Content-Type": kind, **(headers or {})}, content=json.dumps(fields)
    )


def decision(governance: str = "allowed", **changes: Any) -> dict[str, Any]:
    may_run = governance in ("allowed", "approved")
    return {
        "action_run_id": RUN_ID,
        "governance_status": governance,
        "execution_status": "awaiting_execution_report" if may_run else "not_executed",
        "governance_reason": "policy_always_allow",
        "executable": may_run,
        "idempotent_replay": False,
        "receipt": None,
        "claim": None,
        "links": {"run": "http://console.test/runs/1"},
        **changes,
    }


def run_status(governance: str = "approved", **changes: Any) -> dict[str, Any]:
    fields = decision(governance)
    for name in ("idempotent_replay", "links", "claim"):
        del fields[name]
    return {
        **fields,
        "action": "send_mail",
        "created_at": "2026-01-01T00:00:00.000Z",
        "decided_at": None,
        "claimed": False,
        "claim_expires_at": None,
        **changes,
    }


def claimed(**changes: Any) -> dict[str, Any]:
    return {
        "action_run_id": RUN_ID,
        "action": "send_mail",
        "payload": {"amount": 5},
        "payload_hash": "7e84cbf0f7a7c92c037058665d66152f8eb8580ab2534e52c877bccceb9cc7bf",
        "policy_version": 1,
        "claim": {"token": "tok", "expires_at": "2026-01-01T00:01:00.000Z"},
        **changes,
    }


def report(status: str = "executed", **changes: Any) -> dict[str, Any]:
    return {"action_run_id": RUN_ID, "execution_status": status, "idempotent_replay": False, **changes}


class Script:
    """A transport that plays one step for every request, and keeps the requests."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.requests: list[httpx.Request] = []
        self.sleeps: list[float] = []
        self.monotonic: Callable[[], float] = time.monotonic
        self.names_calls = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        response = step if isinstance(step, httpx.Response) else step(request)
        if self.names_calls:
            # As the console does; a step that brings the header itself keeps it.
            response.headers.setdefault("DAAI-Call", request.headers["DAAI-Call"])
        return response

    @property
    def paths(self) -> list[str]:
        return [
            request.url.path.replace(f"/api/v1/sdk/action-runs/{RUN_ID}", "") for request in self.requests
        ]

    def body(self, index: int = -1) -> Any:
        return json.loads(self.requests[index].content)

    def client(self) -> DaaiClient:
        http = httpx.Client(transport=httpx.MockTransport(self))
        client = DaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http)
        client._sleep = self.sleeps.append
        client._random = lambda: 1.0
        client._monotonic = self.monotonic
        return client

    def async_client(self) -> AsyncDaaiClient:
        async def sleep(seconds: float) -> None:
            self.sleeps.append(seconds)

        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http)
        client._sleep = sleep
        client._random = lambda: 1.0
        client._monotonic = self.monotonic
        return client


Call = Callable[..., Any]


def call_sync(script: Script, method: str, *args: Any, **kwargs: Any) -> Any:
    return getattr(script.client(), method)(*args, **kwargs)


def call_async(script: Script, method: str, *args: Any, **kwargs: Any) -> Any:
    async def run() -> Any:
        return await getattr(script.async_client(), method)(*args, **kwargs)

    return anyio.run(run)
