"""The command line: `python -m daai COMMAND`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ._action_exceptions import ApprovalTimeout
from ._client import DaaiClient
from ._doctor import diagnose
from ._exceptions import DaaiError
from ._explanation import printable
from ._hooks.commands import add_hook_commands
from ._log.checkpoint import parse_key
from ._log.checkpoint_store import SQLiteCheckpointStore
from ._log.evidence import verify_evidence
from ._models import GovernanceStatus, Run
from ._payload import exact_float
from ._policy.commands import add_policy_commands
from ._runner.sqlite_store import SQLitePendingStore

EXECUTABLE, PROBLEM, PENDING, NOT_EXECUTABLE = 0, 1, 3, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code; a problem is one sentence on stderr."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        return code
    except (DaaiError, OSError, ValueError, OverflowError, RecursionError, sqlite3.Error) as error:
        print(f"daai: {error}", file=sys.stderr)
        return PROBLEM


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m daai",
        description="Work with DAAI Console. Settings: DAAI_API_KEY, DAAI_WORKSPACE_KEY, DAAI_BASE_URL.",
        epilog="intercept and status exit with 0 if the run is executable, 3 if it is pending approval, "
        "4 if it may not run or has already run, 1 on a problem, 2 on wrong usage.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    doctor = commands.add_parser("doctor", help="check keys, connection and clock")
    doctor.set_defaults(command=_doctor)

    intercept = commands.add_parser("intercept", help="propose an action; nothing is run")
    intercept.add_argument("action")
    intercept.add_argument("--payload", default="{}", help="JSON, @FILE, or - for standard input")
    intercept.add_argument("--idempotency-key")
    intercept.add_argument(
        "--ask-again", action="store_true", help="propose again if the key's last run was rejected or failed"
    )
    intercept.add_argument("--reasoning")
    intercept.add_argument("--actor")
    intercept.add_argument("--wait", type=float, metavar="SECONDS", help="wait for a decision")
    intercept.set_defaults(command=_intercept)

    status = commands.add_parser("status", help="show a run")
    status.add_argument("run_id")
    status.add_argument("--wait", type=float, metavar="SECONDS", help="wait for a decision")
    status.set_defaults(command=_status)

    withdraw = commands.add_parser("withdraw", help="end a run that is no longer needed")
    withdraw.add_argument("run_id")
    withdraw.add_argument("--reason", required=True, help="approvers see it, and the receipt records it")
    withdraw.set_defaults(command=_withdraw)

    pending = commands.add_parser("pending", help="manage the store of a runner")
    pending.add_argument("--store", default="daai_pending.db", metavar="FILE", help="default: %(default)s")
    pending.set_defaults(command=_pending_list)
    verbs = pending.add_subparsers(metavar="VERB")
    verbs.add_parser("list", help="list stored actions, one JSON object per line (default)")
    retry = verbs.add_parser("retry", help="let an action in doubt run again: you know that it didn't run")
    retry.add_argument("run_id")
    retry.set_defaults(command=_pending_retry)
    drop = verbs.add_parser("drop", help="remove an action from the store; settle it in the console")
    drop.add_argument("run_id")
    drop.set_defaults(command=_pending_drop)

    verify = commands.add_parser("verify", help="verify a receipt file or a log archive offline")
    verify.add_argument("file")
    verify.add_argument(
        "--key",
        action="append",
        required=True,
        metavar="KEY",
        help="a verifier key you trust, as shown at /verify and /api/v1/public/log-keys",
    )
    verify.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint you saved: the log must still begin with the receipts it covers",
    )
    verify.set_defaults(command=_verify)

    log = commands.add_parser("log", help="manage the checkpoints that clients have stored")
    log.add_argument("--store", default="daai_checkpoints.db", metavar="FILE", help="default: %(default)s")
    log.set_defaults(command=_log_list)
    log_verbs = log.add_subparsers(metavar="VERB")
    log_verbs.add_parser("list", help="list stored checkpoints, one JSON object per line (default)")
    accept = log_verbs.add_parser(
        "accept", help="accept this log as the successor of another: you know why it was restarted"
    )
    accept.add_argument("origin")
    accept.set_defaults(command=_log_accept)
    add_hook_commands(commands)
    add_policy_commands(commands)
    return parser


def _doctor(_options: argparse.Namespace) -> int:
    well = True
    for finding in diagnose():
        print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.text}")
        well = well and finding.ok
    return 0 if well else PROBLEM


def _intercept(options: argparse.Namespace) -> int:
    with DaaiClient() as client:
        run: Run = client.intercept(
            options.action,
            _read_json(options.payload),
            options.idempotency_key,
            reasoning=options.reasoning,
            actor=options.actor,
            ask_again=options.ask_again,
        )
        return _show(_decided(client, run, options.wait))


def _status(options: argparse.Namespace) -> int:
    with DaaiClient() as client:
        return _show(_decided(client, client.status(options.run_id), options.wait))


def _withdraw(options: argparse.Namespace) -> int:
    with DaaiClient() as client:
        print(
            json.dumps(
                dataclasses.asdict(client.withdraw(options.run_id, options.reason)), ensure_ascii=False
            )
        )
    return 0


def _pending_list(options: argparse.Namespace) -> int:
    for row in _store(options).entries():
        shown = dataclasses.asdict(row)
        del shown["claim_token"]
        print(json.dumps(shown, ensure_ascii=False))
    return 0


def _pending_retry(options: argparse.Namespace) -> int:
    if not _store(options).reopen(options.run_id):
        raise ValueError(f"{options.store} has no action in doubt with run id {options.run_id}")
    return 0


def _pending_drop(options: argparse.Namespace) -> int:
    if not _store(options).remove(options.run_id):
        raise ValueError(f"{options.store} has no action with run id {options.run_id}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    keys = [parse_key(text) for text in options.key]
    # Copied from an email, it may lack its last line break.
    kept = [Path(file).read_text(encoding="utf-8").strip() + "\n" for file in options.checkpoint]
    verdict = verify_evidence(Path(options.file).read_bytes(), keys, kept)
    if not verdict.verified:
        print(
            "Verification failed.", *(f"  - {printable(problem)}" for problem in verdict.problems), sep="\n"
        )
        return PROBLEM
    print("Verified.", "", "Proved:", *(f"  - {printable(text)}" for text in verdict.proved), sep="\n")
    print("", "Not proved:", *(f"  - {printable(text)}" for text in verdict.not_proved), sep="\n")
    return 0


def _log_list(options: argparse.Namespace) -> int:
    for kept in SQLiteCheckpointStore(_existing(options)).entries():
        print(json.dumps(dataclasses.asdict(kept), ensure_ascii=False))
    return 0


def _log_accept(options: argparse.Namespace) -> int:
    SQLiteCheckpointStore(_existing(options)).accept(options.origin)
    return 0


def _store(options: argparse.Namespace) -> SQLitePendingStore:
    return SQLitePendingStore(_existing(options))


def _existing(options: argparse.Namespace) -> str:
    if not Path(options.store).is_file():
        raise ValueError(f"{options.store} not found; name the store with --store")
    return str(options.store)


def _decided(client: DaaiClient, run: Run, wait: float | None) -> Run:
    if not wait or run.governance_status is not GovernanceStatus.PENDING_APPROVAL:
        return run
    try:
        return client.wait(run.action_run_id, wait)
    except ApprovalTimeout as error:
        return error.run


def _show(run: Run) -> int:
    print(json.dumps(dataclasses.asdict(run), ensure_ascii=False, indent=2))
    if run.governance_status is GovernanceStatus.PENDING_APPROVAL:
        return PENDING
    return EXECUTABLE if run.executable else NOT_EXECUTABLE


def _read_json(given: str) -> Any:
    if given == "-":
        given = sys.stdin.read()
    elif given.startswith("@"):
        given = Path(given[1:]).read_text(encoding="utf-8")
    try:
        return json.loads(given, parse_float=exact_float)
    except ValueError as error:
        raise ValueError(f"the payload can't be read: {error}") from error
