"""Makes the calls of a case with the sync or the async client, and compares what they return or raise."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Protocol, Union
from uuid import uuid4

import anyio
import httpx
from scripted import API_KEY, WORKSPACE_KEY

from daai import AsyncDaaiClient, DaaiClient, DaaiError

from .cases import Case
from .values import differences, fill

Client = Union[DaaiClient, AsyncDaaiClient]

NOT_CALLED = ("decide", "advance", "freeze", "thaw")


class OwnError(Exception):
    """What a case's function raises."""


class Clock:
    """Stands still except for the seconds of a scripted response, and for sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def take(self, response: httpx.Response) -> None:
        self.now += float(response.headers.get("Conformance-Seconds", 0))

    async def take_async(self, response: httpx.Response) -> None:
        self.take(response)

    def rule(self, client: Client) -> None:
        client._random = lambda: 1.0
        client._monotonic = lambda: self.now


class ConsoleActs(Protocol):
    """What a case does to a console besides calling it. The scripted server needs none of it."""

    def set_up(self, actions: dict[str, str], budgets: list[dict[str, Any]]) -> None: ...

    def decide(
        self, run_id: str, decision: str, comment: str | None = None, grant: dict[str, Any] | None = None
    ) -> None:
        """What a person does to a run."""

    def freeze(self, action: str) -> None: ...

    def thaw(self, action: str) -> None: ...

    def advance(self, seconds: float) -> None:
        """Turns a fake's clock."""


