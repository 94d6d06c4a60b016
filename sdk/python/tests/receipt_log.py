"""A log of receipts and whoever signs it, for tests of those who check one."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from daai._log.checkpoint import VerifierKey, key_text
from daai._log.merkle import Tree, leaf_hash

WORKSPACE = "019a2b3c-0000-7000-8000-000000000001"
ORIGIN = f"console.example.com/receipts/{WORKSPACE}"


class Signer:
    def __init__(self, name: str) -> None:
        self._private = Ed25519PrivateKey.generate()
        public = self._private.public_key().public_bytes_raw()
        key_hash = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
        self.key = VerifierKey(name, key_hash, public)
        self.verifier_key = key_text(self.key)

    def sign(self, text: str) -> str:
        signature = base64.b64encode(self.key.key_hash + self._private.sign(text.encode())).decode()
        return f"— {self.key.name} {signature}\n"

    def note(self, bodies: Sequence[bytes]) -> str:
        return note(bodies, self)


def note(bodies: Sequence[bytes], *signers: Signer, origin: str = ORIGIN) -> str:
    text = f"{origin}\n{len(bodies)}\n{base64.b64encode(root(bodies)).decode()}\n"
    return text + "\n" + "".join(signer.sign(text) for signer in signers)


def body(number: int) -> bytes:
    head = {"kind": "decision", "receipt_id": f"receipt-{number}", "workspace_id": WORKSPACE}
    return json.dumps(head).encode()


def root(bodies: Sequence[bytes]) -> bytes:
    tree = Tree()
    tree.append(map(leaf_hash, bodies))
    return tree.root()


def consistency_proof(first: int, bodies: Sequence[bytes], is_whole: bool = True) -> list[bytes]:
    """PROOF(first, bodies) of RFC 6962, word for word."""
    size = len(bodies)
    if first in (0, size):
        return [] if is_whole else [root(bodies)]
    split = 1
    while 2 * split < size:
        split *= 2
    if first <= split:
        return [*consistency_proof(first, bodies[:split], is_whole), root(bodies[split:])]
    return [*consistency_proof(first - split, bodies[split:], False), root(bodies[:split])]


def pack(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()
