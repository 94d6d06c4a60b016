"""The emails that the demo's actions send."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class UndeliverableError(Exception):
    """There is nobody to send it to."""


class SentMails:
    """A file that only grows: one JSON object a line, on the disk before `send` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, key: str, recipient: str, subject: str) -> None:
        """Raises UndeliverableError, and then nothing was sent."""
        if not _ADDRESS.fullmatch(recipient):
            problem = "isn't an email address" if recipient else "there is no email address on file"
            raise UndeliverableError(f"{recipient} {problem}".strip())
        line = json.dumps({"key": key, "recipient": recipient, "subject": subject}, ensure_ascii=False)
        with self._path.open("ab", buffering=0) as file:
            file.write(f"{line}\n".encode())
            os.fsync(file.fileno())
