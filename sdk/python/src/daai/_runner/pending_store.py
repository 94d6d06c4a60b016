"""What a runner has to remember, whatever happens to its process."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, runtime_checkable


class PendingState(str, Enum):
    """pending → claimed → unreported → gone; in_doubt when it may have run and nobody can say."""

    PENDING = "pending"
    CLAIMED = "claimed"
    UNREPORTED = "unreported"
    IN_DOUBT = "in_doubt"

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


@dataclass(frozen=True)
class Outcome:
    """How an execution ended, as it is to be reported: `error` is None when it was executed."""

    result: dict[str, Any]
    error: str | None = None


@dataclass(frozen=True)
class ClaimWish:
    """Who asks for a claim, and with which token: whoever asks again with both is given the same claim."""

    worker: str
    token: str = field(repr=False)
    asked_at: float
    """Seconds since the epoch. For a lease from then on it is left to that worker."""


@dataclass(frozen=True)
class PendingAction:
    """One row of a store."""

    action_run_id: str
    action: str
    payload: dict[str, Any] = field(repr=False)
    state: PendingState = PendingState.PENDING
    claim_token: str | None = field(default=None, repr=False)
    lease_until: float | None = None
    """Seconds since the epoch until which the runner that claimed it has shown to be alive."""
    outcome: Outcome | None = None
    note: str | None = None
    claim_wish: ClaimWish | None = None
    """What a claim was last asked for with. Its answer may have got lost, with the runner that asked."""


class PendingStore(Protocol):
    """What `PendingActionManager` and `DaaiActionRunner` need. Every method is one atomic, durable step.

    The methods that answer a bool change nothing and answer False when the row is not in the state, or not
    under the claim, that they start from.
    """

    def add(self, action_run_id: str, action: str, payload: dict[str, Any]) -> None:
        """Store as pending; a run that is there already stays as it is."""

    def get(self, action_run_id: str) -> PendingAction | None: ...

    def entries(self) -> list[PendingAction]:
        """Every row, the oldest first."""

    def mark_claimed(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        """pending → claimed. From here on the executor may have run."""

    def extend_lease(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        """claimed → claimed: the runner is alive."""

    def record_outcome(self, action_run_id: str, claim_token: str, outcome: Outcome) -> bool:
        """claimed or in_doubt → unreported, under the same claim."""

    def mark_in_doubt(self, action_run_id: str, claim_token: str, note: str) -> bool:
        """claimed or unreported → in_doubt, under the same claim; an outcome is kept."""

    def reopen(self, action_run_id: str) -> bool:
        """in_doubt → pending: somebody made sure that it did not run, or may run again."""

    def remove(self, action_run_id: str) -> bool:
        """Gone. False when it was gone already."""


@runtime_checkable
class KeepsClaimWishes(Protocol):
    """What a store of your own may have besides: then a claim outlives the runner that asked for it."""

    def keep_claim_wish(self, action_run_id: str, wish: ClaimWish) -> ClaimWish | None:
        """Keep it with a pending row that has none. The row's own wish; None when the row is not pending."""

    def forget_claim_wish(self, action_run_id: str, wish: ClaimWish) -> bool:
        """It was refused: another one gets the claim."""