class Player:
    """Plays one case."""

    def __init__(self, run_id: str, acts: ConsoleActs | None = None) -> None:
        self.known: dict[str, Any] = {"$run": run_id, "$unique": str(uuid4())}
        self._acts = acts
        self.called = 0
        self.payload: Any = None

    def _set_up(self, case: Case) -> None:
        setup = case.get("setup")
        if setup is None:
            return
        suffix = self.known["$unique"][:8]
        self.known.update({name: f"{name[1:]}_{suffix}" for name in setup["actions"]})
        if self._acts is not None:
            actions = {self.known[name]: policy for name, policy in setup["actions"].items()}
            self._acts.set_up(actions, fill(setup.get("budgets", []), self.known))

    def play(self, case: Case, client: DaaiClient) -> list[str]:
        self._set_up(case)

        def make(method: str, arguments: dict[str, Any], function: dict[str, Any]) -> Any:
            if method == "execution":
                with client.execution(arguments.pop("run"), **arguments) as execution:
                    execution.result = self._act(function, execution)
                return None
            if method == "governed":
                call = arguments.pop("call", {})
                act = _named(lambda **given: self._act(function, given=given), call)
                return client.governed(arguments.pop("action"), **arguments)(act)(**call)
            return getattr(client, method)(**arguments)

        return [problem for call in case["calls"] for problem in self._problems(call, make)]

    async def play_async(self, case: Case, client: AsyncDaaiClient) -> list[str]:
        self._set_up(case)

        async def make(method: str, arguments: dict[str, Any], function: dict[str, Any]) -> Any:
            if method == "execution":
                async with client.execution(arguments.pop("run"), **arguments) as execution:
                    execution.result = self._act(function, execution)
                return None
            if method == "governed":

                async def act(**given: Any) -> Any:
                    return self._act(function, given=given)

                call = arguments.pop("call", {})
                return await client.governed(arguments.pop("action"), **arguments)(_named(act, call))(**call)
            return await getattr(client, method)(**arguments)

        problems: list[str] = []
        for call in case["calls"]:
            outcome = None if self._happens(call) else await _settle(make, *self._prepare(call))
            problems += self._compare(call, outcome)
        return problems

    def _problems(self, call: dict[str, Any], make: Callable[..., Any]) -> Iterator[str]:
        outcome: Any = None
        if not self._happens(call):
            try:
                outcome = make(*self._prepare(call))
            except (DaaiError, OwnError) as error:
                outcome = error
        yield from self._compare(call, outcome)

    def _happens(self, call: dict[str, Any]) -> bool:
        """Does what isn't a call of the client."""
        method, arguments = call["method"], fill(call["arguments"], self.known)
        if method not in NOT_CALLED or self._acts is None:
            return method in NOT_CALLED
        if method == "decide":
            comment, grant = arguments.get("comment"), arguments.get("grant")
            self._acts.decide(self.known["$run"], arguments["decision"], comment, grant)
        elif method == "advance":
            self._acts.advance(arguments["seconds"])
        elif method == "freeze":
            self._acts.freeze(arguments["action"])
        else:
            self._acts.thaw(arguments["action"])
        return True

    def _prepare(self, call: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
        self.called, self.payload = 0, None
        arguments = fill(call["arguments"], self.known)
        if "of" in arguments:
            arguments["run"] = arguments.pop("of")
        elif "run" in arguments and call["method"] != "execution":
            arguments["run_id"] = arguments.pop("run")
        return call["method"], arguments, fill(call.get("function", {}), self.known)

    def _act(self, function: dict[str, Any], execution: Any = None, given: Any = None) -> Any:
        self.called += 1
        has_payload = execution is not None and execution._held.payload is not None
        self.payload = execution.payload if has_payload else given
        if "raises" in function:
            raise OwnError(function["raises"])
        return function.get("returns")

    def _compare(self, call: dict[str, Any], outcome: Any) -> Iterator[str]:
        method = call["method"]
        if method in NOT_CALLED:
            return
        if method == "intercept" and not isinstance(outcome, Exception):
            self.known.update({"$run": outcome.action_run_id, "$last": outcome})
        claim = getattr(outcome, "claim", None)
        if claim is not None:
            self.known["$token"] = claim.token
        if "called" in call and call["called"] != self.called:
            yield f"{method}: the function was called {self.called} times, not {call['called']}"
        if "payload" in call:
            yield from differences(call["payload"], self.payload, f"{method}: the payload")
        yield from self._compare_error(call, outcome)
        if not isinstance(outcome, Exception) and "result" in call:
            yield from differences(fill(call["result"], self.known), outcome, f"{method}: the result")

    def _compare_error(self, call: dict[str, Any], outcome: Any) -> Iterator[str]:
        expected = call.get("error")
        if not isinstance(outcome, Exception):
            if expected is not None:
                yield f"{call['method']} raised nothing, and returned {outcome!r}"
            return
        if expected == "own" and isinstance(outcome, OwnError):
            return
        if not isinstance(expected, dict) or type(outcome).__name__ != expected["name"]:
            yield f"{call['method']} raised {outcome!r}"
            return
        named = {n: value for n, value in expected.items() if n not in ("name", "message", "cause")}
        yield from differences(named, outcome, call["method"])
        if expected.get("message", "") not in str(outcome):
            yield f"{call['method']}: the message is {outcome}"
        if expected.get("cause", type(outcome.__cause__).__name__) != type(outcome.__cause__).__name__:
            yield f"{call['method']}: the cause is {outcome.__cause__!r}"


def _named(function: Callable[..., Any], names: Iterable[str]) -> Callable[..., Any]:
    """The same function with parameters of these names."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    function.__signature__ = inspect.Signature([inspect.Parameter(name, keyword) for name in names])  # type: ignore[attr-defined]
    return function


async def _settle(make: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    try:
        return await make(*arguments)
    except (DaaiError, OwnError) as error:
        return error


def play_sync(player: Player, case: Case, base_url: str, http: httpx.Client) -> tuple[list[str], list[float]]:
    clock = Clock()
    http.event_hooks = {"response": [clock.take]}
    settings = case.get("client", {})
    client = DaaiClient(API_KEY, WORKSPACE_KEY, base_url, http_client=http, **settings)
    clock.rule(client)
    client._sleep = clock.sleep
    return player.play(case, client), clock.sleeps


def play_async(player: Player, case: Case, base_url: str) -> tuple[list[str], list[float]]:
    clock = Clock()

    async def run() -> list[str]:
        hooks = {"response": [clock.take_async]}
        async with httpx.AsyncClient(verify=False, event_hooks=hooks) as http:
            settings = case.get("client", {})
            client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, base_url, http_client=http, **settings)
            clock.rule(client)
            client._sleep = clock.sleep_async
            return await player.play_async(case, client)

    return anyio.run(run), clock.sleeps
