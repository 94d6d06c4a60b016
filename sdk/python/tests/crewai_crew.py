"""A crew of one agent, given to each test, and a scripted model that repeats the calls without an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import ACTIONS, UNGOVERNED, Conversation, perform
from crewai import Agent, BaseLLM, Crew, Task
from crewai.tools import BaseTool, tool
from pydantic import PrivateAttr

from daai.adapters import Pauses
from daai.adapters.crewai import DaaiTools
from daai.testing import FakeDaai


class ScriptedModel(BaseLLM):
    """Says what it is told to: calls at once, or one after the other in CrewAI's own words."""

    _calls: list[dict[str, Any]] = PrivateAttr(default_factory=list)
    _told: dict[str, str] = PrivateAttr(default_factory=dict)
    _at_once: bool = PrivateAttr(default=True)

    def will_call(self, *calls: dict[str, Any], at_once: bool = True) -> None:
        self._calls, self._told, self._at_once = [*calls], {}, at_once

    def supports_function_calling(self) -> bool:
        return self._at_once

    def call(self, messages: Any, tools: Any = None, *_given: Any, **_settings: Any) -> Any:
        if self._at_once:
            for message in messages:
                if message["role"] == "tool":
                    self._told[message["tool_call_id"]] = message["content"]
            waiting = [call for call in self._calls if call["id"] not in self._told]
            functions = [
                {
                    "id": call["id"],
                    "type": "function",
                    "function": {"name": call["name"], "arguments": json.dumps(call["args"])},
                }
                for call in waiting
            ]
            return functions or "done"
        said = [message["content"] for message in messages if message["role"] == "assistant"]
        observed = [text.split("\nObservation:", 1)[1].strip() for text in said if "\nObservation:" in text]
        # Every now and then, CrewAI adds which tools there are.
        results = [text.split("\n\n\nYou ONLY have access", 1)[0] for text in observed]
        self._told = {call["id"]: result for call, result in zip(self._calls, results)}
        if len(self._told) == len(self._calls):
            return "Thought: I now know the final answer\nFinal Answer: done"
        call = self._calls[len(self._told)]
        return f"Thought: Refund it.\nAction: {call['name']}\nAction Input: {json.dumps(call['args'])}\n"

    def told(self) -> dict[str, str]:
        return self._told


def refund_tool(ledger: list[Any]) -> BaseTool:
    @tool("refund")
    def refund(order: str, amount: int) -> str:
        """Refund an order."""
        return perform(ledger, order, amount)

    return refund


@tool("search")
def search(order: str) -> str:
    """Find an order."""
    return f"found {order}"


class CrewConversation:
    """What its model calls and was told are files, as its app would know them."""

    at_once = True

    def __init__(self, client: Any, folder: Path, ledger: list[Any], **settings: Any) -> None:
        self.calls_file, self.told_file = folder / "calls.json", folder / "told.json"
        self.pauses = Pauses(folder / "pauses.db")
        self.model = ScriptedModel(model="scripted")
        settings = {"actions": ACTIONS, "ungoverned": UNGOVERNED, **settings}
        self.governed = DaaiTools(client, self.pauses, **settings)
        self.tools = [self.governed.tool(refund_tool(ledger)), search]

    def crew(self, **settings: Any) -> Crew:
        agent = Agent(
            role="Refunds", goal="Refund.", backstory="Careful.", llm=self.model, tools=self.tools, **settings
        )
        task = Task(description="Refund it.", expected_output="What was done.", agent=agent)
        return Crew(agents=[agent], tasks=[task], tracing=False)

    def start(self, *calls: dict[str, Any]) -> None:
        self.calls_file.write_text(json.dumps(calls))
        self._make([*calls], lambda: self.governed.kickoff(self.crew()))

    def resume(self, run_id: str) -> bool:
        """The model makes all of its calls again, as it doesn't know of the first time."""
        calls = json.loads(self.calls_file.read_text())
        return self._make(calls, lambda: self.governed.resume(self.crew(), run_id)) is not None

    def told(self) -> list[str] | None:
        told = json.loads(self.told_file.read_text())
        is_waiting = any(result.startswith("Pending approval") for result in told.values())
        return None if is_waiting or not told else [told[name] for name in sorted(told)]

    def tamper(self, amount: int) -> None:
        calls = json.loads(self.calls_file.read_text())
        calls[0]["args"]["amount"] = amount
        self.calls_file.write_text(json.dumps(calls))

    def call(self, *calls: dict[str, Any], **settings: Any) -> list[str]:
        """What the model reads about these calls, in one kickoff."""
        self.model.will_call(*calls, at_once=self.at_once)
        self.governed.kickoff(self.crew(**settings))
        return [self.model.told()[call["id"]] for call in calls]

    def _make(self, calls: list[dict[str, Any]], kickoff: Callable[[], Any]) -> Any:
        self.model.will_call(*calls, at_once=self.at_once)
        self.told_file.write_text("{}")
        output = kickoff()
        self.told_file.write_text(json.dumps(self.model.told()))
        return output


class TextCrewConversation(CrewConversation):
    """With a model that has no function calls: CrewAI reads them from its text."""

    at_once = False


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where CrewAI would otherwise write into the home of whoever runs the tests."""
    monkeypatch.setenv("CREWAI_STORAGE_DIR", str(tmp_path / "crewai"))


@pytest.fixture(params=[CrewConversation, TextCrewConversation])
def kind(request: pytest.FixtureRequest) -> type[Conversation]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def made(kind: type[CrewConversation], fake: FakeDaai, tmp_path: Path) -> Iterator[CrewConversation]:
    crew = kind(fake.client(), tmp_path, [])
    yield crew
    crew.pauses.close()
