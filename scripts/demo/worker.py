"""The demo's worker: runs what people approved, until it is stopped. It can be killed at any point.

    python worker.py FOLDER [--hang before|after KEY]

With --hang it gets stuck while it executes KEY: just before the email is sent, or just after it.
"""

from __future__ import annotations

import argparse
import threading
from functools import partial
from pathlib import Path
from typing import Any

from daai import DaaiActionRunner, DaaiClient, RunnerEvent, SQLitePendingStore

from actions import SUBJECTS, key_of, perform
from events import tell
from mails import SentMails

# Short, so that a worker's death is soon noticed. While it lives it renews its claim.
LEASE_SECONDS = 5
POLL_SECONDS = 0.2


def hang(key: str) -> None:
    tell("hangs", key=key)
    threading.Event().wait()


def main(folder: Path, hang_when: str, hang_key: str) -> None:
    mails = SentMails(folder / "sent-mails.jsonl")

    def execute(action: str, payload: dict[str, Any]) -> dict[str, Any]:
        key = key_of(action, payload)
        if (hang_when, hang_key) == ("before", key):
            hang(key)
        result = perform(action, payload, mails)
        if (hang_when, hang_key) == ("after", key):
            hang(key)
        return result

    def on_event(event: RunnerEvent) -> None:
        tell(event.kind, action_run_id=event.action_run_id, error=event.error)

    with DaaiClient() as client:
        store = SQLitePendingStore(folder / "pending.db")
        runner = DaaiActionRunner(client, store, lease_seconds=LEASE_SECONDS, on_event=on_event)
        for action in SUBJECTS:
            runner.when_executable(action, partial(execute, action))
        runner.run_forever(POLL_SECONDS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hang", nargs=2, default=("", ""))
    options = parser.parse_args()
    main(options.folder, *options.hang)
