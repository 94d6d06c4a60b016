"""Files that prove nothing, whatever is in them: the verifier comes to an end and says so."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receipt_log import ORIGIN, Signer, pack

from daai._cli import main
from daai._log.evidence import verify_evidence

VECTORS = Path(__file__).parents[1] / "vectors"
EVIDENCE: dict[str, Any] = json.loads((VECTORS / "evidence.json").read_text(encoding="utf-8"))

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
    header = bytearray(pack({"file": content})[:512])
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
    assert said.out.startswith("Verification failed.\n")
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
        verify_evidence(pack({"checkpoint": note.encode()}), [signer.key]).problems
    )
