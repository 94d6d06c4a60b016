"""Checking what the console gives away as evidence: a receipt's file, or the archive of a whole log."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._checkpoint import Checkpoint, EvidenceError, VerifierKey, open_checkpoint
from ._merkle import HASH_LENGTH, Tree, is_included, leaf_hash

TILE_WIDTH = 256
_ENOUGH_PROBLEMS = 20
_NEVER_PROVED = (
    "That the app told the truth about the execution: a receipt says what the app reported.",
    "What stood in the log before anybody outside the console kept a checkpoint of it.",
)


@dataclass(frozen=True)
class Verdict:
    """What came of checking, in plain sentences. It verifies when there are no problems."""

    problems: tuple[str, ...] = ()
    proved: tuple[str, ...] = ()
    not_proved: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        return not self.problems


def verify_evidence(content: bytes, keys: Sequence[VerifierKey], kept: Sequence[str] = ()) -> Verdict:
    """`kept` are checkpoints from before: a log must still begin with what they signed. Asks nobody."""
    try:
        if content[:1] == b"{":
            return _verify_receipt(_parsed(content), keys)
        return _verify_log(_unpacked(content), keys, kept)
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


# ── One receipt ──────────────────────────────────────────────────────────────────────────────────────────


def _verify_receipt(file: Any, keys: Sequence[VerifierKey]) -> Verdict:
    if not _is_receipt_file(file):
        raise EvidenceError(
            "This is not a receipt as the console writes it: members are missing, or of another form."
        )
    if file.get("checkpoint") is None:
        raise EvidenceError(
            "The file has no checkpoint: the receipt was not in the log yet. Download it again."
        )
    checkpoint = open_checkpoint(file["checkpoint"], keys)
    problems = []
    if file["workspace_id"] not in checkpoint.origin.split("/"):
        problems.append(
            f"The checkpoint is of another log: {checkpoint.origin} "
            f"is not the one of workspace {file['workspace_id']}."
        )
    receipts = file["receipts"]
    if len({receipt["kind"] for receipt in receipts}) < len(receipts):
        problems.append("The file has two receipts of one kind; a run has one of each.")
    for receipt in receipts:
        problem = _check_receipt(file, receipt, checkpoint)
        if problem:
            problems.append(f"The {receipt['kind']} receipt {receipt['id']}: {problem}")
    if problems:
        return Verdict(tuple(problems))
    places = ", ".join(f"the {one['kind']} receipt at place {one['log_index'] + 1}" for one in receipts)
    return Verdict(
        (),
        (
            "The text is the one that was recorded: not a character of it was changed.",
            f"It stands in the log {checkpoint.origin}, among {checkpoint.size}: {places}.",
            f"That log was signed by {' and '.join(checkpoint.signed_by)}.",
        ),
        (
            *_NEVER_PROVED,
            "That the log was not rewritten since: "
            "compare this checkpoint with one that you or somebody else kept.",
        ),
    )


def _is_receipt_file(file: Any) -> bool:
    def texts(value: Any, *names: str) -> bool:
        return all(isinstance(value.get(name), str) for name in names)

    def is_receipt(value: Any) -> bool:
        if not isinstance(value, dict) or not texts(value, "id", "kind", "leaf_hash", "body"):
            return False
        proof, index = value.get("inclusion_proof"), value.get("log_index")
        hashes = [value["leaf_hash"], *(proof if isinstance(proof, list) else [])]
        return (
            (proof is None or isinstance(proof, list))
            and (index is None or (type(index) is int and index >= 0))
            and all(isinstance(text, str) and _hash_of(text) is not None for text in hashes)
        )

    return (
        isinstance(file, dict)
        and file.get("v") == 1
        and texts(file, "workspace_id", "run_id")
        and isinstance(file.get("checkpoint"), (str, type(None)))
        and isinstance(file.get("receipts"), list)
        and len(file["receipts"]) > 0
        and all(is_receipt(receipt) for receipt in file["receipts"])
    )


def _hash_of(text: str) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if len(value) == HASH_LENGTH and value.hex() == text else None


def _check_receipt(file: Mapping[str, Any], receipt: Mapping[str, Any], checkpoint: Checkpoint) -> str | None:
    leaf = leaf_hash(receipt["body"].encode())
    if leaf != _hash_of(receipt["leaf_hash"]):
        return "its text was changed: it does not have the hash in the file."
    head = _head_of(receipt["body"].encode())
    says = {"receipt_id": receipt["id"], "kind": receipt["kind"], "run_id": file["run_id"]}
    if head is None or {**head, **says, "workspace_id": file["workspace_id"]} != head:
        return "its text is of another receipt, run or workspace than the file says."
    index, proof = receipt.get("log_index"), receipt.get("inclusion_proof")
    if index is None or proof is None:
        return "it was not in the log yet when the file was made. Download it again."
    if index >= checkpoint.size:
        return f"the checkpoint is of {checkpoint.size} receipts, and place {index + 1} is not among them."
    hashes = [_hash_of(text) or b"" for text in proof]
    if is_included(index, checkpoint.size, leaf, checkpoint.root, hashes):
        return None
    return "it is not in the signed log: text, place and proof do not lead to the root that was signed."


def _head_of(entry: bytes) -> dict[str, Any] | None:
    try:
        head = json.loads(entry)
    except ValueError:
        return None
    names = ("kind", "receipt_id", "workspace_id")
    return head if isinstance(head, dict) and all(isinstance(head.get(name), str) for name in names) else None


# ── A whole log ──────────────────────────────────────────────────────────────────────────────────────────


def _verify_log(files: Mapping[str, bytes], keys: Sequence[VerifierKey], kept: Sequence[str]) -> Verdict:
    if "checkpoint" not in files:
        raise EvidenceError("The archive has no checkpoint.")
    checkpoint = open_checkpoint(files["checkpoint"].decode("utf-8", "replace"), keys)
    problems: list[str] = []
    earlier = _open_kept(kept, keys, checkpoint, problems)
    problems.extend(_Replay(files, checkpoint, earlier).problems())
    if problems:
        return Verdict(tuple(problems[:_ENOUGH_PROBLEMS]))
    proved = [
        f"All {checkpoint.size} receipts of {checkpoint.origin} are there, unchanged and in their order: "
        "together they have the root that was signed.",
        f"The log was signed by {' and '.join(checkpoint.signed_by)}.",
    ]
    if kept:
        proved.append(f"It begins with everything that the {len(kept)} checkpoints you kept had signed.")
        return Verdict((), tuple(proved), _NEVER_PROVED)
    unproved = "That the log was not rewritten since an earlier checkpoint: give one that you kept."
    return Verdict((), tuple(proved), (*_NEVER_PROVED, unproved))


def _open_kept(
    notes: Sequence[str], keys: Sequence[VerifierKey], newest: Checkpoint, problems: list[str]
) -> list[Checkpoint]:
    opened = []
    for note in notes:
        try:
            checkpoint = open_checkpoint(note, keys)
        except EvidenceError as error:
            problems.append(f"A checkpoint that was kept: {error}")
            continue
        if checkpoint.origin != newest.origin:
            problems.append(
                f"The checkpoint you kept is of another log: {checkpoint.origin} instead of {newest.origin}."
            )
        elif checkpoint.size > newest.size:
            problems.append(
                f"The log shrank: you kept a checkpoint of {checkpoint.size} receipts, "
                f"and this one ends at {newest.size}."
            )
        else:
            opened.append(checkpoint)
    return opened


@dataclass
class _Replay:
    """Works every receipt into the tree anew, and compares the hashes that are kept over them."""

    files: Mapping[str, bytes]
    checkpoint: Checkpoint
    earlier: Sequence[Checkpoint]
    hashes: dict[int, list[bytes]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    tree: Tree = field(default_factory=Tree)
    is_whole: bool = True

    def problems(self) -> Iterator[str]:
        level, count = 0, self.checkpoint.size
        while count > 0:
            for number in range((count + TILE_WIDTH - 1) // TILE_WIDTH):
                width = min(TILE_WIDTH, count - number * TILE_WIDTH)
                if level == 0:
                    yield from self._entries(number, width)
                yield from self._tile(level, number, width)
            level, count = level + 1, count // TILE_WIDTH
        if self.is_whole and self.tree.root() != self.checkpoint.root:
            yield (
                "The receipts are not the ones that were signed: a receipt was changed, left out, slipped in "
                "or moved, for together they do not have the signed root."
            )

    def _entries(self, number: int, width: int) -> Iterator[str]:
        path = _path("entries", number, width)
        first = number * TILE_WIDTH
        what = f"The receipts {first + 1} to {first + width}"
        bundle = self.files.get(path)
        if bundle is None:
            self.is_whole = False
            yield f"{what} are missing: the log has no {path}."
            return
        entries = _read_bundle(bundle)
        if entries is None or len(entries) != width:
            self.is_whole = False
            found = "no readable number of" if entries is None else len(entries)
            yield f"{what} are not all there, or too many: {path} has {found} receipts instead of {width}."
            return
        for at, entry in enumerate(entries):
            yield from self._text(entry, first + at + 1)
        if self.is_whole:
            yield from self._grow([leaf_hash(entry) for entry in entries])

    def _grow(self, leaves: Sequence[bytes]) -> Iterator[str]:
        for kept in self.earlier:
            if self.tree.size < kept.size <= self.tree.size + len(leaves):
                part = self.tree.copy()
                part.append(leaves[: kept.size - part.size])
                if part.root() != kept.root:
                    yield (
                        f"The log was rewritten: its first {kept.size} receipts are not the ones of the "
                        "checkpoint you kept."
                    )
        self.tree.append(leaves, self._collect)

    def _collect(self, level: int, node: bytes) -> None:
        if level % 8 == 0:
            self.hashes.setdefault(level // 8, []).append(node)

    def _text(self, entry: bytes, place: int) -> Iterator[str]:
        head = _head_of(entry)
        if head is None:
            yield f"The receipt at place {place} cannot be read."
        elif head["workspace_id"] not in self.checkpoint.origin.split("/"):
            yield f"The receipt at place {place} is of another workspace's log."
        elif head["receipt_id"] in self.ids:
            yield f"The receipt at place {place} stands in the log twice: {head['receipt_id']}."
        else:
            self.ids.add(head["receipt_id"])

    def _tile(self, level: int, number: int, width: int) -> Iterator[str]:
        path = _path(str(level), number, width)
        tile = self.files.get(path)
        first = number * TILE_WIDTH
        if tile is None:
            what = f"The hashes {first + 1} to {first + width} of level {level}"
            yield f"{what} are missing: the log has no {path}."
            return
        if not self.is_whole:
            return
        if len(tile) != width * HASH_LENGTH:
            yield f"{path} has another length than {width} hashes."
            return
        known = b"".join(self.hashes.get(level, [])[first : first + width])
        if tile == known:
            return
        at = next(i for i in range(width) if tile[i * 32 : i * 32 + 32] != known[i * 32 : i * 32 + 32])
        if level == 0:
            what = f"The receipt at place {first + at + 1}"
            yield f"{what} is not the one that was recorded: it does not have the hash in {path}."
            return
        step = TILE_WIDTH**level
        low, high = (first + at) * step + 1, (first + at + 1) * step
        yield f"{path} was changed: its hash {at + 1} is not the one over the receipts {low} to {high}."


def _path(level: str, number: int, width: int) -> str:
    text = str(number)
    text = text.zfill((len(text) + 2) // 3 * 3)
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    name = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{name}" + (f".p/{width}" if width < TILE_WIDTH else "")


def _read_bundle(bundle: bytes) -> list[bytes] | None:
    entries, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            return None
        entries.append(bundle[at + 2 : end])
        at = end
    return entries
