"""Checking the archive of a whole log, as `npm run -s admin -- log export` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from .checkpoint import Checkpoint, EvidenceError, VerifierKey, open_checkpoint
from .merkle import HASH_LENGTH, Tree, leaf_hash
from .restarts import Restart, kept_problem, read_restart, restart_doubts, restart_problems
from .verdict import NEVER_PROVED, Verdict
from .verify_receipt import head_of

TILE_WIDTH = 256
_ENOUGH_PROBLEMS = 20


def verify_log(files: Mapping[str, bytes], keys: Sequence[VerifierKey], kept: Sequence[str]) -> Verdict:
    if "checkpoint" not in files:
        raise EvidenceError("The archive has no checkpoint.")
    checkpoint = open_checkpoint(files["checkpoint"].decode("utf-8", "replace"), keys)
    problems: list[str] = []
    earlier = _open_kept(kept, keys, problems)
    replay = _Replay(files, checkpoint, earlier)
    # A size that is signed may be of any number of receipts: what is missing is not counted to its end.
    replayed = list(islice(replay.problems(), _ENOUGH_PROBLEMS))
    for one in earlier:
        problem = kept_problem(one, checkpoint, replay.restarts)
        if problem or one in replay.rewritten:
            problems.append(problem or _rewritten(one))
    problems.extend(replayed)
    if replay.is_whole:
        problems.extend(restart_problems(replay.restarts, checkpoint))
    if problems:
        return Verdict(tuple(problems[:_ENOUGH_PROBLEMS]))
    proved = [
        f"All {checkpoint.size} receipts of {checkpoint.origin} are present, unchanged and in order: "
        "together they have the root that was signed.",
        f"The log was signed by {' and '.join(checkpoint.signed_by)}.",
    ]
    if kept:
        proved.append(f"It begins with everything that the {len(kept)} checkpoints you kept signed.")
        return Verdict((), tuple(proved), (*NEVER_PROVED, *restart_doubts(replay.restarts)))
    unproved = "That the log was not rewritten since an earlier checkpoint: give one that you kept."
    return Verdict((), tuple(proved), (*NEVER_PROVED, *restart_doubts(replay.restarts), unproved))


def _open_kept(notes: Sequence[str], keys: Sequence[VerifierKey], problems: list[str]) -> list[Checkpoint]:
    opened = []
    for note in notes:
        try:
            opened.append(open_checkpoint(note, keys))
        except EvidenceError as error:
            problems.append(f"A checkpoint you kept: {error}")
    return sorted(opened, key=lambda checkpoint: checkpoint.size)


def _rewritten(kept: Checkpoint) -> str:
    first = f"its first {kept.size} receipts"
    return f"The log was rewritten: {first} are not the ones of the checkpoint you kept."


@dataclass
class _Replay:
    """Rebuilds the tree from every receipt, and compares the stored hashes."""

    files: Mapping[str, bytes]
    checkpoint: Checkpoint
    earlier: Sequence[Checkpoint]
    hashes: dict[int, list[bytes]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    tree: Tree = field(default_factory=Tree)
    is_whole: bool = True
    rewritten: list[Checkpoint] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)

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
                "The receipts are not the ones that were signed: a receipt was changed, left out, inserted "
                "or moved, because together they do not have the signed root."
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
            yield f"{what} are incomplete or too many: {path} has {found} receipts instead of {width}."
            return
        for at, entry in enumerate(entries):
            yield from self._text(entry, first + at + 1)
        if self.is_whole:
            self._grow(entries, [leaf_hash(entry) for entry in entries])

    def _grow(self, entries: Sequence[bytes], leaves: Sequence[bytes]) -> None:
        for kept in self.earlier:
            is_here = self.tree.size < kept.size <= self.tree.size + len(leaves)
            if is_here and self._root_after(leaves[: kept.size - self.tree.size]) != kept.root:
                self.rewritten.append(kept)
        for at, entry in enumerate(entries):
            says = read_restart(entry)
            if says is not None:
                root = self._root_after(leaves[:at])
                self.restarts.append(Restart(self.tree.size + at, root, says))
        self.tree.append(leaves, self._collect)

    def _root_after(self, leaves: Sequence[bytes]) -> bytes:
        part = self.tree.copy()
        part.append(leaves)
        return part.root()

    def _collect(self, level: int, node: bytes) -> None:
        if level % 8 == 0:
            self.hashes.setdefault(level // 8, []).append(node)

    def _text(self, entry: bytes, place: int) -> Iterator[str]:
        head = head_of(entry)
        if head is None:
            yield f"Entry {place} cannot be read."
        elif head["workspace_id"] not in self.checkpoint.origin.split("/"):
            yield f"Entry {place} belongs to another workspace's log."
        elif head["receipt_id"] in self.ids:
            yield f"Entry {place} is in the log twice: {head['receipt_id']}."
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
            yield f"{path} does not have the length of {width} hashes."
            return
        known = b"".join(self.hashes.get(level, [])[first : first + width])
        if tile == known:
            return
        at = next(i for i in range(width) if tile[i * 32 : i * 32 + 32] != known[i * 32 : i * 32 + 32])
        if level == 0:
            what = f"Entry {first + at + 1}"
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
