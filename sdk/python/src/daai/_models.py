"""What the console responds with. Times are RFC 3339 UTC strings, exactly as the console sent them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, TypedDict, Union

from ._explanation import explain, explain_change


class GovernanceStatus(str, Enum):
    """The decision about a run."""

    ALLOWED = "allowed"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"
    BLOCKED = "blocked"

    # Python 3.11 and later would show "GovernanceStatus.ALLOWED" in an f-string, earlier ones "allowed".
    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


class ExecutionStatus(str, Enum):
    """The outcome of a run."""

    NOT_EXECUTED = "not_executed"
    AWAITING_EXECUTION_REPORT = "awaiting_execution_report"
    EXECUTED = "executed"
    FAILED = "failed"

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


class ClaimRequest(TypedDict):
    """Has `intercept` also claim the run if it is allowed; the lease is 5 to 3,600 whole seconds."""

    worker: str
    lease_seconds: int


@dataclass(frozen=True)
class Claim:
    """The exclusive right to execute one run until `expires_at`. The token is a secret."""

    token: str = field(repr=False)
    expires_at: str


@dataclass(frozen=True)
class RateLimit:
    """What was left of one of the key's rate limits when the console responded."""

    name: str
    quota: int
    window_seconds: int
    remaining: int
    reset_seconds: int


@dataclass(frozen=True)
class InterceptResult:
    """The decision about a proposal. Run the action only if `executable` is true."""

    action_run_id: str
    governance_status: GovernanceStatus
    execution_status: ExecutionStatus
    governance_reason: str
    executable: bool
    idempotent_replay: bool = False
    receipt: dict[str, Any] | None = None
    claim: Claim | None = None
    links: dict[str, Any] = field(default_factory=dict)
    action: str | None = None
    """Identifies the proposal, together with the next two. None if the console is older than 0.3."""
    idempotency_key: str | None = None
    payload_hash: str | None = None
    policy_rule: str | None = None
    """The name of the rule that decided. None when no rule applied, or the policy has no rules."""
    previous_run_id: str | None = None
    """The run of the same idempotency key that this one asks again after."""
    ask_again_at: str | None = None
    """From when `ask_again=True` proposes it again; None while it's pending, may run or may have run."""
    frozen: bool = False
    """Whether it can't be approved or claimed until a person thaws it. Its deadlines stand still."""
    rate_limits: tuple[RateLimit, ...] = field(default=(), compare=False)
    """What was left of the rate limits at the time of the response; empty if there are none."""
    decision: dict[str, Any] | None = None
    """`outcome`, `reason`, `by`, `at`, `comment`, `changes` and `proposed_payload`. None while pending."""
    approvals: dict[str, Any] | None = None
    """`stage`, `stages`, `required`, `given` and `by`, where several people must approve. Otherwise None."""
    budget: dict[str, Any] | None = None
    """The budget that the run goes over: `name`, `limit`, `used_before` and more. None if there is none."""
    grant: dict[str, Any] | None = None
    """The standing grant that allowed the run: `given_by`, `ends_at` and more. None if none did."""
    payload_changed: bool = False
    """Whether a person approved it with a change. Only a claim gives the payload that may be executed."""

    @property
    def explanation(self) -> str:
        """What was decided, by whom and why, in one line for people and models."""
        return explain(self)

    @property
    def change_explanation(self) -> str | None:
        """Who changed what and why, in one line for people and models. None if nothing was changed."""
        return explain_change(self)


@dataclass(frozen=True)
class Ticket(InterceptResult):
    """What `PendingActionManager.propose` returns.

    `executable` is true only if the caller should run the action now. With `stored_for_later`, the runner
    will, and `executable` is false.
    """

    action: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    stored_for_later: bool = False


@dataclass(frozen=True)
class RunStatus:
    """The current state of a run. `claimed` and `in_doubt` are None if the response doesn't say.

    In doubt: a claim expired without a report, so the action may or may not have run. A person settles it.
    """

    action_run_id: str
    action: str
    governance_status: GovernanceStatus
    execution_status: ExecutionStatus
    governance_reason: str
    executable: bool
    receipt: dict[str, Any] | None = None
    created_at: str | None = None
    decided_at: str | None = None
    decided_by: Any = None
    comment: str | None = None
    expires_at: str | None = None
    approval_valid_until: str | None = None
    """When an approval lapses if nobody claims the run; None when it has no end."""
    claimed: bool | None = None
    claim_expires_at: str | None = None
    in_doubt: bool | None = None
    execution_error: str | None = None
    execution_reported_at: str | None = None
    mail: dict[str, Any] | None = None
    """For a run that required approval: how many emails were `queued`, or the `not_sent_reason`."""
    policy_rule: str | None = None
    """The name of the rule that decided. None when no rule applied, or the policy has no rules."""
    previous_run_id: str | None = None
    """The run of the same idempotency key that this one asks again after."""
    ask_again_at: str | None = None
    """From when `ask_again=True` proposes it again; None while it's pending, may run or may have run."""
    frozen: bool = False
    """Whether it can't be approved or claimed until a person thaws it. Its deadlines stand still."""
    rate_limits: tuple[RateLimit, ...] = field(default=(), compare=False)
    decision: dict[str, Any] | None = None
    """`outcome`, `reason`, `by`, `at`, `comment`, `changes` and `proposed_payload`. None while pending."""
    approvals: dict[str, Any] | None = None
    """`stage`, `stages`, `required`, `given` and `by`, where several people must approve. Otherwise None."""
    budget: dict[str, Any] | None = None
    """The budget that the run goes over: `name`, `limit`, `used_before` and more. None if there is none."""
    grant: dict[str, Any] | None = None
    """The standing grant that allowed the run: `given_by`, `ends_at` and more. None if none did."""
    payload_changed: bool = False
    """Whether a person approved it with a change. Only a claim gives the payload that may be executed."""

    @property
    def explanation(self) -> str:
        """What was decided, by whom and why, in one line for people and models."""
        return explain(self)

    @property
    def change_explanation(self) -> str | None:
        """Who changed what and why, in one line for people and models. None if nothing was changed."""
        return explain_change(self)


@dataclass(frozen=True)
class ClaimedRun:
    """A run this worker has claimed, with the exact payload that was decided on."""

    action_run_id: str
    action: str
    payload: dict[str, Any]
    claim: Claim
    payload_hash: str | None = None
    policy_version: Any = None
    payload_changed: bool = False
    """Whether a person changed what was proposed."""
    changes: list[dict[str, Any]] | None = None
    """What they changed, as JSON Patch (RFC 6902). None if nothing."""
    reason: str | None = None
    """Why they changed it."""


@dataclass(frozen=True)
class ClaimState:
    """The response to renewing (`claim` is set) or releasing (`claim` is None) a claim."""

    action_run_id: str
    claim: Claim | None


@dataclass(frozen=True)
class ExecutionReport:
    """The response to a report; `idempotent_replay` if the same report was sent before."""

    action_run_id: str
    execution_status: ExecutionStatus
    execution_error: str | None = None
    execution_reported_at: str | None = None
    idempotent_replay: bool = False


@dataclass(frozen=True)
class Withdrawal:
    """The answer to withdrawing a run; `idempotent_replay` when it had been withdrawn before."""

    action_run_id: str
    governance_status: GovernanceStatus
    execution_status: ExecutionStatus
    governance_reason: str
    withdrawn_at: str
    reason: str
    idempotent_replay: bool = False


OnCancel = Literal["withdraw"]
"""What a canceled wait does before it ends."""

Run = Union[InterceptResult, RunStatus]
