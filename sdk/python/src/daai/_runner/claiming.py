"""How a runner claims a stored action, so that no other runner on its store or console has it as well."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from .._client import DaaiClient
from .._exceptions import DaaiConflictError, DaaiError
from .._execution import new_worker
from .._forks import this_process
from .._models import ClaimedRun
from .pending_store import ClaimRequestStore, PendingAction, PendingStore, StoredClaimRequest

logger = logging.getLogger("daai")


class Claiming:
    def __init__(
        self,
        client: DaaiClient,
        store: PendingStore,
        worker: str | None,
        lease_seconds: int,
        clock: Callable[[], float],
    ) -> None:
        self._client = client
        self._store = store
        self._given_worker = worker
        self._made_worker = (this_process(), new_worker())
        self._lease_seconds = lease_seconds
        self._clock = clock

    def claim(self, row: PendingAction, *, executable: bool, changed: bool) -> ClaimedRun | None:
        """Claims the run and persists that. None if another has it, or it may not run.

        `executable` is what the console says: false also of a run whose claim this runner holds. `changed`
        is whether it says that a person changed the run: a claim that doesn't give that is released.
        """
        request = row.claim_request
        if request is not None and not self._may_claim_with(request):
            return None
        # This runner may hold the claim: the response to an earlier pass may have been lost.
        may_hold = request is not None or self._client._claims.may_hold(row.action_run_id)
        if not executable and not may_hold:
            return None
        claimed = self._ask(row)
        if claimed is None:
            return None
        token = claimed.claim.token
        fits = claimed.action == row.action and (claimed.payload_changed or not changed)
        if not fits:
            logger.warning("the claim on run %s isn't of what was decided on", row.action_run_id)
        try:
            ours = fits and self._store.mark_claimed(
                row.action_run_id, token, self._clock() + self._lease_seconds
            )
        except BaseException:
            # With its token stored, another runner may hold it by now, and the next pass asks for it again.
            if not isinstance(self._store, ClaimRequestStore):
                self._release(row, token)
            raise
        if ours:
            return claimed
        now = self._store.get(row.action_run_id)
        # Another runner on the store got the same claim first.
        if now is None or now.claim_token != token:
            self._release(row, token)
        return None

    @property
    def _worker(self) -> str:
        if self._given_worker is not None:
            return self._given_worker
        if self._made_worker[0] != this_process():
            self._made_worker = (this_process(), new_worker())
        return self._made_worker[1]

    def _ask(self, row: PendingAction) -> ClaimedRun | None:
        run_id = row.action_run_id
        kept: StoredClaimRequest | None = None
        try:
            if not isinstance(self._store, ClaimRequestStore):
                return self._client.claim(run_id, self._worker, self._lease_seconds)
            request = StoredClaimRequest(self._worker, secrets.token_urlsafe(32), self._clock())
            kept = self._store.store_claim_request(run_id, request)
            if kept is None or not self._may_claim_with(kept):
                return None
            flow = self._client._claim_as_flow(run_id, kept.worker, kept.token, self._lease_seconds)
            return self._client._run(flow)
        except DaaiConflictError as error:
            if kept is not None and isinstance(self._store, ClaimRequestStore):
                self._store.delete_claim_request(run_id, kept)
            # Claimed by another worker, or deactivated meanwhile; the next status will show it.
            logger.info("run %s wasn't claimed: %s", row.action_run_id, error)
            return None

    def _may_claim_with(self, request: StoredClaimRequest) -> bool:
        """Another runner's request is its own, unless no claim was stored for a whole lease: it is dead."""
        return request.worker == self._worker or request.asked_at + self._lease_seconds < self._clock()

    def _release(self, row: PendingAction, token: str) -> None:
        try:
            self._client.release_claim(row.action_run_id, token)
        except DaaiError as error:
            logger.warning("the claim on run %s couldn't be released: %s", row.action_run_id, error)
