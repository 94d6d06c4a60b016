"""LangChain's agent with LangGraph's checkpoints in a file, and LangChain's own scripted chat model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from adapter_cases import ACTIONS, UNGOVERNED, perform
from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.tools import BaseTool, tool
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from daai import DaaiClient
from daai.adapters import Pauses
from daai.adapters.langgraph import DaaiMiddleware

THREAD: Any = {"configurable": {"thread_id": "ticket-1"}}
ASKED: Any = {"messages": [("user", "Refund it.")]}
DONE = AIMessage("done")


class Model(GenericFakeChatModel):
    seen: list[BaseMessage] = []  # noqa: RUF012 - pydantic copies it

    def bind_tools(self, tools: Sequence[Any], **_settings: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *args: Any, **settings: Any) -> Any:
        self.seen[:] = messages
        return super()._generate(messages, *args, **settings)


def tools_of(ledger: list[Any]) -> list[BaseTool]:
    @tool("refund")
    def refund_(order: str, amount: int) -> str:
        """Refund an order."""
        return perform(ledger, order, amount)

    @tool
    def search(order: str) -> str:
        """Find an order."""
        return f"found {order}"

    return [refund_, search]


class LangGraphAgent:
    def __init__(self, client: DaaiClient, folder: Path, ledger: list[Any]) -> None:
        self.file = str(folder / "checkpoints.db")
        self.model = Model(messages=iter([]))
        self.tools = tools_of(ledger)
        self.middleware = DaaiMiddleware(
            client, Pauses(folder / "pauses.db"), actions=ACTIONS, ungoverned=UNGOVERNED
        )

    def agent(self, saver: Any) -> Any:
        return create_agent(self.model, self.tools, middleware=[self.middleware], checkpointer=saver)

    def script(self, calls: Sequence[Any], is_new: bool) -> Any:
        self.model.messages = iter([AIMessage("", tool_calls=[*calls]), DONE] if is_new else [DONE])
        return ASKED if is_new else None

    def start(self, *calls: dict[str, Any]) -> None:
        with SqliteSaver.from_conn_string(self.file) as saver:
            agent = self.agent(saver)
            agent.invoke(self.script(calls, not agent.get_state(THREAD).next), THREAD)

    def resume(self, run_id: str) -> bool:
        self.script([], is_new=False)
        with SqliteSaver.from_conn_string(self.file) as saver:
            return self.middleware.resume(self.agent(saver), run_id) is not None

    def told(self) -> list[str] | None:
        results = {
            message.tool_call_id: str(message.content)
            for message in self.model.seen
            if isinstance(message, ToolMessage)
        }
        return [results[name] for name in sorted(results)] or None

    def tamper(self, amount: int) -> None:
        with SqliteSaver.from_conn_string(self.file) as saver:
            agent = self.agent(saver)
            proposed = agent.get_state(THREAD).values["messages"][-1]
            calls = [{**call, "args": {**call["args"], "amount": amount}} for call in proposed.tool_calls]
            changed = proposed.model_copy(update={"tool_calls": calls})
            agent.update_state(THREAD, {"messages": [changed]}, as_node="model")


class AsyncLangGraphAgent(LangGraphAgent):
    def start(self, *calls: dict[str, Any]) -> None:
        async def play() -> None:
            async with AsyncSqliteSaver.from_conn_string(self.file) as saver:
                agent = self.agent(saver)
                is_new = not (await agent.aget_state(THREAD)).next
                await agent.ainvoke(self.script(calls, is_new), THREAD)

        asyncio.run(play())

    def resume(self, run_id: str) -> bool:
        self.script([], is_new=False)

        async def play() -> bool:
            async with AsyncSqliteSaver.from_conn_string(self.file) as saver:
                return await self.middleware.aresume(self.agent(saver), run_id) is not None

        return asyncio.run(play())
