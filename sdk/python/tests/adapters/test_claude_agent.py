"""Agents of the Claude Agent SDK: the cases of every adapter, with its real Claude Code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import Conversation, only, refund
from claude_agent import REFUND, SEARCH, ClaudeAgent
from claude_agent_sdk import (
    ClaudeSDKClient,
    HookMatcher,
    Message,
    PermissionResult,
    PermissionResultAllow,
    create_sdk_mcp_server,
    tool,
)
from docs_programs import check_page, check_rejection, docs_files
from fake_console import Drop, FakeConsole
from fake_run import Run

from daai import DaaiConnectionError, ExecutionNotReported
from daai.adapters.claude_agent import DaaiPermissions
from daai.testing import FakeDaai

FILES = ["agent.py", "ask.py", "receive.py", "resume.py"]
MY_APP = (
    (Path(__file__).parents[1] / "scripted_messages.py").read_text(encoding="utf-8")
    + """
from claude_agent_sdk import ClaudeAgentOptions, create_sdk_mcp_server, tool

ARGUMENTS = {"order": "SO-88214", "amount": 1840}
CALL = {"type": "tool_use", "id": "c1", "name": "mcp__shop__refund", "input": ARGUMENTS}


class Model(ScriptedMessages):
    def respond(self, messages, model):
        self.turns = [] if "tool_result" in json.dumps(messages) else [[CALL]]
        events = super().respond(messages, model)
        open("told", "w").write(self.told().get("c1", ""))
        return events


@tool("refund", "Refund an order.", {"order": str, "amount": int})
async def refund(args):
    open("ledger", "a").write(f"{args['order']} {args['amount']}\\n")
    return {"content": [{"type": "text", "text": f"refunded {args['amount']}"}]}


