"""Pydantic AI's agent with its own scripted model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import ACTIONS, UNGOVERNED, Conversation, only, perform, refund
from docs_programs import check_page, check_rejection, docs_files
from fake_console import FakeConsole
from pydantic_ai import Agent, DeferredToolRequests, DeferredToolResults, ModelRetry, ToolApproved
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    RetryPromptPart,
    TextPart,
    ToolCallPart,
    ToolReturn,
    ToolReturnPart,
)
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.toolsets import FunctionToolset

from daai import DaaiClient
from daai.adapters import Pauses
from daai.adapters.pydantic_ai import DaaiToolset
from daai.testing import FakeDaai

FILES = ["agent.py", "ask.py", "receive.py", "resume.py"]
MY_APP = '''
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel


def respond(messages, info):
    results = [part for part in messages[-1].parts if isinstance(part, ToolReturnPart)]
    if results:
        open("told", "a").write(results[0].content)
        return ModelResponse(parts=[TextPart("done")])
    arguments = {"order": "SO-88214", "amount": 1840}
    return ModelResponse(parts=[ToolCallPart("refund", arguments, "call_1")])


model = FunctionModel(respond)


def refund(order: str, amount: int) -> str:
    """Refund an order."""
    open("ledger", "a").write(f"{order} {amount}\\n")
    return f"refunded {amount}"
'''


class PydanticAgent:
    def __init__(self, client: DaaiClient, folder: Path, ledger: list[Any]) -> None:
        self.calls: list[ToolCallPart] = []
        self.seen: list[ModelMessage] = []
        tools: FunctionToolset[Any] = FunctionToolset()

        def refund_(order: str, amount: int) -> str:
            return perform(ledger, order, amount)

        def search(order: str) -> str:
            return f"found {order}"

        tools.add_function(refund_, name="refund")
        tools.add_function(search)
        self.tools = tools
        self.governed = DaaiToolset(
            tools,
            client=client,
            pauses=Pauses(folder / "pauses.db"),
            actions=ACTIONS,
            ungoverned=UNGOVERNED,
        )
        self.agent: Agent[Any, Any] = Agent(
            FunctionModel(self.respond), toolsets=[self.governed], output_type=[str, DeferredToolRequests]
        )

    def respond(self, messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        self.seen = list(messages)
        calls, self.calls = self.calls, []
        return ModelResponse(parts=[*calls] or [TextPart("done")])

    def start(self, *calls: dict[str, Any]) -> None:
        self.calls = [ToolCallPart(call["name"], call["args"], call["id"]) for call in calls]
        self.governed.keep(self.agent.run_sync("Refund it."))

    def resume(self, run_id: str) -> bool:
        return self.governed.resume_sync(self.agent, run_id) is not None

    def told(self) -> list[str] | None:
        results = {
            part.tool_call_id: str(part.content)
            for message in self.seen
            if isinstance(message, ModelRequest)
            for part in message.parts
            if isinstance(part, (ToolReturnPart, RetryPromptPart))
        }
        return [results[name] for name in sorted(results)] or None

    def tamper(self, amount: int) -> None:
        pauses = self.governed.pauses
        (run_id,) = pauses.run_ids()
        pause = pauses.get(run_id)
        assert pause is not None
        state = json.loads(pause.state)
        state["messages"][-1]["parts"][0]["args"]["amount"] = amount
        pauses.keep([run_id], json.dumps(state))


class AsyncPydanticAgent(PydanticAgent):
    def start(self, *calls: dict[str, Any]) -> None:
        self.calls = [ToolCallPart(call["name"], json.dumps(call["args"]), call["id"]) for call in calls]
        self.governed.keep(asyncio.run(self.agent.run("Refund it.")))

    def resume(self, run_id: str) -> bool:
        return asyncio.run(self.governed.resume(self.agent, run_id)) is not None

    def tamper(self, amount: int) -> None:
        pauses = self.governed.pauses
        (run_id,) = pauses.run_ids()
        pause = pauses.get(run_id)
        assert pause is not None
        pauses.keep([run_id], pause.state.replace("1840", str(amount)))


@pytest.fixture(autouse=True)
def _loop() -> Iterator[None]:
    """That of `run_sync`, which nobody closes otherwise."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    loop.close()


