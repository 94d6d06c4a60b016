"""Files that are replaced as a whole."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4


def replace_file(path: Path, content: bytes, new_mode: int) -> None:
    """All or nothing. Links and permissions stay; a new file gets `new_mode`, less the umask."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        temporary.touch(new_mode, exist_ok=False)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.write_bytes(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
