"""Agents of OpenAI's Agents SDK: the cases of every adapter, and what is special about its runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import Conversation, World, only, perform, refund
from agents import Agent, RunContextWrapper, Runner, SQLiteSession, UserError, function_tool
from docs_programs import check_page, check_rejection, docs_files
from fake_console import Drop, FakeConsole
from fake_run import Run
from openai_agent import OpenAIAgent

from daai import ActionNotRun, DaaiConnectionError, ExecutionNotReported
from daai.testing import FakeDaai

FILES = ["agent.py", "ask.py", "receive.py", "resume.py"]
MY_APP = '''
from agents import Model, ModelResponse, Usage, function_tool, set_tracing_disabled
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

set_tracing_disabled(True)


class Scripted(Model):
    async def get_response(self, input, **settings):
        results = [item["output"] for item in input if item.get("type") == "function_call_output"]
        if results:
            open("told", "a").write(results[0])
            text = ResponseOutputText(type="output_text", text="done", annotations=[])
            done = ResponseOutputMessage(
                id="m1", type="message", role="assistant", status="completed", content=[text]
            )
            return ModelResponse(output=[done], usage=Usage(), response_id=None)
        arguments = '{"order": "SO-88214", "amount": 1840}'
        call = ResponseFunctionToolCall(
            type="function_call", call_id="call_1", name="refund", arguments=arguments
        )
        return ModelResponse(output=[call], usage=Usage(), response_id=None)

    def stream_response(self, *args, **settings):
        raise NotImplementedError


model = Scripted()


@function_tool
def refund(order: str, amount: int) -> str:
    """Refund an order."""
    open("ledger", "a").write(f"{order} {amount}\\n")
    return f"refunded {amount}"
'''


class App:
    """What an app gives its tools; it isn't stored."""

    def __init__(self) -> None:
        self.ledger: list[Any] = []


@pytest.fixture
def kind() -> type[Conversation]:
    return OpenAIAgent


def test_a_tool_that_raises_is_reported_failed_and_told(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("broken", 80))
    (told,) = world.agent.told() or []
    assert told.startswith("An error occurred while running the tool.")
    assert fake.runs[0].execution_error == "ValueError: the bank said no"


def test_a_tool_that_is_not_governed_does_not_wait_for_one_that_is(world: World, fake: FakeDaai) -> None:
    world.agent.start({"name": "search", "args": {"order": "A"}, "id": "c0"}, refund("A", 1840))
    (run_id,) = world.waiting()
    fake.decide(run_id, "approve")
    world.another_process().resume(run_id)
    assert world.agent.told() == ["found A", "refunded 1840"]


def test_the_frameworks_own_approval_permits_nothing(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)
    result = made.start(refund("A", 1840))

    def approved() -> Any:
        state = result.to_state()
        state.approve(result.interruptions[0], always_approve=True)
        return state

    with pytest.raises(UserError, match="is governed"):
        asyncio.run(Runner.run(made.agent, approved()))
    with pytest.raises(ActionNotRun, match="Pending approval"):
        asyncio.run(made.governed.run(made.agent, approved()))
    assert (ledger, made.pauses.run_ids()) == ([], [fake.runs[0].id])


def test_without_the_runner_a_governed_tool_only_waits(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)
    made.model.will_call(refund("A", 80))
    waits = asyncio.run(Runner.run(made.agent, "Refund it."))
    assert ([item.name for item in waits.interruptions], ledger, fake.runs) == (["refund"], [], [])
    # It can go on from there.
    asyncio.run(made.governed.run(made.agent, waits.to_state()))
    assert (made.told(), ledger) == (["refunded 80"], [("A", 80)])


def test_a_streamed_run_goes_on_in_the_runner(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)

    async def play() -> None:
        made.model.will_call(refund("A", 80))
        streamed = Runner.run_streamed(made.agent, "Refund it.")
        async for _event in streamed.stream_events():
            pass
        result = await made.governed.run(made.agent, streamed.to_state())
        assert result.final_output == "done"

    asyncio.run(play())
    assert ledger == [("A", 80)]


