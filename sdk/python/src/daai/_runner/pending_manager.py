"""Proposes actions and remembers those that wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .._client import DaaiClient
from .._models import GovernanceStatus, InterceptResult, Ticket
from .._payload import json_object
from .pending_store import PendingStore


class PendingActionManager:
    """Ties a client to a store that a `DaaiActionRunner` works off."""

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
    ) -> Ticket:
        """Propose like `DaaiClient.intercept`, and store the run when it waits for approval.

        `executable` on the ticket means: run it now, yourself, and report. With `stored_for_later` the runner
        does so after the approval. Give an idempotency key: proposing again after a crash then finds the same
        run. Limits and exceptions are those of `DaaiClient.intercept`.
        """
        proposed = json_object(payload, "payload")
        answer = self._client.intercept(
            action, proposed, idempotency_key, reasoning=reasoning, source=source, actor=actor
        )
        run_id = answer.action_run_id
        if answer.governance_status is GovernanceStatus.PENDING_APPROVAL:
            self._store.add(run_id, action, proposed)
        stored = self._store.get(run_id) is not None
        known: dict[str, Any] = {f.name: getattr(answer, f.name) for f in fields(InterceptResult)}
        # A stored run is the runner's: two may not be told to run it.
        known["executable"] = answer.executable and not stored
        known["action"] = action
        return Ticket(**known, payload=proposed, stored_for_later=stored)
