"""Claude Agent SDK with its own Claude Code, which talks to a scripted model."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterable
from pathlib import Path
from typing import Any

from adapter_cases import perform
from claude_agent_sdk import ClaudeAgentOptions, Message, create_sdk_mcp_server, tool
from scripted_messages import ScriptedMessages

from daai.adapters import Pauses
from daai.adapters._open_calls import fingerprint
from daai.adapters.claude_agent import DaaiPermissions

REFUND, SEARCH = "mcp__shop__refund", "mcp__shop__search"


def shop(ledger: list[Any]) -> Any:
    @tool("refund", "Refund an order.", {"order": str, "amount": int})
    async def refund(args: dict[str, Any]) -> dict[str, Any]:
        return _result(perform(ledger, args["order"], args["amount"]))

    @tool("search", "Find an order.", {"order": str})
    async def search(args: dict[str, Any]) -> dict[str, Any]:
        return _result(f"found {args['order']}")

    return create_sdk_mcp_server("shop", tools=[refund, search])


def _result(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}]}


class ClaudeAgent:
    def __init__(self, client: Any, folder: Path, ledger: list[Any], **settings: Any) -> None:
        self.model = ScriptedMessages()
        self.pauses = Pauses(folder / "pauses.db")
        self.file = folder / "pauses.db"
        self.governed = DaaiPermissions(
            client, self.pauses, actions={REFUND: "refund_customer"}, ungoverned=[SEARCH], **settings
        )
        self.options = ClaudeAgentOptions(
            mcp_servers={"shop": shop(ledger)},
            settings=json.dumps({"permissions": {"allow": [SEARCH]}}),
            setting_sources=[],
            cwd=folder,
            env=self.model.environment(folder),
        )

    def start(self, *calls: dict[str, Any]) -> Any:
        self.will_call(*calls)
        return self.play(self.governed.query(prompt="Refund it.", options=self.options))

    def will_call(self, *calls: dict[str, Any]) -> None:
        """In its next turn, at once."""
        names = {"refund": REFUND, "search": SEARCH}
        self.model.turns.append(
            [
                {
                    "type": "tool_use",
                    "id": call["id"],
                    "name": names.get(call["name"], call["name"]),
                    "input": call["args"],
                }
                for call in calls
            ]
        )

    def resume(self, run_id: str) -> bool:
        return self.play(self.governed.resume(run_id, self.options)) != []

    def play(self, messages: AsyncIterable[Message]) -> list[Message]:
        async def listen() -> list[Message]:
            return [message async for message in messages]

        return asyncio.run(listen())

    def told(self) -> list[str] | None:
        told = self.model.told()
        if not told or any(text.startswith("Pending approval") for text in told.values()):
            return None
        return [told[name] for name in sorted(told)]

    def tamper(self, amount: int) -> None:
        """Also what the call is found by: otherwise it would be another call, which waits again."""
        (run_id,) = self.pauses.run_ids()
        pause = self.pauses.get(run_id)
        assert pause is not None
        self.pauses.keep([run_id], pause.state.replace("1840", str(amount)))
        kept = json.loads(pause.state)
        args = {**kept["arguments"], "amount": amount}
        call = fingerprint("claude_agent", kept["session"], REFUND, "refund_customer", args)
        with sqlite3.connect(self.file) as db:
            db.execute("UPDATE open_call SET call = ?", (call,))
