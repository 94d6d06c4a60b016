"""Which commit a file is from."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def managed_by(path: Path) -> dict[str, str | None]:
    """The file's path in its repository, and the last commit that changed it.

    With `-dirty` after it if the file has other changes. Outside of git, the path as given and no commit.
    """
    prefix = _git(path, "rev-parse", "--show-prefix")
    if prefix is None:
        return {"file": path.as_posix(), "commit": None}
    commit = _git(path, "log", "-1", "--format=%H", "--", path.name)
    if commit and _git(path, "status", "--porcelain", "--", path.name):
        commit += "-dirty"
    return {"file": f"{prefix}{path.name}", "commit": commit or None}


def _git(path: Path, *arguments: str) -> str | None:
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - arguments of our own
        [program, *arguments], cwd=path.parent, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None
