"""Checking the file of one run's receipts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .check_disclosed import check_disclosed, is_disclosed
from .checkpoint import Checkpoint, EvidenceError, VerifierKey, open_checkpoint
from .merkle import HASH_LENGTH, is_included, leaf_hash
from .verdict import NEVER_PROVED, Verdict


def verify_receipt(file: Any, keys: Sequence[VerifierKey]) -> Verdict:
    if not _is_receipt_file(file):
        raise EvidenceError(
            "This is not a receipt file of the console: members are missing or have another form."
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
    disclosed = file.get("disclosed")
    if disclosed is not None:
        problems += check_disclosed(disclosed, [receipt["body"] for receipt in receipts])
    if problems:
        return Verdict(tuple(problems))
    places = ", ".join(f"the {one['kind']} receipt is entry {one['log_index'] + 1}" for one in receipts)
    return Verdict(
        (),
        (
            "The text is exactly what was recorded: not one character was changed.",
            f"It is in the log {checkpoint.origin} of size {checkpoint.size}: {places}.",
            f"That log was signed by {' and '.join(checkpoint.signed_by)}.",
            *(
                ()
                if disclosed is None
                else ("The payload and the other texts in the file are those that the receipts commit to.",)
            ),
        ),
        (
            *NEVER_PROVED,
            "That the log was not rewritten since: "
            "compare this checkpoint with one that you or someone else kept.",
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
        and texts(file, "workspace_id")
        and isinstance(file.get("run_id", 0), (str, type(None)))
        and isinstance(file.get("checkpoint"), (str, type(None)))
        and isinstance(file.get("receipts"), list)
        and len(file["receipts"]) > 0
        and all(is_receipt(receipt) for receipt in file["receipts"])
        and (file.get("disclosed") is None or is_disclosed(file["disclosed"]))
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
    head = head_of(receipt["body"].encode())
    says = (receipt["id"], receipt["kind"], file["run_id"], file["workspace_id"])
    names = ("receipt_id", "kind", "run_id", "workspace_id")
    if head is None or tuple(head.get(name) for name in names) != says:
        return "its text belongs to another receipt, run or workspace than the file says."
    index, proof = receipt.get("log_index"), receipt.get("inclusion_proof")
    if index is None or proof is None:
        return "it was not in the log yet when the file was made. Download it again."
    if index >= checkpoint.size:
        return f"the checkpoint is of {checkpoint.size} receipts, and entry {index + 1} is not among them."
    hashes = [_hash_of(text) or b"" for text in proof]
    if is_included(index, checkpoint.size, leaf, checkpoint.root, hashes):
        return None
    return "it is not in the signed log: text, entry and proof do not lead to the root that was signed."


def head_of(entry: bytes) -> dict[str, Any] | None:
    try:
        head = json.loads(entry)
    except (ValueError, RecursionError):
        return None
    names = ("kind", "receipt_id", "workspace_id")
    return head if isinstance(head, dict) and all(isinstance(head.get(name), str) for name in names) else None