@pytest.fixture(params=[PydanticAgent, AsyncPydanticAgent], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[Conversation]:
    chosen: type[Conversation] = request.param
    return chosen


def agent_with(tool: Any, client: DaaiClient, *calls: dict[str, Any]) -> PydanticAgent:
    """The same with another tool `refund`."""
    made = PydanticAgent(client, Path(), [])
    made.tools.tools.clear()
    made.tools.add_function(tool, name="refund")
    made.calls = [ToolCallPart("refund", call["args"], call["id"]) for call in calls]
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("here")
def test_changed_arguments_have_the_types_of_the_tool(console: FakeConsole) -> None:
    given: list[Any] = []

    def refund_(order: str, amount: Decimal, on: date) -> dict[str, Any]:
        given.extend((amount, on))
        return {"refunded": amount}

    call = {"args": {"order": "A", "amount": "1840.00", "on": "2026-12-01"}, "id": "c1"}
    made = agent_with(refund_, console.client(), call)
    assert made.governed.keep(made.agent.run_sync("Refund it."))
    run = only(console)
    assert run.payload == call["args"]
    changed = {"order": "A", "amount": "1480", "on": "2026-12-02"}
    console.decide(run.id, "approved", by="ann@example.com", changed=changed)
    made.resume(run.id)
    assert given == [Decimal("1480"), date(2026, 12, 2)]
    (told,) = made.told() or []
    assert "'change': 'Approved with a change by ann@example.com. Changed amount to" in told
    assert run.report is not None
    assert run.report["execution_result"] == {"refunded": "1480"}


@pytest.mark.usefixtures("here")
def test_a_tool_return_tells_of_a_change(console: FakeConsole) -> None:
    def refund_(order: str, amount: int) -> ToolReturn:
        return ToolReturn(f"refunded {amount}", metadata={"a": 1})

    made = agent_with(refund_, console.client(), refund("A", 1840))
    made.governed.keep(made.agent.run_sync("Refund it."))
    run = only(console)
    console.decide(run.id, "approved", by="ann@example.com", changed={"order": "A", "amount": 1480})
    made.resume(run.id)
    (told,) = made.told() or []
    assert told.startswith("Approved with a change by ann@example.com.")
    assert told.endswith("\n\nrefunded 1480")
    assert run.report is not None
    assert run.report["execution_result"] == {"result": "refunded 1480"}


@pytest.mark.usefixtures("here")
def test_a_tool_that_asks_to_be_called_again_has_failed(fake: FakeDaai) -> None:
    def refund_(order: str, amount: int) -> str:
        raise ModelRetry("the order is unknown")

    made = agent_with(refund_, fake.client(), refund("A", 80))
    made.agent.run_sync("Refund it.")
    assert fake.runs[0].execution_error == "ModelRetry: the order is unknown"
    assert "the order is unknown" in (made.told() or [""])[0]


@pytest.mark.usefixtures("here")
def test_the_frameworks_own_approval_permits_nothing(fake: FakeDaai) -> None:
    given: list[int] = []

    def refund_(order: str, amount: int) -> str:
        given.append(amount)
        return "refunded"

    made = agent_with(refund_, fake.client(), refund("A", 1840))
    asked = made.agent.run_sync("Refund it.")
    approved: dict[str, Any] = {"c1": ToolApproved(override_args={"order": "A", "amount": 9999})}
    results = DeferredToolResults(approvals=approved)
    history = asked.all_messages()
    again = made.agent.run_sync(message_history=history, deferred_tool_results=results)
    assert isinstance(again.output, DeferredToolRequests)
    fake.decide(fake.runs[0].id, "approve")
    made.agent.run_sync(message_history=history, deferred_tool_results=results)
    # Arguments from elsewhere than the console aren't used.
    assert (given, len(fake.runs)) == ([1840], 1)


@pytest.mark.usefixtures("here")
def test_a_call_that_others_deferred_is_not_kept(fake: FakeDaai) -> None:
    made = PydanticAgent(fake.client(), Path(), [])
    made.tools.tools["search"].requires_approval = True
    made.calls = [ToolCallPart("search", {"order": "A"}, "c1")]
    result = made.agent.run_sync("Find it.")
    with pytest.raises(ValueError, match="isn't governed"):
        made.governed.keep(result)


@pytest.mark.parametrize("check", [check_page, check_rejection])
def test_the_page_of_the_documentation(check: Any, tmp_path: Path) -> None:
    check("pydantic-ai", MY_APP, tmp_path, FakeConsole())
    assert [name for name, _ in docs_files("pydantic-ai")] == FILES
