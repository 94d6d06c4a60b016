"""What became of a run: it wasn't executed, or it was and that couldn't be reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._exceptions import DaaiConflictError, DaaiError, member_of
from ._explanation import explain_frozen, explain_lost_claim
from ._models import InterceptResult

if TYPE_CHECKING:
    from ._models import Run


class ActionNotRun(DaaiError):  # noqa: N818 - an outcome rather than an error
    """Nothing was run; `run` is the run as the console last described it."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.run = run

    @property
    def is_replay(self) -> bool:
        """The proposal repeats an earlier one with the same idempotency key: `run` is the earlier one's."""
        return isinstance(self.run, InterceptResult) and self.run.idempotent_replay

    @property
    def decided_at(self) -> str | None:
        """When it was decided; None while nobody has."""
        run = self.run
        known = (run.decision or {}).get("at"), getattr(run, "decided_at", None)
        decided_at = next(filter(None, known), (run.receipt or {}).get("created_at"))
        return decided_at if isinstance(decided_at, str) else None

    @property
    def explanation(self) -> str:
        """What was decided, by whom and why, and that nothing was executed: one line to pass to a model."""
        return self.run.explanation

    def __str__(self) -> str:
        run = self.run
        state = f"{run.governance_status}, {run.execution_status}, {run.governance_reason}"
        sentence = f"{self.explanation} (run {run.action_run_id}: {state})"
        if isinstance(run, InterceptResult) and self.is_replay:
            key = f" {run.idempotency_key!r}" if run.idempotency_key else ""
            since = f", decided at {self.decided_at}" if self.decided_at else ", not decided yet"
            sentence += f"; this isn't a new request: the idempotency key{key} repeats that run{since}"
            if run.ask_again_at:
                when = "" if run.ask_again_at == self.decided_at else f", from {run.ask_again_at}"
                sentence += f". Pass ask_again=True to propose it again{when}"
        return sentence


class ActionBlocked(ActionNotRun):
    """The policy or an approver blocked the action, or the action is unknown or inactive."""


class ActionRejected(ActionNotRun):
    """A person rejected the action, or the request expired, was withdrawn, or its approval ended."""


class ActionAlreadyTaken(ActionNotRun):
    """Another worker has claimed or reported the run, or the action is inactive."""

    @property
    def explanation(self) -> str:
        cause = self.__cause__
        if not isinstance(cause, DaaiConflictError):
            return self.run.explanation
        return explain_lost_claim(self.run, cause.code, member_of(cause.body, "detail", str))


class ActionFrozen(ActionNotRun):
    """The run may run, but not while the action, its API key, the workspace or the console is frozen.

    Nothing is lost: its deadlines stand still. Execute the same run again after a person has thawed it. A
    runner does that automatically. `reason` is what the person said, if the response says so.
    """

    @property
    def reason(self) -> str | None:
        known = member_of(getattr(self.__cause__, "body", None), "frozen", dict)
        return member_of(known, "reason", str)

    @property
    def explanation(self) -> str:
        return explain_frozen(self.reason)


class ActionPending(ActionNotRun):
    """A person has to decide first."""


class ApprovalTimeout(ActionPending):
    """Nobody decided within `timeout`. The run is still pending."""

    @property
    def explanation(self) -> str:
        return f"Nobody decided within the timeout. {self.run.explanation}"


class ExecutionNotReported(DaaiError):  # noqa: N818 - the execution is no error
    """The action ran, with `result`, but the report couldn't be delivered.

    Do not run it again. Report it with `report_executed(run.action_run_id, ..., claim_token=...)` when the
    console is available again, or settle the run in the console. `__cause__` is what went wrong.
    """

    def __init__(self, run: Run, result: Any = None, claim_token: str | None = None) -> None:
        # Without the token, because it's a secret: the arguments are shown with the exception.
        super().__init__(run, result)
        self.run = run
        self.result = result
        self.claim_token = claim_token

    def __str__(self) -> str:
        return f"the action ran, but its report couldn't be delivered (run {self.run.action_run_id})"