options = ClaudeAgentOptions(
    mcp_servers={"shop": create_sdk_mcp_server("shop", tools=[refund])},
    setting_sources=[],
    env=Model().environment(Path.cwd()),
)
"""
)


@pytest.fixture
def kind() -> type[Conversation]:
    return ClaudeAgent


def test_whatever_permits_a_call_it_is_decided(fake: FakeDaai, tmp_path: Path) -> None:
    async def allow(*_given: Any) -> Any:
        return {"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "allow"}}

    ledger: list[Any] = []
    made = ClaudeAgent(fake.client(), tmp_path, ledger)
    made.options.hooks = {"PreToolUse": [HookMatcher(hooks=[allow])]}
    made.options.allowed_tools = [REFUND]
    made.options.permission_mode = "bypassPermissions"
    made.options.env["IS_SANDBOX"] = "1"
    # The hook of the adapter is why it isn't so.
    with pytest.warns(UserWarning, match="can_use_tool will not be invoked"):
        made.start(refund("A", 1840))
    assert (made.told(), ledger, len(made.pauses.run_ids())) == (None, [], 1)


def test_ungoverned_tools_have_the_permissions_of_the_app(fake: FakeDaai, tmp_path: Path) -> None:
    asked: list[str] = []

    async def can_use_tool(name: str, arguments: Any, _context: Any) -> PermissionResult:
        asked.append(name)
        return PermissionResultAllow(updated_input=arguments)

    made = ClaudeAgent(fake.client(), tmp_path, [])
    made.options.settings = None
    search = {"name": "search", "args": {"order": "A"}, "id": "c0"}
    made.start(search)
    assert made.told() == [f"{SEARCH} isn't governed, and nothing else permits it: name it in allowed_tools"]
    made.options.can_use_tool = can_use_tool
    made.start(search, refund("A", 80))
    assert (made.told(), asked) == (["found A", "refunded 80"], [SEARCH])


def test_in_a_client_the_same_call_is_let_through_once(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = ClaudeAgent(fake.client(), tmp_path, ledger)

    async def say(agent: ClaudeSDKClient, call: dict[str, Any]) -> str:
        made.will_call(call)
        await agent.query("Refund it.")
        assert [message async for message in agent.receive_response()]
        return made.model.told()[call["id"]]

    async def talk() -> None:
        async with made.governed.client(made.options) as agent:
            again = f'Later, call "{REFUND}" again with exactly the same arguments. That doesn\'t ask twice.'
            waits = f"Pending approval. Not executed. Don't try another way. {again}"
            assert await say(agent, refund("A", 1840, "c1")) == waits
            assert await say(agent, refund("A", 1840, "c2")) == waits
            (run,) = fake.runs
            fake.decide(run.id, "approve")
            # Other arguments are another call.
            assert await say(agent, refund("A", 1841, "c3")) == waits
            assert await say(agent, refund("A", 1840, "c4")) == "refunded 1840"
            assert await say(agent, refund("A", 1840, "c5")) == waits

    asyncio.run(talk())
    assert ledger == [("A", 1840)]
    assert [run.payload["amount"] for run in fake.runs] == [1840, 1841, 1840]


def test_equal_calls_at_the_same_time_are_runs_of_their_own(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = ClaudeAgent(fake.client(), tmp_path, ledger)
    made.start(refund("A", 80, "c1"), refund("A", 80, "c2"))
    assert (made.told(), ledger) == (["refunded 80", "refunded 80"], [("A", 80), ("A", 80)])
    assert [run.execution_status for run in fake.runs] == ["executed", "executed"]


def test_a_call_waits_as_long_as_it_may(console: FakeConsole, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = ClaudeAgent(console.client(), tmp_path, ledger, wait_seconds=60)
    console.after["status"] = lambda run: console.decide(run.id, "approved", by="ann@example.com")
    made.start(refund("A", 1840))
    assert (made.told(), ledger, made.pauses.run_ids()) == (["refunded 1840"], [("A", 1840)], [])


def test_a_tool_that_raises_is_reported_failed_and_told(fake: FakeDaai, tmp_path: Path) -> None:
    made = ClaudeAgent(fake.async_client(), tmp_path, [])
    made.start(refund("broken", 80))
    assert made.told() == ["the bank said no"]
    assert fake.runs[0].execution_error == "ToolFailed: the bank said no"


def test_a_change_reaches_a_tool_of_claude_code(console: FakeConsole, tmp_path: Path) -> None:
    made = ClaudeAgent(console.client(), tmp_path, [])
    made.governed = DaaiPermissions(console.client(), made.pauses, actions={"Bash": "refund_customer"})
    made.start({"name": "Bash", "args": {"command": "echo 1840"}, "id": "c1"})
    run = only(console)
    console.decide(run.id, "approved", by="ann@example.com", changed={"command": "echo 1480"})
    assert made.resume(run.id)
    (told,) = made.told() or []
    assert told == '1480Approved with a change by ann@example.com. Changed command to "echo 1480".'
    assert run.report is not None
    assert run.report["execution_result"]["stdout"] == "1480"


def test_a_question_without_an_answer_is_raised_at_the_end(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = ClaudeAgent(fake.client(), tmp_path, ledger)
    fake.is_down = True
    with pytest.raises(DaaiConnectionError):
        made.start(refund("A", 80))
    told = made.model.told()["c1"]
    assert (told.startswith("Tool permission request failed"), ledger) == (True, [])


def test_a_lost_report_is_raised_and_the_model_has_its_result(console: FakeConsole, tmp_path: Path) -> None:
    def lose(_run: Run) -> None:
        raise Drop

    ledger: list[Any] = []
    made = ClaudeAgent(console.client(), tmp_path, ledger)
    made.start(refund("A", 1840))
    run = only(console)
    console.decide(run.id, "approved")
    console.before["report-executed"] = lose
    with pytest.raises(ExecutionNotReported):
        made.resume(run.id)
    assert (made.told(), ledger, made.pauses.run_ids()) == (["refunded 1840"], [("A", 1840)], [])
    assert run.execution == "awaiting_execution_report"


@pytest.mark.parametrize("end", ["interrupt", "disconnect", "stop listening"])
def test_what_ends_while_a_tool_runs_is_in_doubt(fake: FakeDaai, tmp_path: Path, end: str) -> None:
    made = ClaudeAgent(fake.client(), tmp_path, [])

    async def play() -> None:
        begun = asyncio.Event()

        @tool("refund", "Refund an order.", {"order": str, "amount": int})
        async def hang(_args: dict[str, Any]) -> Any:
            begun.set()
            await asyncio.Event().wait()

        made.options.mcp_servers = {"shop": create_sdk_mcp_server("shop", tools=[hang])}
        made.will_call(refund("A", 80))
        if end == "stop listening":
            messages = made.governed.query(prompt="Refund it.", options=made.options)
            listening = asyncio.ensure_future(heard(messages))
            await begun.wait()
            listening.cancel()
            await asyncio.wait([listening])
            return
        async with made.governed.client(made.options) as agent:
            await agent.query("Refund it.")
            await begun.wait()
            if end == "interrupt":
                await agent.interrupt()
                await heard(agent.receive_response())

    asyncio.run(play())
    run = fake.runs[0]
    assert (run.execution_status, run.claim_token is None) == ("awaiting_execution_report", False)


async def heard(messages: AsyncIterable[Message]) -> list[Message]:
    return [message async for message in messages]


@pytest.mark.parametrize("check", [check_page, check_rejection])
def test_the_page_of_the_documentation(check: Any, tmp_path: Path) -> None:
    check("claude-agent", MY_APP, tmp_path, FakeConsole())
    assert [name for name, _ in docs_files("claude-agent")] == FILES
