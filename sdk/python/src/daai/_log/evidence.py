"""Checking what the console gives away as evidence: a receipt's file, or the archive of a whole log."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Sequence
from typing import Any

from .checkpoint import EvidenceError, VerifierKey
from .verdict import Verdict
from .verify_log import verify_log
from .verify_receipt import verify_receipt


def verify_evidence(content: bytes, keys: Sequence[VerifierKey], kept: Sequence[str] = ()) -> Verdict:
    """`kept` are checkpoints from before: a log must still begin with what they signed. Asks nobody."""
    try:
        if content[:1] == b"{":
            return verify_receipt(_parsed(content), keys)
        return verify_log(_unpacked(content), keys, kept)
    except EvidenceError as error:
        return Verdict((str(error),))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise EvidenceError("The file is not JSON: it was cut off or changed.") from error


def _unpacked(content: bytes) -> dict[str, bytes]:
    no_archive = EvidenceError("This is neither a receipt's file nor a whole archive of a log.")
    files: dict[str, bytes] = {}
    # Two empty blocks end an archive: without them it was cut off.
    if len(content) < 1024 or content[-1024:].strip(b"\0"):
        raise no_archive
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                part = archive.extractfile(member) if member.isfile() else None
                if part is None:
                    continue
                if member.name in files:
                    raise no_archive
                files[member.name] = part.read()
    except tarfile.TarError as error:
        raise no_archive from error
    return files