def test_turn_after_turn(fake: FakeDaai, tmp_path: Path) -> None:
    made = OpenAIAgent(fake.client(), tmp_path, [])
    made.model.will_call(refund("A", 70, "c0"))
    made.model.will_call(refund("B", 80, "c1"))
    made.start(refund("C", 900, "c2"))
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    again = OpenAIAgent(fake.client(), tmp_path, [])
    again.model.will_call(refund("D", 950, "c3"))
    again.resume(run_id)
    (run_id,) = again.pauses.run_ids()
    fake.decide(run_id, "approve")
    assert again.resume(run_id)
    assert again.told() == ["refunded 70", "refunded 80", "refunded 900", "refunded 950"]


def test_the_same_id_in_another_conversation_is_another_run(fake: FakeDaai, tmp_path: Path) -> None:
    made = OpenAIAgent(fake.client(), tmp_path, [])
    made.start(refund("A", 80))
    made.start(refund("A", 80))
    assert len({run.source["ref"] for run in fake.runs if run.source}) == 2
    assert [run.execution_status for run in fake.runs] == ["executed", "executed"]


def test_one_question_that_gets_no_answer_lets_nothing_run(
    changing: World, console: FakeConsole, tmp_path: Path
) -> None:
    changing.agent.start(refund("A", 1840, "c1"), refund("B", 900, "c2"))
    first, second = console.runs.values()
    console.decide(first.id, "approved")

    def lose(run: Run) -> None:
        if run is second:
            raise Drop

    console.before["intercept"] = lose
    with pytest.raises(DaaiConnectionError):
        changing.another_process().resume(first.id)
    assert (changing.ledger, first.claim) == ([], None)
    console.before.clear()
    console.decide(second.id, "approved")
    changing.another_process().resume(first.id)
    assert changing.ledger == [("A", 1840), ("B", 900)]


def test_a_lost_report_is_raised_and_not_told(changing: World, console: FakeConsole) -> None:
    changing.agent.start(refund("A", 1840))
    run = only(console)
    console.decide(run.id, "approved")

    def lose(_run: Run) -> None:
        raise Drop

    console.before["report-executed"] = lose
    with pytest.raises(ExecutionNotReported):
        changing.another_process().resume(run.id)
    assert (changing.ledger, changing.agent.told(), changing.waiting()) == ([("A", 1840)], None, [run.id])


def test_an_async_client(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = OpenAIAgent(fake.async_client(), tmp_path, ledger)
    made.start(refund("A", 80, "c1"), refund("B", 900, "c2"))
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    again = OpenAIAgent(fake.async_client(), tmp_path, ledger)
    again.resume(run_id)
    assert (again.told(), ledger) == (["refunded 80", "refunded 900"], [("A", 80), ("B", 900)])


def test_a_session_and_a_context_are_given_again(fake: FakeDaai, tmp_path: Path) -> None:
    @function_tool(name_override="refund")
    def refund_(context: RunContextWrapper[App], order: str, amount: int) -> str:
        return perform(context.context.ledger, order, amount)

    def session() -> SQLiteSession:
        return SQLiteSession("ticket-1", tmp_path / "sessions.db")

    app = App()
    with_session = session()
    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    made.start(refund("A", 80, "c1"), refund("B", 900, "c2"), context=app, session=with_session)
    with_session.close()
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    with_session = session()
    again = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    again.resume(run_id, context=app, session=with_session)
    assert app.ledger == [("A", 80), ("B", 900)]
    kinds = [str(item.get("type", item.get("role"))) for item in asyncio.run(with_session.get_items())]
    with_session.close()
    assert sorted(kinds) == sorted(["user", *["function_call", "function_call_output"] * 2, "message"])


def test_an_agent_that_was_handed_the_conversation(fake: FakeDaai, tmp_path: Path) -> None:
    def triage(made: OpenAIAgent) -> Agent[Any]:
        return Agent(name="Triage", model=made.model, handoffs=[made.agent])

    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)
    made.model.will_call({"name": "transfer_to_refunds", "args": {}, "id": "h1"})
    made.model.will_call(refund("A", 1840))
    asyncio.run(made.governed.run(triage(made), "Refund it."))
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    again = OpenAIAgent(fake.client(), tmp_path, ledger)
    result = asyncio.run(again.governed.resume(triage(again), run_id))
    assert result is not None
    assert (result.last_agent.name, ledger) == ("Refunds", [("A", 1840)])


@pytest.mark.parametrize("check", [check_page, check_rejection])
def test_the_page_of_the_documentation(check: Any, tmp_path: Path) -> None:
    check("openai-agents", MY_APP, tmp_path, FakeConsole())
    assert [name for name, _ in docs_files("openai-agents")] == FILES
