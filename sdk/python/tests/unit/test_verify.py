"""The verifier, held to the vectors that the console's own is held to, and to random tampering."""

from __future__ import annotations

import base64
import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from receipt_log import Signer, body, pack

from daai._cli import main
from daai._log.checkpoint import parse_key, parse_note
from daai._log.evidence import verify_evidence
from daai._log.merkle import Tree, is_consistent, is_included, leaf_hash

VECTORS = Path(__file__).parents[1] / "vectors"
LOG: dict[str, Any] = json.loads((VECTORS / "receipt-log.json").read_text(encoding="utf-8"))
EVIDENCE: dict[str, Any] = json.loads((VECTORS / "evidence.json").read_text(encoding="utf-8"))
KEYS = [parse_key(text) for text in EVIDENCE["keys"]]
ROOTS = [bytes.fromhex(root) for root in LOG["trees"]["roots"]]
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in LOG["trees"]["leaves"]]


def test_the_trees_and_proofs_of_rfc_6962() -> None:
    tree = Tree()
    for size, root in enumerate(ROOTS):
        assert tree.root() == root
        tree.append(LEAVES[size : size + 1])
    for case in LOG["inclusion"]:
        index, size, proof = case["index"], case["size"], [bytes.fromhex(part) for part in case["proof"]]
        assert is_included(index, size, LEAVES[index], ROOTS[size], proof)
        assert not is_included(index, size, LEAVES[index - 1], ROOTS[size], proof)
        assert not is_included(index, size, LEAVES[index], ROOTS[size], proof[1:])
    for case in LOG["consistency"]:
        first, size, proof = case["first"], case["size"], [bytes.fromhex(part) for part in case["proof"]]
        assert is_consistent(first, ROOTS[first], size, ROOTS[size], proof)
        assert not is_consistent(first, ROOTS[first - 1], size, ROOTS[size], proof)
        assert not is_consistent(first, ROOTS[first], size, ROOTS[size], proof[1:])


def test_the_proofs_of_another_implementation() -> None:
    for case in LOG["tlog"]["inclusion"]:
        leaf, proof = leaf_hash(b'{"n":%d}' % case["index"]), [bytes.fromhex(part) for part in case["proof"]]
        assert is_included(case["index"], case["size"], leaf, bytes.fromhex(case["root"]), proof)
    for case in LOG["tlog"]["consistency"]:
        first_root, root = (bytes.fromhex(case[name]) for name in ("first_root", "root"))
        proof = [bytes.fromhex(part) for part in case["proof"]]
        assert is_consistent(case["first"], first_root, case["size"], root, proof)


def test_the_signed_note_of_another_implementation() -> None:
    key, note = parse_key(LOG["note"]["key"]), parse_note(LOG["note"]["note"])
    assert note is not None
    assert [(name, key_hash) for name, key_hash, _ in note[1]] == [(key.name, key.key_hash)]
    with pytest.raises(ValueError, match="may be incomplete"):
        parse_key(LOG["note"]["key"].replace("c74f20a3", "c74f20a4"))


@pytest.mark.parametrize("case", EVIDENCE["cases"], ids=lambda case: case["name"])
def test_evidence(case: dict[str, Any]) -> None:
    verdict = verify_evidence(base64.b64decode(case["content"]), KEYS, case["kept"])
    if case["problem"] is None:
        assert verdict.problems == ()
        assert verdict.proved
        assert verdict.not_proved
    else:
        assert case["problem"] in "\n".join(verdict.problems)
        assert verdict.proved == ()


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(base64.b64decode(EVIDENCE["cases"][0]["content"]))
    assert main(["verify", str(file), "--key", EVIDENCE["keys"][0]]) == 0
    assert "That the app told the truth about the execution" in capsys.readouterr().out
    assert main(["verify", str(file), "--key", LOG["note"]["key"]]) == 1
    assert "none of the keys you trust" in capsys.readouterr().out
    assert main(["verify", str(file), "--key", "nonsense"]) == 1
    assert "isn't a verifier key" in capsys.readouterr().err


def test_without_cryptography_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    file = tmp_path / "receipt.json"
    file.write_bytes(base64.b64decode(EVIDENCE["cases"][0]["content"]))
    assert main(["verify", str(file), "--key", EVIDENCE["keys"][0]]) == 1
    assert "pip install 'cryptography>=42'" in capsys.readouterr().err


# ── A log of our own, and everything that can be done to it ──────────────────────────────────────────────


def _archive(bodies: Sequence[bytes], note: str) -> dict[str, bytes]:
    hashes: dict[int, list[bytes]] = {}
    tree = Tree()
    tree.append(map(leaf_hash, bodies), lambda level, node: hashes.setdefault(level, []).append(node))
    files = {"checkpoint": note.encode()}
    for level, count in ((0, len(bodies)), (1, len(bodies) // 256)):
        for first in range(0, count, 256):
            width = min(256, count - first)
            name = f"{first // 256:03}" + (f".p/{width}" if width < 256 else "")
            part = slice(first, first + width)
            if level == 0:
                entries = [len(body).to_bytes(2, "big") + body for body in bodies[part]]
                files[f"tile/entries/{name}"] = b"".join(entries)
            files[f"tile/{level}/{name}"] = b"".join(hashes[8 * level][part])
    return files


def test_whatever_is_done_to_a_log_is_noticed() -> None:
    signer, stranger = Signer("console"), Signer("console")
    honest = [body(number) for number in range(300)]
    note = signer.note(honest)
    files = _archive(honest, note)

    def problems(content: dict[str, bytes], *kept: str) -> str:
        return "\n".join(verify_evidence(pack(content), [signer.key], kept).problems)

    assert problems(files, note) == ""
    choice = random.Random(6962)
    for _ in range(1000 if os.environ.get("DAAI_PROOF") == "full" else 200):
        at, to = choice.sample(range(1, 300), 2)
        bodies = list(honest)
        way = choice.choice(["edit", "delete", "insert", "swap", "truncate"])
        if way == "edit":
            bodies[at] = body(1000 + to)
        elif way == "delete":
            del bodies[at]
        elif way == "insert":
            bodies.insert(at, body(1000 + to))
        elif way == "swap":
            bodies[at], bodies[to] = bodies[to], bodies[at]
        else:
            del bodies[at:]
        hand = choice.choice(["tiles", "key", "signed", "bytes", "file"])
        path = choice.choice(list(files))
        if hand == "tiles":
            found = problems(_archive(bodies, note))
        elif hand == "key":
            found = problems(_archive(bodies, stranger.note(bodies)))
        elif hand == "signed":
            found = problems(_archive(bodies, signer.note(bodies)), note)
            assert "rewritten" in found or "shrank" in found, way
        elif hand == "bytes":
            changed = bytearray(files[path])
            changed[to % len(changed)] ^= 1 + at % 255
            found = problems({**files, path: bytes(changed)})
        else:
            found = problems({name: content for name, content in files.items() if name != path})
        assert found, (hand, way, path, at, to)
