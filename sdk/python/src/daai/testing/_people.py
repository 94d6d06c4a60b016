"""Approvers who do as a test tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ._grants import Grant
from ._run import FakeRun

APPROVER = "approver@example.com"
When = Callable[[dict[str, Any]], bool]


@dataclass(eq=False)
class Person:
    """Answers requests for approval; `decision` is None for one who never does."""

    decision: str | None
    comment: str | None
    by: str
    after: float
    action: str | None
    when: When | None
    times: int | None
    change: dict[str, Any] | None = None
    grant: Grant | None = None
    _asked: set[str] = field(default_factory=set, repr=False)

    def takes(self, run: FakeRun) -> bool:
        """Whether this person answers the request. It counts as one of their `times`."""
        if run.id in self._asked:
            return True
        is_theirs = self.action in (None, run.action) and (self.when is None or self.when(run.payload))
        if not is_theirs or (self.times is not None and len(self._asked) >= self.times):
            return False
        self._asked.add(run.id)
        return True


def approve_all(
    comment: str | None = None,
    *,
    change: dict[str, Any] | None = None,
    grant: Grant | None = None,
    by: str = APPROVER,
    after: float = 0,
    action: str | None = None,
    when: When | None = None,
    times: int | None = None,
) -> Person:
    """Approves every request, or those that `action`, `when` (a function of the payload) and `times` leave.

    The answer comes `after` so many seconds of the fake's clock. The app learns of it with its next request.

    Where several approvals are needed, each address (`by`) counts once. If another approver changes the
    payload later, this person is asked again: `after` so many seconds, they approve the changed one.

    `change` has members of the payload that this person changes, as in `{"amount": 1480}`; the comment says
    why. Of an app that takes no changes, they reject the request and propose the change.

    `grant` is what this person approves beyond the request. It comes without a change.
    """
    if change is not None and not comment:
        raise ValueError("a change needs a comment that says why")
    if change is not None and grant is not None:
        raise ValueError("a grant comes with an approval of what was proposed, not with a change")
    return Person("approve", comment, by, after, action, when, times, change, grant)


def reject(
    comment: str | None = None,
    *,
    by: str = APPROVER,
    after: float = 0,
    action: str | None = None,
    when: When | None = None,
    times: int | None = None,
) -> Person:
    """As `approve_all`, but rejects. The comment reaches the model as the reason."""
    return Person("reject", comment, by, after, action, when, times)


def block(
    comment: str | None = None,
    *,
    by: str = APPROVER,
    after: float = 0,
    action: str | None = None,
    when: When | None = None,
    times: int | None = None,
) -> Person:
    """As `reject`, but says that it must not be proposed again."""
    return Person("block", comment, by, after, action, when, times)


def nobody(*, action: str | None = None, when: When | None = None, times: int | None = None) -> Person:
    """Leaves requests without an answer, also for the people listed after it: they expire."""
    return Person(None, None, APPROVER, 0, action, when, times)


def people_asked(people: Iterable[Person], run: FakeRun) -> Iterator[Person]:
    """The first who takes the request or, where several approvals are needed, all up to `nobody`."""
    for person in people:
        if not person.takes(run):
            continue
        if person.decision is None:
            return
        yield person
        if not run.stages:
            return
