"""A response counts only when it is about what was asked, whatever mixed up the responses on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from ._canonical import payload_hash
from ._models import ClaimedRun, ClaimState, ExecutionReport, InterceptResult, RunStatus, Withdrawal

Response = TypeVar("Response", RunStatus, ClaimedRun, ClaimState, ExecutionReport, Withdrawal)


def of_run(
    run_id: str | UUID, build: Callable[[dict[str, Any]], Response]
) -> Callable[[dict[str, Any]], Response]:
    """Reject a response about another run, as a faulty proxy or cache may return."""

    def build_and_compare(body: dict[str, Any]) -> Response:
        model = build(body)
        if model.action_run_id.lower() != str(run_id).lower():
            raise ValueError("it is about another run")
        return model

    return build_and_compare


def of_proposal(
    proposal: dict[str, Any], build: Callable[[dict[str, Any]], InterceptResult]
) -> Callable[[dict[str, Any]], InterceptResult]:
    """Reject a decision on another proposal, whatever mixed up the responses."""
    asked = {name: proposal[name] for name in ("action", "idempotency_key")}
    asked["payload_hash"] = payload_hash(proposal["payload"])

    def build_and_compare(body: dict[str, Any]) -> InterceptResult:
        result = build(body)
        for name, value in asked.items():
            # Older consoles omit these; their responses are identified by the call header alone.
            if getattr(result, name) not in (None, value):
                raise ValueError(f"it is about another proposal: its {name} isn't the one that was sent")
        return result

    return build_and_compare


def with_payload(
    payload: dict[str, Any] | None, build: Callable[[dict[str, Any]], ClaimedRun], changed: bool = False
) -> Callable[[dict[str, Any]], ClaimedRun]:
    """Reject a claim whose payload isn't what was decided on, or isn't what the caller will act on.

    With `changed`, the run's status said that a person changed it: a claim that doesn't is of something else.
    """
    expected = None if payload is None else payload_hash(payload)

    def build_and_compare(body: dict[str, Any]) -> ClaimedRun:
        claimed = build(body)
        found = payload_hash(claimed.payload)
        if claimed.payload_hash not in (None, found) or expected not in (None, found):
            raise ValueError("its payload isn't the one that was decided on")
        if changed and not claimed.payload_changed:
            raise ValueError("it doesn't give the change that the run was approved with")
        return claimed

    return build_and_compare
