"""Crews of CrewAI: the cases of every adapter, with both ways in which CrewAI calls tools."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import Conversation, World, only, refund
from crewai import Agent, Crew, Task
from crewai.hooks import clear_before_tool_call_hooks, register_before_tool_call_hook
from crewai.tools import tool
from crewai_crew import CrewConversation, ScriptedModel, TextCrewConversation, refund_tool, search
from crewai_quiet import QUIET
from docs_programs import check_page, check_rejection, docs_files
from fake_console import Drop, FakeConsole
from fake_run import Run

from daai import DaaiConnectionError, ExecutionNotReported
from daai.adapters.crewai import DaaiTools
from daai.testing import FakeDaai

MY_APP = """
from crewai import BaseLLM

CALL = {"name": "refund", "arguments": \'{"order": "SO-88214", "amount": 1840}\'}


class Model(BaseLLM):
    def supports_function_calling(self):
        return True

    def call(self, messages, tools=None, *given, **settings):
        told = [message["content"] for message in messages if message["role"] == "tool"]
        open("told", "w").write(" ".join(told))
        return "done" if told else [{"id": "c1", "type": "function", "function": CALL}]


model = Model(model="scripted")


def refund_order(order, amount):
    open("ledger", "a").write(f"{order} {amount}\\n")
    return f"refunded {amount}"
"""


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where CrewAI would otherwise write into the home of whoever runs the tests."""
    monkeypatch.setenv("CREWAI_STORAGE_DIR", str(tmp_path / "crewai"))


@pytest.fixture(params=[CrewConversation, TextCrewConversation])
def kind(request: pytest.FixtureRequest) -> type[Conversation]:
    return request.param  # type: ignore[no-any-return]


def test_arguments_that_were_tampered_with_do_not_run(  # type: ignore[no-redef]
    world: World, fake: FakeDaai
) -> None:
    """The model writes them anew: others are another call, which is asked about."""
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    fake.decide(run_id, "approve")
    world.agent.tamper(9999)
    world.another_process().resume(run_id)
    (approved, asked) = fake.runs
    assert (world.ledger, approved.claim_token, asked.payload["amount"]) == ([], None, 9999)
    assert world.waiting() == [asked.id]


@pytest.fixture
def made(kind: type[CrewConversation], fake: FakeDaai, tmp_path: Path) -> Iterator[CrewConversation]:
    crew = kind(fake.client(), tmp_path, [])
    yield crew
    crew.pauses.close()


def refunding(made: CrewConversation, perform: Callable[..., Any], **settings: Any) -> None:
    """Another function for the crew's tool."""
    made.tools = [made.governed.tool(tool("refund", **settings)(perform)), search]


def test_a_tool_that_raises_is_reported_failed_and_not_repeated(
    made: CrewConversation, fake: FakeDaai
) -> None:
    """CrewAI calls a tool that raises up to six times."""
    ran = []

    def refund_(order: str, amount: int) -> str:
        """Refund an order."""
        ran.append(order)
        raise ValueError("the bank said no")

    refunding(made, refund_)
    assert made.call(refund("A", 80)) == ["The tool failed: ValueError: the bank said no"]
    assert (ran, [run.execution_error for run in fake.runs]) == (["A"], ["ValueError: the bank said no"])


def test_results_of_equal_calls_are_not_cached(made: CrewConversation, fake: FakeDaai) -> None:
    calls = [refund("A", 80, "c1"), refund("B", 80, "c2"), refund("A", 80, "c3")]
    assert made.call(*calls) == ["refunded 80"] * 3
    assert sorted(run.payload["order"] for run in fake.runs) == ["A", "A", "B"]
    assert [run.execution_status for run in fake.runs] == ["executed"] * 3


def test_a_call_that_is_repeated_while_it_waits_is_the_same_run(
    made: CrewConversation, fake: FakeDaai
) -> None:
    made.at_once = False
    told = made.call(refund("A", 900, "c1"), refund("B", 80, "c2"), refund("A", 900, "c3"))
    assert [each.split(".")[0] for each in told] == ["Pending approval", "refunded 80", "Pending approval"]
    assert [run.payload["order"] for run in fake.runs] == ["A", "B"]


def test_a_tool_that_hooks_change_is_asked_about_as_it_is_called(
    made: CrewConversation, fake: FakeDaai
) -> None:
    """Not all versions do what a hook changes."""
    ran = []

    def refund_(order: str, amount: int) -> str:
        """Refund an order."""
        ran.append({"order": order, "amount": amount})
        return "refunded"

    def change(context: Any) -> None:
        context.tool_input["amount"] = 90

    def fail(_context: Any) -> None:
        raise ValueError("a hook that fails lets the call through")

    refunding(made, refund_)
    register_before_tool_call_hook(change)
    register_before_tool_call_hook(fail)
    try:
        assert made.call(refund("A", 80)) == ["refunded"]
    finally:
        clear_before_tool_call_hooks()
    assert ran == [run.payload for run in fake.runs]
    assert len(ran) == 1


def test_no_way_to_a_tool_leads_around_the_console(made: CrewConversation, fake: FakeDaai) -> None:
    governed = made.tools[0]
    structured = governed.to_structured_tool()
    given = {"order": "A", "amount": 80}
    told = [
        governed.run(**given),
        governed._run("A", 80),
        asyncio.run(governed._arun(**given)),
        structured.invoke(given),
        asyncio.run(structured.ainvoke(given)),
        structured.func(**given),
        type(governed).model_validate(governed.model_dump(exclude={"args_schema"}))._run(**given),
    ]
    outside = "refund is governed: kick its crew off with DaaiTools.kickoff. Not executed."
    restored = "refund is governed, but was restored without DaaiTools. Not executed."
    assert told == [outside] * 6 + [restored]
    fake.expect_nothing_proposed()


def test_a_coworkers_tool_is_governed(made: CrewConversation, fake: FakeDaai) -> None:
    given = {"task": "Refund it.", "context": "Charged twice.", "coworker": "Refunds"}
    delegate = {"name": "delegate_work_to_coworker", "args": given, "id": "d1"}

    def crew() -> Crew:
        model = ScriptedModel(model="scripted")
        model.will_call(delegate, at_once=made.at_once)
        made.model.will_call(refund("A", 1840), at_once=made.at_once)
        boss = Agent(role="Boss", goal="Lead.", backstory="Busy.", llm=model, allow_delegation=True)
        task = Task(description="Refund it.", expected_output="What was done.", agent=boss)
        return Crew(agents=[boss, made.crew().agents[0]], tasks=[task], tracing=False)

    made.governed.kickoff(crew())
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    made.governed.resume(crew(), run_id)
    assert [run.execution_status for run in fake.runs] == ["executed"]
    assert (made.model.told(), made.pauses.run_ids()) == ({"c1": "refunded 1840"}, [])


def test_an_async_tool_is_governed(made: CrewConversation, fake: FakeDaai) -> None:
    async def refund_(order: str, amount: int) -> dict[str, Any]:
        """Refund an order."""
        await asyncio.sleep(0)
        return {"refunded": amount}

    refunding(made, refund_)
    assert made.call(refund("A", 80)) == ["{'refunded': 80}"]
    assert fake.runs[0].execution_result == {"refunded": 80}


def test_arguments_that_do_not_fit_are_not_proposed(made: CrewConversation, fake: FakeDaai) -> None:
    (told,) = made.call({"name": "refund", "args": {"order": "A", "amount": "a lot"}, "id": "c1"})
    assert "validat" in told or "don't fit" in told
    fake.expect_nothing_proposed()


def test_without_an_answer_the_model_reads_that_nothing_ran(made: CrewConversation, fake: FakeDaai) -> None:
    fake.is_down = True
    with pytest.raises(DaaiConnectionError):
        made.call(refund("A", 80))
    (told,) = made.model.told().values()
    assert told.startswith("The console gave no answer to this call: no response from")
    assert told.endswith("Not executed.")


def test_a_report_that_goes_wrong_is_told_and_raised(
    kind: type[CrewConversation], console: FakeConsole, tmp_path: Path
) -> None:
    def lose(_run: Run) -> None:
        raise Drop

    made = kind(console.client(), tmp_path, [])
    made.start(refund("A", 1840))
    run = only(console)
    console.decide(run.id, "approved")
    console.before["report-executed"] = lose
    made.model.will_call(refund("A", 1840), at_once=made.at_once)
    with pytest.raises(ExecutionNotReported):
        made.governed.resume(made.crew(), run.id)
    assert made.model.told()["c1"].startswith("Executed, but that couldn't be reported")
    assert (run.execution, made.pauses.run_ids()) == ("awaiting_execution_report", [run.id])
    made.pauses.close()


def test_a_crew_with_another_tool_is_not_run(made: CrewConversation, fake: FakeDaai) -> None:
    @tool("look")
    def look(order: str) -> str:
        """Look at an order."""
        return order

    governed, *_ = made.tools
    others = DaaiTools(fake.client(), made.pauses).tool(refund_tool([]))
    for added in (look, others):
        made.tools = [governed, added]
        with pytest.raises(TypeError, match="isn't governed"):
            made.call(refund("A", 80))
    made.tools = [governed]
    crew = made.crew()
    crew.tasks[0].tools = [look]
    with pytest.raises(TypeError, match="'look' isn't governed"):
        made.governed.kickoff(crew)
    crew = made.crew()
    crew.agents[0].mcps = ["https://mcp.example.com/mcp"]
    with pytest.raises(TypeError, match="tools of mcps can't be governed"):
        made.governed.kickoff(crew)
    crew = made.crew()
    crew.stream = True
    with pytest.raises(TypeError, match="a crew that streams"):
        made.governed.kickoff(crew)
    with pytest.raises(ValueError, match="'search' is ungoverned"):
        made.governed.tool(search)
    fake.expect_nothing_proposed()


def test_a_crew_waits_until_it_is_decided(made: CrewConversation, fake: FakeDaai) -> None:
    made.start(refund("A", 1840))
    (run,) = fake.runs
    assert run.source is not None
    assert run.source["type"] == "crewai"
    assert made.governed.resume(made.crew(), run.id) is None
    assert made.governed.resume(made.crew(), "another") is None
    assert made.pauses.run_ids() == [run.id]


def test_what_the_model_does_not_call_again_is_forgotten(made: CrewConversation, fake: FakeDaai) -> None:
    made.start(refund("A", 1840))
    (run,) = fake.runs
    fake.decide(run.id, "reject")
    made.model.will_call(at_once=made.at_once)
    assert made.governed.resume(made.crew(), run.id) is not None
    assert made.pauses.run_ids() == []


@pytest.mark.parametrize("check", [check_page, check_rejection])
def test_the_page_of_the_documentation(
    console: FakeConsole, tmp_path: Path, check: Callable[..., None]
) -> None:
    assert [name for name, _ in docs_files("crewai")] == ["crew.py", "ask.py", "receive.py", "resume.py"]
    check("crewai", MY_APP, tmp_path, console, {**QUIET, "HOME": str(tmp_path)})
