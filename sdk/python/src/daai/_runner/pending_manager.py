"""Proposes actions and stores those that are pending approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .._client import DaaiClient
from .._models import GovernanceStatus, InterceptResult, Ticket
from .._payload import json_object
from .pending_store import PendingStore


class PendingActionManager:
    """Connects a client to a store that a `DaaiActionRunner` processes."""

    def __init__(self, client: DaaiClient, pending_store: PendingStore) -> None:
        self._client = client
        self._store = pending_store

    def propose(
        self,
        action: str,
        payload: Any,
        idempotency_key: str | None = None,
        *,
        reasoning: str | None = None,
        source: Mapping[str, Any] | None = None,
        actor: str | None = None,
        ask_again: bool = False,
    ) -> Ticket:
        """Propose like `DaaiClient.intercept`, and store the run if it is pending approval.

        If `executable` is true on the ticket, run the action now and report. With `stored_for_later`, the
        runner does so after the approval, with what a person may have changed. Pass an idempotency key, so
        that proposing again after a crash finds the same run; `ask_again` proposes it again once that run
        was rejected, blocked or failed.
        Limits and exceptions are those of `DaaiClient.intercept`.
        """
        proposed = json_object(payload, "payload")
        result = self._client.intercept(
            action,
            proposed,
            idempotency_key,
            reasoning=reasoning,
            source=source,
            actor=actor,
            ask_again=ask_again,
            # The runner executes with the payload of its claim.
            accepts_changes=True,
        )
        run_id = result.action_run_id
        is_changed = result.executable and result.payload_changed
        if result.governance_status is GovernanceStatus.PENDING_APPROVAL or is_changed:
            self._store.add(run_id, action, proposed)
        stored = self._store.get(run_id) is not None
        known: dict[str, Any] = {f.name: getattr(result, f.name) for f in fields(InterceptResult)}
        # A stored run belongs to the runner: the caller must not run it as well.
        known["executable"] = result.executable and not stored
        known["action"] = action
        return Ticket(**known, payload=proposed, stored_for_later=stored)
