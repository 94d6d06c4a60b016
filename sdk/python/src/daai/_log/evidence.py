"""Checking what the console gives away as evidence: a receipt's file, or the archive of a whole log."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .checkpoint import EvidenceError, VerifierKey
from .verdict import Verdict
from .verify_log import verify_log
from .verify_receipt import verify_receipt

_BLOCK = 512
_OCTAL = re.compile(b"[0-7]+")


def verify_evidence(content: bytes, keys: Sequence[VerifierKey], kept: Sequence[str] = ()) -> Verdict:
    """`kept` are checkpoints from before: a log must still begin with what they signed. Asks nobody."""
    try:
        if content[:1] == b"{":
            return verify_receipt(_parsed(content), keys)
        return verify_log(_unpacked(content), keys, kept)
    except EvidenceError as error:
        return Verdict((str(error),))
    except (ValueError, OverflowError, RecursionError):
        # Half a character, a number without end, brackets without end: nothing that a console writes.
        return Verdict(("The file cannot be read: it was cut off or changed.",))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise EvidenceError("The file is not JSON: it was cut off or changed.") from error


def _unpacked(content: bytes) -> dict[str, bytes]:
    """
    The files of an archive as the console writes it. tarfile reads much more (sparse files, other headers,
    negative sizes), and does not come to an end with all of that.
    """
    files: dict[str, bytes] = {}
    at = 0
    while True:
        header = content[at : at + _BLOCK]
        if len(header) < _BLOCK:
            break
        if not header.strip(b"\0"):
            # Two empty blocks end an archive: without them it was cut off.
            if len(content) < at + 2 * _BLOCK or content[-2 * _BLOCK :].strip(b"\0"):
                break
            return files
        name = header[:100].split(b"\0", 1)[0].decode("utf-8", "replace")
        size, checksum = _octal(header[124:136]), _octal(header[148:156])
        start = at + _BLOCK
        if size is None or name in files or checksum != sum(header[:148]) + sum(header[156:]) + 8 * 32:
            break
        if start + size > len(content):
            break
        # A directory has no content and says nothing.
        if header[156:157] != b"5":
            files[name] = content[start : start + size]
        at = start + (size + _BLOCK - 1) // _BLOCK * _BLOCK
    raise EvidenceError("This is neither a receipt file nor a complete archive of a log.")


def _octal(field: bytes) -> int | None:
    """Octal digits alone: a negative size would never come to the end."""
    digits = field.split(b"\0", 1)[0].strip(b" ")
    return int(digits, 8) if _OCTAL.fullmatch(digits) else None
