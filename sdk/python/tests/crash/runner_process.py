"""A runner in a process of its own, to be killed. Arguments: base URL, store, ledger, mode.

The ledger stands for the side effect: one line for every execution, on the disk before anything else happens.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from scripted import API_KEY, WORKSPACE_KEY

from daai import DaaiActionRunner, DaaiClient, SQLitePendingStore


def main(base_url: str, store_path: str, ledger: str, mode: str) -> None:
    store = SQLitePendingStore(store_path)

    def execute(payload: dict[str, Any]) -> dict[str, Any]:
        with open(ledger, "a", encoding="utf-8") as file:  # noqa: PTH123
            states = [str(row.state) for row in store.entries() if row.payload == payload]
            file.write(f"{payload['number']} {','.join(states)}\n")
            file.flush()
            os.fsync(file.fileno())
        if mode == "hang":
            print("executing", flush=True)  # noqa: T201
            sys.stdin.read()
        return {"number": payload["number"]}

    runner = DaaiActionRunner(DaaiClient(API_KEY, WORKSPACE_KEY, base_url), store)
    runner.when_executable("ask", execute)
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    print(runner.run_pending_once(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
