"""What came of checking evidence."""

from __future__ import annotations

from dataclasses import dataclass

NEVER_PROVED = (
    "That the app told the truth about the execution: a receipt says what the app reported.",
    "What was in the log before anyone outside the console kept a checkpoint of it.",
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
