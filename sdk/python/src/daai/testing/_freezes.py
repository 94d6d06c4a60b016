"""The freezes of a console in memory: while one lasts, nothing new runs, and deadlines stand still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ._clock import wire_time


@dataclass
class Freeze:
    """Of an action, or of all of them."""

    action: str | None
    reason: str
    by: str
    at: datetime
    thawed_at: datetime | None = None

    def covers(self, action: str) -> bool:
        return self.action in (None, action)

    def refusal(self) -> tuple[str, dict[str, Any]]:
        """What a claim is answered with."""
        what = "The workspace" if self.action is None else f"The action {self.action}"
        detail = (
            f"{what} is frozen. No run can be claimed until it's thawed. Deadlines stand still, so nothing "
            f"is lost. Claim the run again later. Reason given: {self.reason}"
        )
        scope = "workspace" if self.action is None else "action"
        at = wire_time(self.at)
        return detail, {"scope": scope, "reason": self.reason, "frozen_by": self.by, "frozen_at": at}


def frozen_since(freezes: Iterable[Freeze], action: str) -> datetime | None:
    """Since when time has stood still for an action; None: it isn't frozen.

    Where freezes overlap, each thaw has given back the time until then.
    """
    covering = [freeze for freeze in freezes if freeze.covers(action)]
    since = next((freeze.at for freeze in covering if freeze.thawed_at is None), None)
    if since is None:
        return None
    return max([since, *(freeze.thawed_at for freeze in covering if freeze.thawed_at is not None)])
