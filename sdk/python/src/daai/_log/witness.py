"""Detects a receipt log that shrinks or forks. Every response includes a recent checkpoint.

Such a checkpoint is free but proves little: a process of the console may show one that is some seconds old,
and only a proof shows that the log extends the stored one. So the witness requests a proof for a checkpoint
that isn't the stored one, at most every `ASK_EVERY_SECONDS`, and only that proof is stored, or held against
the console. One exception: a second signed checkpoint of the stored size is proof on its own.

Missing evidence (no response, an error, an older console) isn't evidence of tampering: it is logged, and
requested again. But once tampering is found, every response is rejected until the console proves that the log
extends the stored checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable

import httpx

from .._exceptions import DaaiError, LogTampered
from .._flow import Flow
from .checkpoint import EvidenceError, open_checkpoint, read_checkpoint, require_signature_check
from .checkpoint_store import KeptCheckpoint
from .follower import LogFollower, tampered

logger = logging.getLogger("daai")

ASK_EVERY_SECONDS = 10.0
HEADER = "DAAI-Checkpoint"


class Witness:
    def __init__(self, log: LogFollower, monotonic: Callable[[], float]) -> None:
        require_signature_check()
        self._log = log
        self._monotonic = monotonic
        self._asked_at: float | None = None
        self._alarm: LogTampered | None = None

    def check(self, response: httpx.Response) -> Flow[None]:
        """Raises LogTampered: then the response must not be acted on."""
        if self._alarm is None and not self._is_worth_asking(_shown_in(response)):
            return
        self._asked_at = self._monotonic()
        alarm = self._alarm
        try:
            yield from self._log.follow()
        except LogTampered as found:
            self._alarm = found
            raise
        except DaaiError as error:
            if self._alarm is not None:
                raise LogTampered(*self._alarm.args) from error
            logger.warning("the receipt log couldn't be checked: %s", error)
        else:
            # Another thread's finding in the meantime is newer.
            if self._alarm is alarm:
                self._alarm = None

    def _is_worth_asking(self, note: str | None) -> bool:
        kept = self._log.kept()
        if kept is not None and note is not None:
            if note == kept.note:
                return False
            if self._contradicts(kept, note):
                return True
        return self._asked_at is None or self._monotonic() - self._asked_at >= ASK_EVERY_SECONDS

    def _contradicts(self, kept: KeptCheckpoint, note: str) -> bool:
        """Another log, or another root at the stored size: an older checkpoint can't explain it."""
        try:
            shown, known = read_checkpoint(note), read_checkpoint(kept.note)
        except EvidenceError:
            return False
        if shown.origin != known.origin:
            return True
        if shown.size != known.size or shown.root == known.root:
            return False
        try:
            open_checkpoint(note, self._log.trusted(kept))
        except EvidenceError:
            return True
        self._alarm = tampered("forked", f"there are two of {known.size} receipts, both signed", kept, note)
        raise self._alarm


def _shown_in(response: httpx.Response) -> str | None:
    try:
        return base64.b64decode(response.headers.get(HEADER, ""), validate=True).decode() or None
    except (binascii.Error, ValueError):
        return None
