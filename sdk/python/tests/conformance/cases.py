"""The cases of sdk/conformance, and the server that plays them; its README documents both."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

Case = dict[str, Any]
FOLDER = Path(__file__).parents[3] / "conformance"


def load_cases() -> list[tuple[str, Case]]:
    """Every case by its name, with one for each variant."""
    found = []
    for file in sorted((FOLDER / "cases").glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            for variant in case.get("variants", [{}]):
                name = "/".join(filter(None, (file.stem, case["name"], variant.get("name"))))
                found.append((name, {**case, **variant}))
    return found


class ScriptedServer:
    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, verify=False)

    def close(self) -> None:
        self._http.close()

    def start(self, case: Case) -> dict[str, Any]:
        """Returns the `base_url` for a client, the `run_id` and the case's `number`."""
        script = {name: case[name] for name in ("responses", "requests") if name in case}
        started: dict[str, Any] = self._http.post("/cases", json=script).json()
        return started

    def problems_of(self, number: str) -> list[str]:
        """Ends a case. Returns what was wrong with the requests."""
        found: list[str] = self._http.delete(f"/cases/{number}").json()["problems"]
        return found


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    command = [os.environ.get("DAAI_TEST_NODE", "node"), str(FOLDER / "server.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        server = ScriptedServer(process.stdout.readline().strip())
        try:
            yield server
        finally:
            server.close()
            process.stdin.close()
