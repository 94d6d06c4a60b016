"""Status, wait, claims and reports."""

from __future__ import annotations

import httpx
from scripted import RUN_ID, Call, Script, answer, run_status

from daai import (
    GovernanceStatus,
)


class Held(Script):
    """A console that holds each answer for so many seconds; no other time passes."""

    def __init__(self, *answers: tuple[float, str]) -> None:
        super().__init__(*(answer(**run_status(governance)) for _, governance in answers))
        self.seconds = [seconds for seconds, _ in answers]
        self.now = 1000.0
        self.monotonic = lambda: self.now

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.now += self.seconds.pop(0)
        return super().__call__(request)


def test_wait_uses_the_long_poll_until_it_is_decided(call: Call) -> None:
    script = Held((25, "pending_approval"), (25, "pending_approval"), (5, "approved"))
    status = call(script, "wait", RUN_ID, timeout=65)
    assert status.governance_status is GovernanceStatus.APPROVED
    assert [request.url.params["wait"] for request in script.requests] == ["25", "25", "15"]
    # The answer may be held for as long as was asked; only then does the patience for an answer begin.
    assert script.requests[0].extensions["timeout"] == {"connect": 10, "read": 35, "write": 10, "pool": 10}
    assert script.sleeps == []
