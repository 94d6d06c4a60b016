"""A FastMCP server, and a client that calls what waits once more."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

from adapter_cases import ACTIONS, UNGOVERNED, perform
from fastmcp import Client, FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.middleware import Middleware

from daai import DaaiError
from daai.adapters import Pauses
from daai.adapters._open_calls import fingerprint
from daai.adapters.fastmcp import DaaiMiddleware


class Problems(Middleware):
    """Why the server answered with an error."""

    def __init__(self) -> None:
        self.seen: list[DaaiError] = []

    async def on_call_tool(self, context: Any, call_next: Any) -> Any:
        try:
            return await call_next(context)
        except ToolError as error:
            if isinstance(error.__cause__, DaaiError):
                self.seen.append(error.__cause__)
            raise


def shop(ledger: list[Any]) -> FastMCP[Any]:
    server: FastMCP[Any] = FastMCP("shop")

    @server.tool(name="refund")
    async def refund_(order: str, amount: int) -> str:
        return perform(ledger, order, amount)

    @server.tool
    async def search(order: str) -> str:
        return f"found {order}"

    return server


class ServerConversation:
    """Its client's calls and what it was told are files, as its model would have them in its history."""

    def __init__(self, client: Any, folder: Path, ledger: list[Any], **settings: Any) -> None:
        self.calls_file, self.told_file = folder / "calls.json", folder / "told.json"
        self.file = folder / "pauses.db"
        self.pauses = Pauses(self.file)
        self.problems = Problems()
        self.server = shop(ledger)
        self.server.add_middleware(self.problems)
        settings = {"actions": ACTIONS, "ungoverned": UNGOVERNED, "wait_seconds": 0, **settings}
        self.server.add_middleware(DaaiMiddleware(client, self.pauses, **settings))

    def start(self, *calls: dict[str, Any]) -> None:
        self.calls_file.write_text(json.dumps({call["id"]: call for call in calls}))
        self.told_file.write_text("{}")
        self._make([*calls])

    def resume(self, run_id: str) -> bool:
        told = json.loads(self.told_file.read_text())
        calls = json.loads(self.calls_file.read_text())
        waiting = [call for name, call in calls.items() if name not in told]
        self._make(waiting)
        return waiting != []

    def told(self) -> list[str] | None:
        told = json.loads(self.told_file.read_text())
        is_waiting = len(told) < len(json.loads(self.calls_file.read_text()))
        return None if is_waiting else [told[name] for name in sorted(told)]

    def tamper(self, amount: int) -> None:
        """Also what the call is found by: otherwise it would be another call, which waits again."""
        (call,) = json.loads(self.calls_file.read_text()).values()
        call["args"]["amount"] = amount
        self.calls_file.write_text(json.dumps({call["id"]: call}))
        found = fingerprint("fastmcp", "shop", None, None, "refund", "refund_customer", call["args"])
        with sqlite3.connect(self.file) as db:
            db.execute("UPDATE open_call SET call = ?", (found,))

    def call(self, *calls: dict[str, Any]) -> list[str]:
        """What the client's model reads about these calls."""

        async def play() -> list[str]:
            async with Client(self.server) as client:
                made = [client.call_tool(each["name"], each["args"], raise_on_error=False) for each in calls]
                return ["".join(block.text for block in done.content) for done in await asyncio.gather(*made)]

        return asyncio.run(play())

    def _make(self, calls: list[dict[str, Any]]) -> None:
        answers = self.call(*calls)
        if self.problems.seen:
            raise self.problems.seen.pop(0)
        told = json.loads(self.told_file.read_text())
        for call, answer in zip(calls, answers):
            if not answer.startswith("Pending approval"):
                told[call["id"]] = answer
        self.told_file.write_text(json.dumps(told))
