"""One kickoff of a crew. A crew that is kicked off again has the same ids for the same calls."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ._jsonable import jsonable
from ._pauses import Pauses


@dataclass
class State:
    """What is stored by the ids of the runs that a crew waits for."""

    conversation: str
    """The first kickoff and all those that continue it. Shown to approvers."""
    inputs: Any
    waiting: dict[str, str] = field(default_factory=dict)
    """Calls, with their runs."""
    answers: dict[str, Any] = field(default_factory=dict)
    """What the model has read about calls that have run, or won't."""


@dataclass
class Round:
    before: State
    pauses: Pauses
    problems: list[Exception] = field(default_factory=list)
    """What isn't for the model to know."""
    _waiting: dict[str, str] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _taken: dict[str, set[int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._answers = {**self.before.answers}

    @contextmanager
    def call(self, fingerprint: str) -> Iterator[Call]:
        """The first of equal calls that neither runs nor has its answer: a pending one is continued."""
        with self._lock:
            taken = self._taken.setdefault(fingerprint, set())
            number = next(number for number in range(len(taken) + 1) if number not in taken)
            taken.add(number)
        call = Call(f"{fingerprint}:{number}", self)
        try:
            yield call
        finally:
            if not call.is_answered:
                with self._lock:
                    taken.discard(number)

    def wait(self, call: str, run_id: str) -> None:
        with self._lock:
            self._waiting[call] = run_id
            self._seen.add(run_id)
            self._keep()

    def note(self, call: str, problem: Exception) -> None:
        with self._lock:
            self.problems.append(problem)
            if call in self.before.waiting:
                self._waiting[call] = self.before.waiting[call]

    def answer(self, call: str, told: Any) -> None:
        with self._lock:
            self._waiting.pop(call, None)
            self._answers[call] = told

    def end(self) -> None:
        """Forget what has its answer, and what the model didn't call again."""
        with self._lock:
            if self._waiting:
                self._keep()
            for run_id in {*self.before.waiting.values(), *self._seen} - {*self._waiting.values()}:
                pause = self.pauses.get(run_id)
                if pause is not None:
                    self.pauses.drop(pause)

    def _keep(self) -> None:
        state = replace(self.before, waiting=self._waiting, answers=self._answers)
        self.pauses.keep(self._waiting.values(), json.dumps(asdict(state)))


@dataclass
class Call:
    id: str
    round: Round
    is_answered: bool = False

    @property
    def earlier_answer(self) -> Any:
        """Of an earlier kickoff. None if it had none."""
        return self.round.before.answers.get(self.id)

    def answer(self, told: Any) -> Any:
        """Returns it. The next equal call is another one."""
        self.is_answered = True
        self.round.answer(self.id, jsonable(told))
        return told

    def wait(self, run_id: str) -> None:
        """Stored immediately: the crew may not come to its end."""
        self.round.wait(self.id, run_id)

    def note(self, problem: Exception) -> None:
        self.round.note(self.id, problem)


current_round: ContextVar[Round | None] = ContextVar("daai_round", default=None)
"""CrewAI's threads have it too."""
