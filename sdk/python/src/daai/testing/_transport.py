"""Puts a console in memory behind the wire of the real one."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import httpx

from ._proposals import Proposals
from ._runs import Refusal

_PATH = re.compile(r".*/v1/sdk/(?:(intercept)|action-runs/([^/]+)/(.+))")


class Transport:
    """What an HTTP client sends to, instead of a socket."""

    def __init__(self, console: Proposals) -> None:
        self.console = console
        self.is_down = False
        self.lock = threading.RLock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("the console is down", request=request)
        body = json.loads(request.content) if request.content else {}
        with self.lock:
            try:
                status, fields = 200, self._respond(request.url, body)
            except Refusal as refusal:
                status, fields = refusal.status, {"status": refusal.status, **refusal.body}
        media_type = "application/json" if status == 200 else "application/problem+json"
        headers = {"Content-Type": media_type, "DAAI-Call": request.headers.get("DAAI-Call", "")}
        return httpx.Response(status, headers=headers, content=json.dumps(fields))

    def _respond(self, url: httpx.URL, body: dict[str, Any]) -> dict[str, Any]:
        console = self.console
        found = _PATH.fullmatch(url.path)
        if found is None:
            raise Refusal(404, "route_not_found", f"There is nothing at {url.path}.")
        if found[1]:
            return console.intercept(body)
        run, verb = console.find(found[2]), found[3]
        if verb == "status":
            return console.status(run, float(url.params.get("wait", 0)))
        if verb == "claim":
            return console.claim(run, body)
        if verb == "claim/renew":
            return console.renew(run, body)
        if verb == "claim/release":
            return console.release(run, body)
        if verb in ("report-executed", "report-failed"):
            return console.report(run, verb[len("report-") :], body)
        if verb == "withdraw":
            return console.withdraw(run, body["reason"])
        raise Refusal(404, "route_not_found", f"There is nothing at {url.path}.")
