"""A console in memory that keeps the wire contract, behind httpx's mock transport.

What makes it useful for tests are the hooks: `before["claim"]` runs when the request has arrived,
`after["claim"]` when it has taken effect but is not answered yet. A hook that raises `Drop` loses the answer.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from fake_run import Run
from scripted import API_KEY, BASE_URL, WORKSPACE_KEY

from daai import DaaiClient

GOVERNANCE = {
    "send": "allowed",
    "ask": "pending_approval",
    "never": "blocked",
    "send_invoice_reminder": "pending_approval",
    "refund_customer": "pending_approval",
}
Answer = tuple[int, dict[str, Any]]


class Drop(Exception):  # noqa: N818
    """The connection breaks."""


def _do_nothing(_run: Run) -> None: ...


class FakeConsole:
    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}
        self.journal: list[tuple[str, str]] = []
        self.before: dict[str, Callable[[Run], None]] = {}
        self.after: dict[str, Callable[[Run], None]] = {}
        self.refusal: str | None = None
        """What every claim is refused with."""
        self._lock = threading.Lock()

    def propose(self, action: str, **payload: Any) -> Run:
        """As if an intercept had come in."""
        run = Run(str(uuid4()), action, payload, str(uuid4()), GOVERNANCE[action])
        run.execution = "awaiting_execution_report" if run.may_run else "not_executed"
        self.runs[run.id] = run
        return run

    def decide(
        self,
        run_id: str,
        governance: str,
        reason: str = "because",
        by: str | None = None,
        comment: str | None = None,
        changed: dict[str, Any] | None = None,
    ) -> None:
        run = self.runs[run_id]
        run.governance, run.reason, run.by, run.comment = governance, reason, by, comment
        run.changed = changed
        run.execution = "awaiting_execution_report" if run.may_run else "not_executed"

    def verbs(self, run_id: str) -> list[str]:
        """What was asked about a run, without the status requests."""
        return [verb for verb, asked in self.journal if asked == run_id and verb != "status"]

    def client(self) -> DaaiClient:
        http = httpx.Client(transport=httpx.MockTransport(self))
        client = DaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http)
        client._sleep = lambda _seconds: None
        return client

    def __call__(self, request: httpx.Request) -> httpx.Response:
        try:
            status, fields = self.answer(request.url.path, request.content)
        except Drop:
            raise httpx.RemoteProtocolError("dropped") from None
        kind = "application/json" if status == 200 else "application/problem+json"
        headers = {"Content-Type": kind, "DAAI-Call": request.headers.get("DAAI-Call", "")}
        return httpx.Response(status, headers=headers, content=json.dumps(fields))

    def answer(self, path: str, content: bytes, port: int = 0) -> Answer:
        body = json.loads(content) if content else {}
        parts = path.split("/v1/sdk/")[1].split("/", 2)
        verb = parts[0] if parts[0] == "intercept" else parts[2]
        with self._lock:
            run = self._intercepted(body) if verb == "intercept" else self.runs.get(parts[1])
        if run is None:
            return 404, {"code": "run_not_found", "detail": "There is no such run."}
        if verb == "intercept" and run.payload != body["payload"]:
            return 409, {"code": "idempotency_conflict", "detail": "It was sent before with another payload."}
        self.journal.append((verb, run.id))
        run.ports.add(port)
        self.before.get(verb, _do_nothing)(run)
        with self._lock:
            result = getattr(self, "_" + verb.replace("-", "_").replace("/", "_"))(run, body)
        self.after.get(verb, _do_nothing)(run)
        return result  # type: ignore[no-any-return]

    def _intercepted(self, body: dict[str, Any]) -> Run:
        for run in self.runs.values():
            if (run.action, run.key) == (body["action"], body["idempotency_key"]):
                return run
        run = self.propose(body["action"], **body["payload"])
        run.key = body["idempotency_key"]
        return run

    def _intercept(self, run: Run, body: dict[str, Any]) -> Answer:
        decision = run.description()
        claim = None
        request = body.get("claim")
        if request and run.may_run and run.changed is None and (run.executable or run.is_held_by(request)):
            claim = run.take(request)
            decision["executable"] = True
        replay = self.journal.count(("intercept", run.id)) > 1
        return 200, {**decision, "idempotent_replay": replay, "claim": claim, "links": {}}

    def _status(self, run: Run, _body: dict[str, Any]) -> Answer:
        expires = None if run.claim is None else "2026-01-01T00:00:00.000Z"
        held = run.claim is not None and not run.lease_over
        known = {"action": run.action, "created_at": "2026-01-01T00:00:00.000Z", "claimed": held}
        return 200, {**run.description(), **known, "claim_expires_at": expires}

    def _claim(self, run: Run, body: dict[str, Any]) -> Answer:
        if run.execution in ("executed", "failed"):
            return 409, {"code": "already_reported"}
        if not run.may_run:
            return 409, {"code": "not_executable", "decision": run.decision()}
        if self.refusal is not None:
            return 409, {"code": self.refusal}
        if run.claim is not None and not run.is_held_by(body):
            return 409, {"code": "already_claimed"}
        claim = run.take(body)
        payload = run.payload if run.changed is None else run.changed
        known = {"payload": payload, "payload_changed": run.changed is not None, "changes": run.changes}
        return 200, {"action_run_id": run.id, "action": run.action, "claim": claim, **known}

    def _claim_renew(self, run: Run, body: dict[str, Any]) -> Answer:
        if body["claim_token"] != run.claim:
            return 409, {"code": "claim_token_mismatch"}
        claim = {"token": run.claim, "expires_at": "2026-01-01T00:01:00.000Z"}
        return 200, {"action_run_id": run.id, "claim": claim}

    def _claim_release(self, run: Run, body: dict[str, Any]) -> Answer:
        if body["claim_token"] != run.claim:
            return 409, {"code": "claim_token_mismatch"}
        run.claim = None
        return 200, {"action_run_id": run.id, "claim": None}

    def _withdraw(self, run: Run, body: dict[str, Any]) -> Answer:
        replay = run.reason == "withdrawn"
        if run.claim is not None:
            return 409, {"code": "already_claimed"}
        if not replay and run.governance not in ("pending_approval", "allowed", "approved"):
            return 409, {"code": "already_decided"}
        run.governance, run.execution, run.reason = "rejected", "not_executed", "withdrawn"
        run.comment = body["reason"]
        decision = run.description()
        for name in ("executable", "receipt", "decision", "payload_changed"):
            del decision[name]
        known = {"withdrawn_at": "2026-01-01T00:00:02.000Z", "reason": body["reason"]}
        return 200, {**decision, **known, "idempotent_replay": replay}

    def _report_executed(self, run: Run, body: dict[str, Any]) -> Answer:
        return self._reported(run, "executed", body)

    def _report_failed(self, run: Run, body: dict[str, Any]) -> Answer:
        return self._reported(run, "failed", body)

    def _reported(self, run: Run, execution: str, body: dict[str, Any]) -> Answer:
        if run.execution in ("executed", "failed") and (run.execution, run.report) != (execution, body):
            return 409, {"code": "already_reported"}
        if run.claim is not None and body.get("claim_token") != run.claim:
            return 409, {"code": "claim_token_mismatch"}
        run.execution, run.report = execution, body
        return 200, {"action_run_id": run.id, "execution_status": execution}
