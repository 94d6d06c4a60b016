"""The tools of OpenAI's Agents SDK: what may happen around a call."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import only, refund
from agents import (
    Agent,
    ModelBehaviorError,
    RunContextWrapper,
    RunState,
    ToolGuardrailFunctionOutput,
    ToolOutputImage,
    UserError,
    WebSearchTool,
    function_tool,
    tool_input_guardrail,
)
from agents.tool_context import ToolContext
from fake_console import FakeConsole
from openai_agent import OpenAIAgent, ScriptedModel, tools_of
from packaging.version import Version

from daai import ActionAlreadyTaken
from daai.adapters.openai_agents import DaaiRunner
from daai.testing import FakeDaai


def test_a_failure_that_is_not_for_the_model_is_reported_and_raised(fake: FakeDaai, tmp_path: Path) -> None:
    @function_tool(name_override="refund", failure_error_function=None)
    def refund_(order: str, amount: int) -> str:
        raise ValueError("the bank said no")

    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    with pytest.raises(UserError, match="the bank said no"):
        made.start(refund("A", 80))
    assert fake.runs[0].execution_error == "ValueError: the bank said no"


def test_what_an_app_says_of_a_failure_is_told(fake: FakeDaai, tmp_path: Path) -> None:
    def say(_context: RunContextWrapper[Any], error: Exception) -> str:
        return f"Sorry: {error}"

    @function_tool(name_override="refund", failure_error_function=say)
    async def refund_(order: str, amount: int) -> str:
        raise ValueError("the bank said no")

    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    made.start(refund("A", 80))
    assert made.told() == ["Sorry: the bank said no"]
    assert fake.runs[0].execution_status == "failed"


@pytest.mark.parametrize("written", ["{", "[]", '"A"'])
def test_arguments_that_are_no_object_are_not_proposed(written: str, fake: FakeDaai, tmp_path: Path) -> None:
    made = OpenAIAgent(fake.client(), tmp_path, [])
    made.start({"name": "refund", "args": written, "id": "c1"})
    assert made.told() == ["The arguments aren't a JSON object. Not executed."]
    fake.expect_nothing_proposed()


def test_a_claim_that_no_tool_took_is_released(fake: FakeDaai, tmp_path: Path) -> None:
    @tool_input_guardrail
    def refuse(_data: Any) -> ToolGuardrailFunctionOutput:
        return ToolGuardrailFunctionOutput.reject_content("Not on Sundays.")

    @function_tool(name_override="refund", tool_input_guardrails=[refuse])
    def refund_(order: str, amount: int) -> str:
        raise AssertionError

    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    made.start(refund("A", 80))
    assert made.told() == ["Not on Sundays."]
    assert (fake.runs[0].execution_status, fake.runs[0].claim_token) == ("awaiting_execution_report", None)


def test_a_claim_that_is_lost_before_the_tool_begins(
    fake: FakeDaai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("daai._lease.RENEWALS_PER_LEASE", 6_000.0)

    @tool_input_guardrail
    async def take_long(_data: Any) -> ToolGuardrailFunctionOutput:
        fake.runs[0].release()
        while "the claim is lost" not in caplog.text:
            await asyncio.sleep(0.001)
        return ToolGuardrailFunctionOutput.allow()

    @function_tool(name_override="refund", tool_input_guardrails=[take_long])
    def refund_(order: str, amount: int) -> str:
        raise AssertionError

    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    with pytest.raises(ActionAlreadyTaken):
        made.start(refund("A", 80))


def test_two_calls_with_one_id_do_not_run(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)
    # Newer versions see it themselves.
    with pytest.raises((ValueError, ModelBehaviorError), match=r"same id|reused a tool call ID"):
        made.start(refund("A", 80, "c1"), refund("B", 90, "c1"))
    assert ledger == []
    assert [run.execution_status for run in fake.runs if run.claim_token] == []


def test_a_call_that_the_framework_does_not_make_is_not_asked_about_forever(
    fake: FakeDaai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RunState, "approve", lambda *_args: None)
    made = OpenAIAgent(fake.client(), tmp_path, [])
    with pytest.raises(RuntimeError, match="didn't make a call"):
        made.start(refund("A", 80))
    assert (fake.runs[0].execution_status, fake.runs[0].claim_token) == ("awaiting_execution_report", None)


def test_a_tool_that_times_out_is_in_doubt(fake: FakeDaai, tmp_path: Path) -> None:
    @function_tool(name_override="refund", timeout=0.01)
    async def refund_(order: str, amount: int) -> str:
        await asyncio.Event().wait()
        return "never"

    made = OpenAIAgent(fake.client(), tmp_path, [], refund_)
    made.start(refund("A", 80))
    (told,) = made.told() or []
    assert "timed out" in told
    run = fake.runs[0]
    assert (run.execution_status, run.claim_token is None) == ("awaiting_execution_report", False)


def test_a_change_is_told_beside_an_image(console: FakeConsole, tmp_path: Path) -> None:
    seen: list[str] = []

    @function_tool(name_override="refund")
    def refund_(context: ToolContext[Any], order: str, amount: int) -> ToolOutputImage:
        seen.append(context.tool_arguments)
        return ToolOutputImage(image_url="https://example.com/receipt.png")

    made = OpenAIAgent(console.client(), tmp_path, [], refund_)
    made.start(refund("A", 1840))
    run = only(console)
    console.decide(run.id, "approved", by="ann@example.com", changed={"order": "A", "amount": 1480})
    made.resume(run.id)
    assert made.told() == [
        [
            {
                "type": "input_text",
                "text": "Approved with a change by ann@example.com. Changed amount to 1480.",
            },
            {"type": "input_image", "image_url": "https://example.com/receipt.png"},
        ]
    ]
    assert seen == ['{"order": "A", "amount": 1480}']


def test_a_tool_of_an_agent_that_is_a_tool(fake: FakeDaai, tmp_path: Path) -> None:
    def triage(made: OpenAIAgent) -> Agent[Any]:
        model = ScriptedModel()
        model.will_call({"name": "ask_refunds", "args": {"input": "Refund it."}, "id": "a1"})
        return Agent(name="Triage", model=model, tools=[made.agent.as_tool("ask_refunds", "Refunds.")])

    ledger: list[Any] = []
    made = OpenAIAgent(fake.client(), tmp_path, ledger)
    made.model.will_call(refund("A", 1840))
    asyncio.run(made.governed.run(triage(made), "Refund it."))
    (run_id,) = made.pauses.run_ids()
    fake.decide(run_id, "approve")
    again = OpenAIAgent(fake.client(), tmp_path, ledger)
    result = asyncio.run(again.governed.resume(triage(again), run_id))
    assert result is not None
    assert (result.final_output, ledger) == ("done", [("A", 1840)])
    # Older versions then run such an agent once more from its beginning.
    runs_again = Version(version("openai-agents")) < Version("0.20.0")
    assert again.told() == (None if runs_again else ["refunded 1840"])


def test_what_cannot_be_governed_is_said(fake: FakeDaai, tmp_path: Path) -> None:
    made = OpenAIAgent(fake.client(), tmp_path, [])
    search_web = WebSearchTool()
    with pytest.raises(TypeError, match="web_search"):
        made.governed.tools([search_web])
    with pytest.raises(TypeError, match="ask_refunds"):
        made.governed.tools([made.agent.as_tool("ask_refunds", None)])
    refund_, search = tools_of([])
    refund_.needs_approval = True
    with pytest.raises(ValueError, match="approval of its own"):
        made.governed.tools([refund_])
    search.output_json_schema = {"type": "object"}
    with pytest.raises(ValueError, match="output schema"):
        DaaiRunner(fake.client(), made.pauses).tools([search])
    with pytest.raises(TypeError, match="several tools"):
        DaaiRunner(fake.client(), made.pauses, ungoverned="search")
    other = DaaiRunner(fake.client(), made.pauses, ungoverned=["refund", "web_search"])
    assert other.tools([refund_, search_web]) == [refund_, search_web]
    # It would wait for an approval that nobody can give.
    model = ScriptedModel()
    model.will_call(refund("A", 80))
    with pytest.raises(ValueError, match="isn't governed"):
        asyncio.run(other.run(Agent(name="Refunds", model=model, tools=[refund_]), "Refund it."))
