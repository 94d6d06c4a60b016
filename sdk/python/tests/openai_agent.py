"""OpenAI's Agents SDK with a scripted model of its own interface."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from adapter_cases import ACTIONS, UNGOVERNED, perform
from agents import Agent, FunctionTool, Model, ModelResponse, Usage, function_tool, set_tracing_disabled
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
)

from daai.adapters import Pauses
from daai.adapters.openai_agents import DaaiRunner

set_tracing_disabled(True)
DONE = ResponseOutputMessage(
    id="m1",
    type="message",
    role="assistant",
    status="completed",
    content=[ResponseOutputText(type="output_text", text="done", annotations=[])],
)


class ScriptedModel(Model):
    def __init__(self) -> None:
        self.turns: list[list[ResponseFunctionToolCall]] = []
        self.seen: list[Any] = []

    def will_call(self, *calls: dict[str, Any]) -> None:
        """In its next turn, at once."""
        made = [
            ResponseFunctionToolCall(
                type="function_call", call_id=call["id"], name=call["name"], arguments=arguments(call)
            )
            for call in calls
        ]
        self.turns.append(made)

    async def get_response(self, *args: Any, **settings: Any) -> ModelResponse:
        given = args[1] if args else settings["input"]
        self.seen = given if isinstance(given, list) else []
        output = self.turns.pop(0) if self.turns else [DONE]
        return ModelResponse(output=[*output], usage=Usage(), response_id=None)

    async def stream_response(self, *args: Any, **settings: Any) -> AsyncIterator[Any]:
        answered = await self.get_response(*args, **settings)
        response = Response(
            id="r1",
            created_at=0,
            model="scripted",
            object="response",
            output=answered.output,
            parallel_tool_calls=True,
            tool_choice="auto",
            tools=[],
        )
        yield ResponseCompletedEvent(type="response.completed", response=response, sequence_number=0)

    def told(self) -> list[Any]:
        results = {
            item["call_id"]: item["output"]
            for item in self.seen
            if item.get("type") == "function_call_output"
        }
        return [results[name] for name in sorted(results)]


def arguments(call: dict[str, Any]) -> str:
    args = call["args"]
    return args if isinstance(args, str) else json.dumps(args)


def tools_of(ledger: list[Any]) -> list[FunctionTool]:
    @function_tool(name_override="refund")
    def refund_(order: str, amount: int) -> str:
        """Refund an order."""
        return perform(ledger, order, amount)

    @function_tool
    def search(order: str) -> str:
        """Find an order."""
        return f"found {order}"

    return [refund_, search]


class OpenAIAgent:
    def __init__(self, client: Any, folder: Path, ledger: list[Any], *tools: Any) -> None:
        self.model = ScriptedModel()
        self.pauses = Pauses(folder / "pauses.db")
        self.governed = DaaiRunner(client, self.pauses, actions=ACTIONS, ungoverned=UNGOVERNED)
        self.agent: Agent[Any] = Agent(
            name="Refunds", model=self.model, tools=self.governed.tools(tools or tools_of(ledger))
        )

    def start(self, *calls: dict[str, Any], **settings: Any) -> Any:
        self.model.will_call(*calls)
        return asyncio.run(self.governed.run(self.agent, "Refund it.", **settings))

    def resume(self, run_id: str, **settings: Any) -> bool:
        return asyncio.run(self.governed.resume(self.agent, run_id, **settings)) is not None

    def told(self) -> list[Any] | None:
        return self.model.told() or None

    def tamper(self, amount: int) -> None:
        (run_id,) = self.pauses.run_ids()
        pause = self.pauses.get(run_id)
        assert pause is not None
        self.pauses.keep([run_id], pause.state.replace("1840", str(amount)))
