"""Signed checkpoints of a receipt log: C2SP signed-note and tlog-checkpoint."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .._exceptions import DaaiError
from .merkle import HASH_LENGTH

_ED25519 = b"\x01"
_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+(.+)")
_SIGNATURE = re.compile("— ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_CONTROL = re.compile("[\\x00-\\x09\\x0b-\\x1f]")


class EvidenceError(Exception):
    """What does not verify, in one sentence."""


@dataclass(frozen=True)
class VerifierKey:
    name: str
    key_hash: bytes
    public_key: bytes


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    signed_by: tuple[str, ...] = ()


def exact_base64(text: str) -> bytes | None:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if base64.b64encode(value).decode() == text else None


def parse_key(text: str) -> VerifierKey:
    match = _KEY.fullmatch(text.strip())
    typed = exact_base64(match[3]) if match else None
    if match and typed and len(typed) == 33 and typed[:1] == _ED25519:
        key_hash = hashlib.sha256(match[1].encode() + b"\n" + typed).digest()[:4]
        if key_hash.hex() == match[2]:
            return VerifierKey(match[1], key_hash, typed[1:])
    raise ValueError(f"{text} isn't a verifier key: it may be incomplete. Copy all of it, name+hash+base64")


def key_text(key: VerifierKey) -> str:
    typed = base64.b64encode(_ED25519 + key.public_key).decode()
    return f"{key.name}+{key.key_hash.hex()}+{typed}"


def parse_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]] | None:
    """The signed text, and the name, key hash and signature of each signature."""
    gap = note.rfind("\n\n")
    if gap < 1 or not note.endswith("\n") or _CONTROL.search(note):
        return None
    signatures = []
    for line in note[gap + 2 : -1].split("\n"):
        match = _SIGNATURE.fullmatch(line)
        value = exact_base64(match[2]) if match else None
        if not match or not value or len(value) <= 4:
            return None
        signatures.append((match[1], value[:4], value[4:]))
    return note[: gap + 1], signatures


def parse_checkpoint(text: str) -> Checkpoint | None:
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] != "" or "" in lines[3:-1] or not lines[0]:
        return None
    root = exact_base64(lines[2])
    if not _SIZE.fullmatch(lines[1]) or int(lines[1]) >= 2**53 or root is None or len(root) != HASH_LENGTH:
        return None
    return Checkpoint(lines[0], int(lines[1]), root)


def read_checkpoint(note: str) -> Checkpoint:
    """The checkpoint in a note, whatever keys signed it."""
    parsed = parse_note(note)
    checkpoint = parse_checkpoint(parsed[0]) if parsed else None
    if checkpoint is None:
        raise EvidenceError(
            "The checkpoint cannot be read: it is not a signed note with an origin, a size and a root."
        )
    return checkpoint


def open_checkpoint(note: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed. Signatures of other keys are ignored."""
    checkpoint = read_checkpoint(note)
    text, signatures = parse_note(note) or ("", [])
    is_signed = require_signature_check()
    signed_by = []
    for name, key_hash, signature in signatures:
        for key in keys:
            if (key.name, key.key_hash) != (name, key_hash):
                continue
            if not is_signed(key.public_key, signature, text.encode()):
                raise EvidenceError(
                    "The checkpoint was changed after it was signed: "
                    f"the signature of {name} is not over this text."
                )
            signed_by.append(name)
    if not signed_by:
        names = ", ".join(f"{name}+{key_hash.hex()}" for name, key_hash, _ in signatures)
        raise EvidenceError(
            f"The checkpoint is signed by none of the keys you trust. It is signed by {names}."
        )
    return Checkpoint(checkpoint.origin, checkpoint.size, checkpoint.root, tuple(signed_by))


def require_signature_check() -> Callable[[bytes, bytes, bytes], bool]:
    """Raises DaaiError if the package that verifies signatures isn't installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise DaaiError(
            "verifying signatures requires the package cryptography: pip install 'cryptography>=42'"
        ) from error

    def is_signed(public_key: bytes, signature: bytes, text: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True

    return is_signed
