"""The verifier, held to the vectors that the console's own is held to, and to random tampering."""

from __future__ import annotations

import base64
import io
import json
import os
import random
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receipt_log import ORIGIN, Signer, body

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
    assert "daai-python[verify]" in capsys.readouterr().err


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


def _pack(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def test_whatever_is_done_to_a_log_is_noticed() -> None:
    signer, stranger = Signer("console"), Signer("console")
    honest = [body(number) for number in range(300)]
    note = signer.note(honest)
    files = _archive(honest, note)

    def problems(content: dict[str, bytes], *kept: str) -> str:
        return "\n".join(verify_evidence(_pack(content), [signer.key], kept).problems)

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


# ── Files that are none ──────────────────────────────────────────────────────────────────────────────────

_HEADER_FIELDS = st.tuples(
    st.sampled_from([0, 100, 124, 156, 157, 257, 345]), st.binary(min_size=1, max_size=12)
)
_NAMES = st.sampled_from(
    [
        *json.loads(base64.b64decode(EVIDENCE["cases"][0]["content"])),
        "receipts",
        "body",
        "log_index",
        "kind",
        "id",
    ]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.just("\ud800\x1b[31m"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=10,
)


def _entry(changes: Sequence[tuple[int, bytes]], content: bytes) -> bytes:
    """An entry of an archive with a changed header, whose checksum is right again."""
    header = bytearray(_pack({"file": content})[:512])
    for at, value in changes:
        header[at : at + len(value)] = value
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + content.ljust((len(content) + 511) // 512 * 512, b"\0")


def _end(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "evidence"
    file.write_bytes(content)
    assert main(["verify", str(file), "--key", EVIDENCE["keys"][0]]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("It does NOT verify.\n")
    assert all(one.isprintable() or one == "\n" for one in said.out)


_ANY_FILE = settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_ANY_FILE
@given(content=st.binary(max_size=2048) | st.binary(max_size=200).map(lambda rest: b"{" + rest))
def test_any_bytes_come_to_an_end_without_a_traceback(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _end(content, tmp_path, capsys)


@_ANY_FILE
@given(changes=st.lists(_HEADER_FIELDS, max_size=4), content=st.binary(max_size=600))
def test_any_header_comes_to_an_end_without_a_traceback(
    changes: Sequence[tuple[int, bytes]], content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _end(_entry(changes, content) + bytes(1024), tmp_path, capsys)


@_ANY_FILE
@given(
    changed=st.dictionaries(_NAMES, _VALUES, max_size=5), inner=st.dictionaries(_NAMES, _VALUES, max_size=5)
)
def test_any_receipt_comes_to_an_end_without_a_traceback(
    changed: dict[str, Any], inner: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = json.loads(base64.b64decode(EVIDENCE["cases"][0]["content"]))
    file["receipts"][0]["body"] += " "
    file["receipts"][0].update(inner)
    file.update(changed)
    _end(json.dumps(file).encode(), tmp_path, capsys)


@pytest.mark.parametrize(
    "content",
    [
        _entry([(124, b"\x80" + b"\xff" * 11)], b"") + bytes(1024),
        _entry([(124, b"-1000\0"), (156, b"5")], b"") + bytes(1024),
        _entry([(156, b"S"), (386, b"0" * 12), (483, b"77777777777")], b"") + bytes(1024),
        b'{"v":' + b"[" * 200_000,
        b'{"v":' + b"9" * 5_000 + b"}",
        b'{"v":1e999999999999}',
        b"",
    ],
    ids=["base 256", "negative", "sparse", "deep", "long number", "large exponent", "empty"],
)
def test_a_hostile_file_comes_to_an_end_without_a_traceback(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _end(content, tmp_path, capsys)


def test_a_size_that_is_signed_and_beyond_all_receipts_comes_to_an_end() -> None:
    signer = Signer("console")
    text = f"{ORIGIN}\n{2**53 - 1}\n{base64.b64encode(bytes(32)).decode()}\n"
    note = f"{text}\n{signer.sign(text)}"
    assert "are missing" in "\n".join(
        verify_evidence(_pack({"checkpoint": note.encode()}), [signer.key]).problems
    )
