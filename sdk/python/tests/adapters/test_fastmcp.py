"""Servers of FastMCP: the cases of every adapter, and what is special about a server."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from adapter_cases import *  # noqa: F403
from adapter_cases import ACTIONS, Conversation, only, refund
from docs_programs import docs_files, programs
from fake_console import Drop, FakeConsole
from fake_run import Run
from fastmcp import Client
from fastmcp.client.transports import StdioTransport
from fastmcp.exceptions import ToolError
from fastmcp.server import create_proxy
from fastmcp.server.auth import AccessToken
from fastmcp.server.middleware import Middleware
from fastmcp.tools import ToolResult
from fastmcp_server import ServerConversation, shop
from mcp.types import TextContent

from daai import LogTampered
from daai.adapters import fastmcp as adapter
from daai.testing import FakeDaai

LATER = 'Later, call "refund" again with exactly the same arguments. That doesn\'t ask twice.'
WAITS = f"Pending approval. Not executed. Don't try another way. {LATER}"
MY_APP = '''
def refund(order: str, amount: int) -> str:
    """Refund an order."""
    open("ledger", "a").write(f"{order} {amount}\\n")
    return f"refunded {amount}"
'''


@pytest.fixture
def kind() -> type[Conversation]:
    return ServerConversation


@pytest.fixture
def made(fake: FakeDaai, tmp_path: Path) -> ServerConversation:
    return ServerConversation(fake.client(), tmp_path, [])


class Instead(Middleware):
    """In place of the tool."""

    def __init__(self, *results: ToolResult) -> None:
        self.results = list(results)

    async def on_call_tool(self, context: Any, call_next: Any) -> Any:
        return self.results.pop(0) if self.results else await call_next(context)


class AsksBack(ToolResult):
    """As a tool of newer versions that has a question for its client."""

    input_required: str = "Which bank?"


class Failed(ToolResult):
    """As a result of newer versions that is an error."""

    is_error: bool = False


SAYS_NO = [TextContent(type="text", text="the bank said no")]


def test_the_same_call_is_let_through_once(made: ServerConversation, fake: FakeDaai) -> None:
    assert made.call(refund("A", 1840)) == [WAITS]
    assert made.call(refund("A", 1840)) == [WAITS]
    (run,) = fake.runs
    assert run.source == {"type": "fastmcp", "ref": "shop/refund"}
    fake.decide(run.id, "approve")
    # Other arguments are another call.
    assert made.call(refund("A", 1841)) == [WAITS]
    assert made.call(refund("A", 1840)) == ["refunded 1840"]
    assert made.call(refund("A", 1840)) == [WAITS]
    assert [run.payload["amount"] for run in fake.runs] == [1840, 1841, 1840]


def test_nobody_takes_over_what_another_one_waits_for(
    made: ServerConversation, fake: FakeDaai, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign_in(client: str, **claims: Any) -> None:
        token = AccessToken(token="t", client_id=client, scopes=[], claims=claims)
        monkeypatch.setattr(adapter, "get_access_token", lambda: token)

    sign_in("app", sub="ann")
    made.call(refund("A", 1840))
    fake.decide(fake.runs[0].id, "approve")
    sign_in("app", sub="bob")
    assert made.call(refund("A", 1840)) == [WAITS]
    sign_in("bot")
    assert made.call(refund("A", 1840)) == [WAITS]
    sign_in("app", sub="ann")
    assert made.call(refund("A", 1840)) == ["refunded 1840"]
    assert [run.actor for run in fake.runs] == ["ann", "bob", "bot"]


def test_without_an_answer_the_client_reads_that_nothing_ran(
    made: ServerConversation, fake: FakeDaai
) -> None:
    fake.is_down = True
    (told,) = made.call(refund("A", 80))
    assert told.startswith("The console gave no answer to this call: no response from")
    assert told.endswith("Not executed.")


def test_a_tool_that_raises_is_reported_failed_and_told(fake: FakeDaai, tmp_path: Path) -> None:
    made = ServerConversation(fake.async_client(), tmp_path, [])
    assert made.call(refund("broken", 80)) == ["Error calling tool 'refund': the bank said no"]
    assert fake.runs[0].execution_error == "ToolError: Error calling tool 'refund': the bank said no"


def test_a_result_that_is_an_error_is_reported_failed(made: ServerConversation, fake: FakeDaai) -> None:
    failed = Failed(content=[*SAYS_NO])
    failed.is_error = True
    made.server.add_middleware(Instead(failed))
    call = refund("A", 80)
    told = asyncio.run(made.server.call_tool(call["name"], call["args"]))
    assert told.content == SAYS_NO
    assert fake.runs[0].execution_error == "ToolFailed: the bank said no"


def test_a_tool_that_asks_back_has_not_run(made: ServerConversation, fake: FakeDaai) -> None:
    made.server.add_middleware(Instead(AsksBack(content=[*SAYS_NO])))
    call = refund("A", 80)
    asked = asyncio.run(made.server.call_tool(call["name"], call["args"]))
    assert isinstance(asked, AsksBack)
    assert (fake.runs[0].execution_status, fake.runs[0].claim_token) == ("awaiting_execution_report", None)
    assert made.call(call) == ["refunded 80"]
    assert [run.execution_status for run in fake.runs] == ["executed"]


def test_a_call_waits_as_long_as_it_may(console: FakeConsole, tmp_path: Path) -> None:
    made = ServerConversation(console.client(), tmp_path, [], wait_seconds=60)
    console.after["status"] = lambda run: console.decide(run.id, "approved", by="ann@example.com")
    assert made.call(refund("A", 1840)) == ["refunded 1840"]


@pytest.mark.parametrize("problem", [Drop(), LogTampered("forked", "it was rewritten", None, None)])
def test_a_report_that_goes_wrong_does_not_lose_the_result(
    console: FakeConsole, tmp_path: Path, problem: Exception
) -> None:
    def lose(_run: Run) -> None:
        raise problem

    made = ServerConversation(console.client(), tmp_path, [])
    made.call(refund("A", 1840))
    run = only(console)
    console.decide(run.id, "approved")
    console.before["report-executed"] = lose
    assert made.call(refund("A", 1840)) == ["refunded 1840"]
    assert run.execution == "awaiting_execution_report"


@pytest.mark.parametrize("end", ["cancel", "time out"])
def test_what_ends_while_a_tool_runs_is_in_doubt(fake: FakeDaai, tmp_path: Path, end: str) -> None:
    made = ServerConversation(fake.client(), tmp_path, [], actions={**ACTIONS, "hang": "refund_customer"})

    async def play() -> None:
        begun = asyncio.Event()

        @made.server.tool(timeout=None if end == "cancel" else 0.01)
        async def hang(amount: int) -> None:
            begun.set()
            await asyncio.Event().wait()

        calling = asyncio.ensure_future(made.server.call_tool("hang", {"amount": 80}))
        await begun.wait()
        if end == "cancel":
            calling.cancel()
        await asyncio.wait([calling])
        with pytest.raises(ToolError, match="Not executed by this call"):
            await made.server.call_tool("hang", {"amount": 80})

    asyncio.run(play())
    (run,) = fake.runs
    assert (run.execution_status, run.claim_token is None) == ("awaiting_execution_report", False)


def test_background_tasks_cannot_be_governed(
    made: ServerConversation, fake: FakeDaai, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = asyncio.run(made.server.get_tool("refund"))
    assert tool is not None
    tool.task_config = replace(tool.task_config, mode="optional")

    async def get_tool(*_given: Any, **_settings: Any) -> Any:
        return tool

    monkeypatch.setattr(made.server, "get_tool", get_tool)
    with pytest.raises(ToolError, match="'refund' can run as a background task, so it can't be governed"):
        asyncio.run(made.server.call_tool("refund", {"order": "A", "amount": 80}))
    fake.expect_nothing_proposed()


def test_the_page_of_the_documentation(console: FakeConsole, tmp_path: Path) -> None:
    """Its server, killed and started again between the question and the answer."""
    assert [name for name, _ in docs_files("fastmcp")] == ["server.py"]
    with programs("fastmcp", MY_APP, tmp_path, console) as played:
        transport = StdioTransport(
            sys.executable, ["server.py"], env=played.environment, cwd=str(tmp_path), keep_alive=False
        )

        async def call() -> str:
            async with Client(transport) as client:
                args = {"order": "SO-88214", "amount": 1840}
                done = await client.call_tool("refund", args, raise_on_error=False)
                return "".join(block.text for block in done.content)

        assert asyncio.run(call()) == WAITS
        run = only(console)
        console.decide(run.id, "approved", by="ann@example.com", comment="Once.")
        assert asyncio.run(call()) == "refunded 1840"
        assert (played.executions(), run.execution) == (["SO-88214 1840"], "executed")


def test_tools_of_other_servers_in_it_are_governed(fake: FakeDaai, tmp_path: Path) -> None:
    ledger: list[Any] = []
    made = ServerConversation(fake.client(), tmp_path, ledger, actions={"bank_refund": "refund_customer"})
    made.server.mount(create_proxy(shop(ledger)), namespace="bank")
    call = {**refund("A", 1840), "name": "bank_refund"}
    assert made.call(call) == [WAITS.replace("refund", "bank_refund")]
    fake.decide(fake.runs[0].id, "approve")
    assert made.call(call) == ["refunded 1840"]
    assert (ledger, fake.runs[0].execution_result) == ([("A", 1840)], {"result": "refunded 1840"})
