"""What a runner has to store, so that it survives its process."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, runtime_checkable


class PendingState(str, Enum):
    """pending → claimed → unreported → gone; in_doubt if it may or may not have run."""

    PENDING = "pending"
    CLAIMED = "claimed"
    UNREPORTED = "unreported"
    IN_DOUBT = "in_doubt"

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


@dataclass(frozen=True)
class Outcome:
    """The outcome of an execution, as it will be reported: `error` is None if it was executed."""

    result: dict[str, Any]
    error: str | None = None


@dataclass(frozen=True)
class StoredClaimRequest:
    """The worker and token that a claim was requested with. The same pair gets the same claim again."""

    worker: str
    token: str = field(repr=False)
    asked_at: float
    """Seconds since the epoch. For one lease from then on, only that worker may use it."""


@dataclass(frozen=True)
class PendingAction:
    """One row of a store."""

    action_run_id: str
    action: str
    payload: dict[str, Any] = field(repr=False)
    state: PendingState = PendingState.PENDING
    claim_token: str | None = field(default=None, repr=False)
    lease_until: float | None = None
    """Seconds since the epoch until which the runner that claimed it is known to be alive."""
    outcome: Outcome | None = None
    note: str | None = None
    claim_request: StoredClaimRequest | None = None
    """The latest request for a claim. Its response may have been lost, together with the runner."""


class PendingStore(Protocol):
    """What `PendingActionManager` and `DaaiActionRunner` need. Every method is one atomic, durable step.

    The methods that return a bool change nothing and return False if the row isn't in the state, or not under
    the claim, that they start from.
    """

    def add(self, action_run_id: str, action: str, payload: dict[str, Any]) -> None:
        """Store as pending; a run that is already stored stays unchanged."""

    def get(self, action_run_id: str) -> PendingAction | None: ...

    def entries(self) -> list[PendingAction]:
        """Every row, oldest first."""

    def mark_claimed(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        """pending → claimed. From here on the executor may have run."""

    def extend_lease(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        """claimed → claimed: shows that the runner is alive."""

    def record_outcome(self, action_run_id: str, claim_token: str, outcome: Outcome) -> bool:
        """claimed or in_doubt → unreported, under the same claim."""

    def mark_in_doubt(self, action_run_id: str, claim_token: str, note: str) -> bool:
        """claimed or unreported → in_doubt, under the same claim, with the outcome if there is one."""

    def reopen(self, action_run_id: str) -> bool:
        """in_doubt → pending: a person confirmed that it didn't run, or may run again."""

    def remove(self, action_run_id: str) -> bool:
        """Delete the row. False if it was already gone."""


@runtime_checkable
class ClaimRequestStore(Protocol):
    """Optional methods of a custom store: with them, a claim survives the runner that requested it."""

    def store_claim_request(
        self, action_run_id: str, request: StoredClaimRequest
    ) -> StoredClaimRequest | None:
        """Store it with a pending row that has none. Returns the row's request; None if it isn't pending."""

    def delete_claim_request(self, action_run_id: str, request: StoredClaimRequest) -> bool:
        """Delete a request that was rejected because another worker has the claim."""
