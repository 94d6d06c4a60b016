"""A model for Claude Code: Anthropic's Messages API on this machine, whose answers are written down."""

from __future__ import annotations

import json
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

AGAIN = re.compile(r'Your call of "(.+?)" may run now\. Make it again with exactly these arguments: (.+)')
ABOUT = re.compile(r'About your call of "(.+?)" with (.+?): (?=[A-Z])(.+)')
CONTEXT = "hook additional context: "
DONE = {"type": "text", "text": "done"}


class ScriptedMessages:
    """Makes the calls of `turns`, repeats a call when it's told to, and then is done."""

    def __init__(self) -> None:
        self.turns: list[list[dict[str, Any]]] = []
        self.seen: list[dict[str, Any]] = []
        """The messages of the last request."""
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                is_asked = "/v1/messages" in self.path and "count_tokens" not in self.path
                events = model.respond(given["messages"], given["model"]) if is_asked else []
                content = "".join(f"event: {name}\ndata: {json.dumps(event)}\n\n" for name, event in events)
                self.send_response(200 if is_asked else 404)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Content-Length", str(len(content.encode())))
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *_args: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def environment(self, folder: Path) -> dict[str, str]:
        """What Claude Code needs to find this model, and to keep its files in the folder."""
        others = {name: "" for name in os.environ if name.startswith(("ANTHROPIC", "CLAUDE"))}
        return {
            **others,
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{self._server.server_port}",
            "ANTHROPIC_API_KEY": "none",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "CLAUDE_CONFIG_DIR": str(folder / "claude"),
            "ENABLE_TOOL_SEARCH": "false",
            "HOME": str(folder),
        }

    def respond(self, messages: list[dict[str, Any]], model: str) -> list[tuple[str, dict[str, Any]]]:
        self.seen = messages
        content = [DONE]
        again = AGAIN.search(_text(messages[-1]) if messages[-1]["role"] == "user" else "")
        if again is not None:
            content = [self._repeated(again.group(1), json.loads(again.group(2)))]
        elif self.turns:
            content = self.turns.pop(0)
        stop = "end_turn" if content == [DONE] else "tool_use"
        message = {"id": "m1", "type": "message", "role": "assistant", "model": model, "content": []}
        usage = {"input_tokens": 1, "output_tokens": 1}
        events: list[tuple[str, dict[str, Any]]] = [
            ("message_start", {"message": {**message, "usage": usage}})
        ]
        for index, block in enumerate(content):
            is_text = block["type"] == "text"
            start = {**block, "text": ""} if is_text else {**block, "input": {}}
            delta = (
                {"type": "text_delta", "text": block["text"]}
                if is_text
                else {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            )
            events.append(("content_block_start", {"index": index, "content_block": start}))
            events.append(("content_block_delta", {"index": index, "delta": delta}))
            events.append(("content_block_stop", {"index": index}))
        events.append(("message_delta", {"delta": {"stop_reason": stop}, "usage": usage}))
        events.append(("message_stop", {}))
        return [(name, {"type": name, **event}) for name, event in events]

    def told(self) -> dict[str, str]:
        """What the model knows about each of its calls, by the id of the first."""
        told: dict[str, str] = {}
        last = ""
        for message in self.seen:
            for block in message["content"] if isinstance(message["content"], list) else []:
                if block["type"] == "tool_result":
                    last = block["tool_use_id"].split("_again")[0]
                    told[last] = _text(block)
            text = _text(message)
            about = ABOUT.search(text)
            if about is not None:
                told[self._first(about.group(1), json.loads(about.group(2)))] = about.group(3)
            if CONTEXT in text:
                told[last] += text.split(CONTEXT)[1]
        return told

    def _repeated(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        return {"type": "tool_use", "id": f"{self._first(name, args)}_again", "name": name, "input": args}

    def _first(self, name: str, args: dict[str, Any]) -> str:
        for message in self.seen:
            for block in message["content"] if isinstance(message["content"], list) else []:
                if block["type"] == "tool_use" and (block["name"], block["input"]) == (name, args):
                    return str(block["id"])
        return "another"


def _text(message: dict[str, Any]) -> str:
    content = message.get("content", "")
    if isinstance(content, str):
        return content
    return "".join(block["text"] for block in content if block["type"] == "text")
