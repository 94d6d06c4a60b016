"""Watches that the log of receipts neither shrinks nor forks. Every answer shows its newest checkpoint.

Such a checkpoint costs nothing but proves little: a process of the console may show one that is some seconds
old, and that the log goes on from what is kept takes a proof. So what is not the kept one is asked about, at
most every `ASK_EVERY_SECONDS`, and nothing is kept, or held against the console, but its answer to how the
log goes on from there. One exception: a second signed checkpoint of the kept size is proof by itself.

Evidence that cannot be had (no answer, an error, an older console) is not evidence of tampering: it is
logged, and asked for again. But once tampering was found, every answer is refused until the console shows
that the log goes on from what is kept.
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

    def look(self, response: httpx.Response) -> Flow[None]:
        """Raises LogTampered: then the answer must not be acted on."""
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
            logger.warning("the log of receipts could not be looked at: %s", error)
        else:
            # What another thread found meanwhile is newer than this.
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
        """Of another log, or another root at the kept size: not to be explained by age."""
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
