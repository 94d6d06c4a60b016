"""The tools of a crew: what may happen around a call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import only, refund
from crewai import Agent, Crew, Task
from crewai.hooks import clear_before_tool_call_hooks, register_before_tool_call_hook
from crewai.tools import tool
from crewai_crew import *  # noqa: F403
from crewai_crew import CrewConversation, ScriptedModel, search
from fake_console import FakeConsole

from daai import LogTampered
from daai.adapters._gate import Governing
from daai.testing import FakeDaai


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


@pytest.mark.parametrize("has_run", [False, True])
def test_a_log_that_was_tampered_with_is_no_news_of_the_call(
    kind: type[CrewConversation],
    console: FakeConsole,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_run: bool,
) -> None:
    """The model reads whether the tool has run, and the program gets the finding."""

    def find(*_given: Any) -> Any:
        raise LogTampered("forked", "it was rewritten", None, None)

    ledger: list[tuple[str, int]] = []
    made = kind(console.client(), tmp_path, ledger)
    made.start(refund("A", 1840))
    console.decide(only(console).id, "approved")
    if has_run:
        console.before["report-executed"] = find
    else:
        monkeypatch.setattr(Governing, "ask", find)
    with pytest.raises(LogTampered):
        made.resume(only(console).id)
    (told,) = made.model.told().values()
    assert "it was rewritten" in told
    if has_run:
        assert (ledger, told.startswith("Executed, ")) == ([("A", 1840)], True)
    else:
        assert (ledger, told.endswith(" Not executed.")) == ([], True)
