"""Crews of CrewAI: the cases of every adapter, with both ways in which CrewAI calls tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import World, only, refund
from crewai.tools import tool
from crewai_crew import *  # noqa: F403
from crewai_crew import CrewConversation, refund_tool, search
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
