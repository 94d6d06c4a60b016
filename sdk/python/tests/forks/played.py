"""Plays `forked.py` and reads what it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("forked.py")


def forked(mode: str, base_url: str, allowed: str, waiting: str, store: Path) -> list[dict[str, Any]]:
    """What came of each child, in order."""
    command = [sys.executable, str(PROGRAM), mode, base_url, allowed, waiting, str(store)]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    children: list[dict[str, Any]] = json.loads(done.stdout)
    return sorted(children, key=lambda child: child["number"])
