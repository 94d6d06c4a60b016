"""The adapter for LangChain and LangGraph, with a real agent."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import ACTIONS, Conversation, World, only, refund
from docs_programs import check_page, check_rejection, docs_files
from fake_console import Drop, FakeConsole
from fake_run import Run
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import BaseTool, InjectedToolCallId, ToolException, tool
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode
from langgraph.types import Command
from langgraph_agent import ASKED, DONE, THREAD, AsyncLangGraphAgent, LangGraphAgent, Model, tools_of

from daai import DaaiConnectionError
from daai.adapters import Pauses
from daai.adapters.langgraph import DaaiMiddleware
from daai.testing import FakeDaai

FILES = ["agent.py", "ask.py", "receive.py", "resume.py", "graph.py"]
MY_APP = '''
import sqlite3

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import tool
from langgraph.checkpoint.sqlite import SqliteSaver

CALL = {"name": "refund", "args": {"order": "SO-88214", "amount": 1840}, "id": "call_1"}
checkpointer = SqliteSaver(sqlite3.connect("checkpoints.db", check_same_thread=False))


class Model(GenericFakeChatModel):
    def bind_tools(self, tools, **settings):
        return self

    def _generate(self, messages, *args, **settings):
        if isinstance(messages[-1], ToolMessage):
            open("told", "a").write(str(messages[-1].content))
            self.messages = iter([AIMessage("done")])
        return super()._generate(messages, *args, **settings)


model = Model(messages=iter([AIMessage("", tool_calls=[CALL])]))


@tool
def refund(order: str, amount: int) -> str:
    """Refund an order."""
    open("ledger", "a").write(f"{order} {amount}\\n")
    return f"refunded {amount}"
'''


@pytest.fixture(params=[LangGraphAgent, AsyncLangGraphAgent], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[Conversation]:
    chosen: type[Conversation] = request.param
    return chosen


def test_the_interrupt_says_what_waits(fake: FakeDaai) -> None:
    middleware = DaaiMiddleware(fake.client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("A", 1840)])]))
    agent = create_agent(model, tools_of([]), middleware=[middleware], checkpointer=InMemorySaver())
    (waiting,) = agent.invoke(ASKED, THREAD)["__interrupt__"]
    (run,) = fake.runs
    assert waiting.value == {
        "run_id": run.id,
        "action": "refund_customer",
        "arguments": {"order": "A", "amount": 1840},
        "explanation": fake.client().status(run.id).explanation,
    }
    assert run.source == {"type": "langgraph", "ref": "ticket-1"}
    # What the graph is resumed with is no permission.
    again = agent.invoke(Command(resume="approve it"), THREAD)
    assert again["__interrupt__"][0].value == waiting.value


def test_a_graph_of_ones_own(fake: FakeDaai) -> None:
    ledger: list[Any] = []
    pauses = Pauses(":memory:")
    middleware = DaaiMiddleware(fake.client(), pauses, actions=ACTIONS)
    graph: Any = StateGraph(MessagesState)
    graph.add_node("tools", ToolNode(tools_of(ledger), wrap_tool_call=middleware.wrap_tool_call))
    graph.add_edge(START, "tools")
    agent = graph.compile(checkpointer=InMemorySaver())
    agent.invoke({"messages": [AIMessage("", tool_calls=[refund("A", 1840)])]}, THREAD)
    (run_id,) = pauses.run_ids()
    fake.decide(run_id, "approve")
    assert middleware.resume(agent, run_id)["messages"][-1].content == "refunded 1840"
    assert ledger == [("A", 1840)]


def test_a_tool_that_raises_is_reported_failed(fake: FakeDaai) -> None:
    middleware = DaaiMiddleware(fake.client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("broken", 80)]), DONE]))
    agent = create_agent(model, tools_of([]), middleware=[middleware], checkpointer=InMemorySaver())
    with pytest.raises(ValueError, match="the bank said no"):
        agent.invoke(ASKED, THREAD)
    assert fake.runs[0].execution_error == "ValueError: the bank said no"
    # Continued, it isn't run again, and the model is told so.
    agent.invoke(None, THREAD)
    assert model.seen[-1].content == fake.client().status(fake.runs[0].id).explanation


def test_what_a_tool_says_of_its_failure_is_reported_and_told(fake: FakeDaai) -> None:
    @tool("refund")
    def refund_(order: str, amount: int) -> str:
        """Refund an order."""
        raise ToolException("the bank said no")

    refund_.handle_tool_error = True
    middleware = DaaiMiddleware(fake.client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("A", 80)]), DONE]))
    agent = create_agent(model, [refund_], middleware=[middleware], checkpointer=InMemorySaver())
    agent.invoke(ASKED, THREAD)
    assert model.seen[-1].content == "the bank said no"
    assert fake.runs[0].execution_error == "ToolFailed: the bank said no"


def test_the_messages_of_a_command_tell_of_a_change(changing: Any, console: FakeConsole) -> None:
    changing.agent.tools = [command_tool()]
    changing.agent.start(refund("A", 1840))
    (run,) = console.runs.values()
    console.decide(run.id, "approved", by="ann@example.com", changed={"order": "A", "amount": 1480})
    changing.agent.resume(run.id)
    (told,) = changing.agent.told()
    assert told == "Approved with a change by ann@example.com. Changed amount to 1480.\n\nrefunded 1480"


def command_tool() -> BaseTool:
    @tool("refund")
    def refund_(order: str, amount: int, call_id: Annotated[str, InjectedToolCallId]) -> Any:
        """Refund an order."""
        return Command(update={"messages": [ToolMessage(f"refunded {amount}", tool_call_id=call_id)]})

    return refund_


def test_what_is_missing_is_said(fake: FakeDaai) -> None:
    middleware = DaaiMiddleware(fake.client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("A", 80)])]))
    agent = create_agent(model, tools_of([]), middleware=[middleware])
    with pytest.raises(ValueError, match="checkpointer"):
        agent.invoke(ASKED)
    fake.expect_nothing_proposed()
    with pytest.raises(TypeError, match="several tools"):
        DaaiMiddleware(fake.client(), Pauses(":memory:"), ungoverned="search")
    asking = DaaiMiddleware(fake.async_client(), Pauses(":memory:"), actions=ACTIONS)
    agent = create_agent(model, tools_of([]), middleware=[asking])
    model.messages = iter([AIMessage("", tool_calls=[refund("A", 80)])])
    with pytest.raises(TypeError, match="AsyncDaaiClient"):
        agent.invoke(ASKED, THREAD)


def test_an_async_client(fake: FakeDaai) -> None:
    ledger: list[Any] = []
    middleware = DaaiMiddleware(fake.async_client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("A", 80)]), DONE]))
    agent = create_agent(model, tools_of(ledger), middleware=[middleware])
    asyncio.run(agent.ainvoke(ASKED, THREAD))
    assert ledger == [("A", 80)]


@pytest.mark.parametrize("check", [check_page, check_rejection])
def test_the_page_of_the_documentation(check: Any, tmp_path: Path) -> None:
    check("langgraph", MY_APP, tmp_path, FakeConsole())
    assert [name for name, _ in docs_files("langgraph")] == FILES


def test_a_thread_with_a_long_name(fake: FakeDaai) -> None:
    middleware = DaaiMiddleware(fake.client(), Pauses(":memory:"), actions=ACTIONS)
    model = Model(messages=iter([AIMessage("", tool_calls=[refund("A", 80)]), DONE]))
    agent = create_agent(model, tools_of([]), middleware=[middleware])
    agent.invoke(ASKED, {"configurable": {"thread_id": "t" * 600}})
    assert fake.runs[0].execution_status == "executed"
    assert len(fake.runs[0].idempotency_key) < 256


def test_killed_before_the_question_was_stored_it_is_the_same_question(
    changing: World, console: FakeConsole
) -> None:
    def lose(_run: Run) -> None:
        raise Drop

    console.after["intercept"] = lose
    with pytest.raises(DaaiConnectionError):
        changing.agent.start(refund("A", 1840))
    console.after.clear()
    changing.another_process().start(refund("A", 1840))
    assert changing.waiting() == [only(console).id]
