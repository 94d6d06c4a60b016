"""Has the console prove that its receipt log extends the stored checkpoint, and stores what is proved."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from typing import Any

from .. import _responses
from .._exceptions import DaaiConfigError, DaaiError, LogTampered
from .._flow import Flow, Send
from .checkpoint import (
    Checkpoint,
    EvidenceError,
    VerifierKey,
    key_text,
    open_checkpoint,
    parse_key,
    parse_note,
    read_checkpoint,
)
from .checkpoint_store import CheckpointStore, KeptCheckpoint
from .merkle import is_consistent

logger = logging.getLogger("daai")

# Others that share the store may store another checkpoint between the request and the response.
_ROUNDS = 3


class LogFollower:
    """`log_keys` are the verifier keys to trust. Without them, the keys of the first checkpoint are trusted,
    and new ones that sign together with a trusted one: that is how a console rotates its key.
    """

    def __init__(
        self,
        store: CheckpointStore,
        workspace_key: str,
        log_keys: Sequence[str],
        request: Callable[[str], Send],
    ) -> None:
        self._store = store
        self._client = hashlib.sha256(b"daai witness\n" + workspace_key.encode()).hexdigest()[:32]
        try:
            self._given = [parse_key(text) for text in log_keys]
        except ValueError as error:
            raise DaaiConfigError(f"log_keys: {error}") from error
        self._request = request

    def kept(self) -> KeptCheckpoint | None:
        return self._store.followed(self._client)

    def trusted(self, kept: KeptCheckpoint | None) -> list[VerifierKey]:
        return self._given or [parse_key(text) for text in (kept.keys if kept else ())]

    def follow(self) -> Flow[None]:
        """Raises LogTampered, or another DaaiError if the evidence isn't available."""
        kept = self.kept()
        for _ in range(_ROUNDS):
            path = "/v1/sdk/log/checkpoint" + ("" if kept is None else f"?from={kept.size}")
            note, proof = yield from self._get(path, _newest)
            if note is None:
                if kept is None:
                    return
                raise tampered("shrank", f"it had {kept.size} receipts and now has none", kept, None)
            newest, keys = yield from self._open(note, kept)
            if kept is None or newest.origin != kept.origin:
                if kept is not None and not self._store.is_accepted(newest.origin):
                    raise tampered("restarted", _another_log(newest, kept), kept, note)
                before = self._store.get(newest.origin)
                if before is not None:
                    # Another client of the store already follows this log.
                    kept = before
                    continue
            else:
                _compare(kept, newest, note, proof)
                before = kept
            found = KeptCheckpoint(newest.origin, newest.size, note, keys)
            if self.kept() == found or self._store.keep(self._client, found, before):
                return
            kept = self._store.get(newest.origin)
        raise DaaiError("the stored checkpoint changed while the console was asked")

    def _open(self, note: str, kept: KeptCheckpoint | None) -> Flow[tuple[Checkpoint, tuple[str, ...]]]:
        """The note's checkpoint, and the keys that signed it: the ones to trust from now on."""
        trusted = self.trusted(kept)
        if not trusted:
            # The first checkpoint is trusted.
            trusted = yield from self._get("/v1/public/log-keys", _published)
        try:
            checkpoint = open_checkpoint(note, trusted)
        except EvidenceError as error:
            raise tampered("unsigned", str(error), kept, note) from error
        if not self._given:
            trusted = [*trusted, *(yield from self._beside(trusted, note))]
        return checkpoint, tuple(key_text(key) for key in trusted if _has_signed(key, note))

    def _beside(self, trusted: Sequence[VerifierKey], note: str) -> Flow[list[VerifierKey]]:
        _, signatures = parse_note(note) or ("", [])
        known = {(key.name, key.key_hash) for key in trusted}
        unknown = {(name, key_hash) for name, key_hash, _ in signatures} - known
        if not unknown:
            return []
        try:
            published = yield from self._get("/v1/public/log-keys", _published)
        except DaaiError as error:
            logger.info("the log's new key couldn't be read yet: %s", error)
            return []
        return [key for key in published if (key.name, key.key_hash) in unknown]

    def _get(self, path: str, build: Callable[[dict[str, Any]], Any]) -> Flow[Any]:
        request = self._request(path)
        response = yield request
        return _responses.parse(response, build, datetime.now(timezone.utc), request.call)


def tampered(reason: str, problem: str, kept: KeptCheckpoint | None, found: str | None) -> LogTampered:
    return LogTampered(reason, problem, None if kept is None else kept.note, found)


def _compare(kept: KeptCheckpoint, newest: Checkpoint, note: str, proof: list[bytes] | None) -> None:
    if newest.size < kept.size:
        raise tampered("shrank", f"it had {kept.size} receipts and now has {newest.size}", kept, note)
    root = read_checkpoint(kept.note).root
    if proof is None or not is_consistent(kept.size, root, newest.size, newest.root, proof):
        raise tampered("forked", f"its first {kept.size} receipts aren't the ones it had before", kept, note)


def _another_log(newest: Checkpoint, kept: KeptCheckpoint) -> str:
    return (
        f"it is now {newest.origin} instead of {kept.origin}. If its operator has explained why, such as "
        f"restoring a backup, accept it: python -m daai log --store FILE accept {newest.origin}"
    )


def _newest(body: dict[str, Any]) -> tuple[str | None, list[bytes] | None]:
    note, proof = body.get("checkpoint"), body.get("consistency_proof")
    if not isinstance(note, (str, type(None))):
        raise ValueError("checkpoint isn't a string")
    if proof is None:
        return note, None
    if not isinstance(proof, list) or not all(isinstance(part, str) for part in proof):
        raise ValueError("consistency_proof isn't a list of strings")
    return note, [bytes.fromhex(part) for part in proof]


def _published(body: dict[str, Any]) -> list[VerifierKey]:
    keys = body.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise ValueError("keys isn't a list of objects")
    known = []
    for key in keys:
        # This package can't verify signatures of a newer kind of key.
        with suppress(ValueError):
            known.append(parse_key(str(key.get("verifier_key"))))
    return known


def _has_signed(key: VerifierKey, note: str) -> bool:
    try:
        return open_checkpoint(note, [key]).signed_by != ()
    except EvidenceError:
        return False
