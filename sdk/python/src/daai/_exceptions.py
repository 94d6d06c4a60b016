"""Everything this package raises on purpose.

DaaiError
├── DaaiConfigError             keys or base URL missing or unusable (also a ValueError)
├── DaaiPayloadError            can't be sent as it is; `path` names the spot (also a ValueError)
├── DaaiConnectionError         no response
├── DaaiApiError                an error response: status_code, code, body, request_id
│   ├── DaaiUnauthorizedError       401
│   ├── DaaiQuotaError              403  a monthly limit has been reached
│   ├── DaaiNotFoundError           404
│   ├── DaaiConflictError           409
│   │   └── DaaiTooSoonError            a person said no a moment ago: ask_again_at
│   ├── DaaiValidationError         413, 422
│   ├── DaaiRateLimitError          429  retry_after
│   ├── DaaiUnavailableError        5xx  retry_after
│   │   └── DaaiForeignResponseError    an error response that didn't come from the console
│   └── DaaiMalformedResponseError  a response that violates the wire contract
├── ActionNotRun                nothing was run: run
│   ├── ActionBlocked               by the policy or an approver
│   ├── ActionRejected              by an approver, or because the request expired
│   ├── ActionFrozen                frozen until a person thaws it; nothing is lost
│   ├── ActionAlreadyTaken          claimed or reported by another worker, or the action is inactive
│   └── ActionPending               not decided yet
│       └── ApprovalTimeout             ... and `timeout` has passed
├── LogTampered                 the receipt log contradicts a kept checkpoint: reason, kept, found
├── WebhookVerificationError    wrong signature, or a timestamp that is too far off
└── ExecutionNotReported        it ran, but the report couldn't be delivered: run, result

Those with a run are in `_action_exceptions`.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


class DaaiError(Exception):
    """Base of everything this package raises on purpose."""


class DaaiConfigError(DaaiError, ValueError):
    """The keys or the base URL are missing or unusable."""


class DaaiPayloadError(DaaiError, ValueError):
    """A value can't be sent; `path` says which, such as `payload.lines[2].price`."""

    def __init__(self, path: str, problem: str = "") -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path} {self.problem}"


class DaaiConnectionError(DaaiError):
    """The console couldn't be reached, or didn't respond in time."""


class DaaiApiError(DaaiError):
    """The console responded with an error.

    `code` is the machine-readable code of the problem document (RFC 9457), `body` the decoded JSON or else
    the text, `request_id` the request's id in the console's log.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int = 0,
        code: str | None = None,
        body: Any = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.code = code
        self.body = body
        self.request_id = request_id
        self.retry_after = retry_after
        """Seconds to wait before retrying, if the response says so (RFC 9110 section 10.2.3)."""


class DaaiUnauthorizedError(DaaiApiError):
    """401: a key is missing, malformed, unknown or revoked, or the keys belong to different workspaces."""


class DaaiQuotaError(DaaiApiError):
    """403: a monthly limit has been reached."""

    @property
    def limit(self) -> int | None:
        """None if the response doesn't say; so are the next two."""
        return member_of(self.body, "limit", int)

    @property
    def used(self) -> int | None:
        return member_of(self.body, "used", int)

    @property
    def resets_at(self) -> str | None:
        """When the limit resets."""
        return member_of(self.body, "resets_at", str)


class DaaiNotFoundError(DaaiApiError):
    """404: the workspace has no run with this id."""


class DaaiConflictError(DaaiApiError):
    """409: an idempotency, claim or report conflict; `code` says which."""


class DaaiTooSoonError(DaaiConflictError):
    """409: a person rejected or blocked this, and the action's cool-down isn't over. Nothing was recorded.

    The text says who and why, and from when the action can be asked again.
    """

    @property
    def ask_again_at(self) -> str | None:
        """From when it can be asked again."""
        return member_of(self.body, "ask_again_at", str)

    @property
    def action_run_id(self) -> str | None:
        """The run that was rejected or blocked."""
        return member_of(self.body, "action_run_id", str)


class DaaiValidationError(DaaiApiError):
    """413 or 422: too large, or a field is missing, mistyped or out of range; see `body["errors"]`."""


class DaaiRateLimitError(DaaiApiError):
    """429: too many requests; `retry_after` is in seconds."""


class DaaiUnavailableError(DaaiApiError):
    """5xx: the console is unavailable now."""


class DaaiForeignResponseError(DaaiUnavailableError):
    """An error response from something in between, not from the console: it says nothing about a run."""


class DaaiMalformedResponseError(DaaiApiError):
    """The response violates the wire contract, so nothing can be concluded from it."""


# The names until version 0.1: handlers and type hints that use them keep working.
DaaiForeignAnswerError = DaaiForeignResponseError
DaaiMalformedAnswerError = DaaiMalformedResponseError


class LogTampered(DaaiError):  # noqa: N818 - a finding rather than an error
    """The receipt log contradicts the checkpoint you kept. Do not act on this console's responses.

    `reason` is `shrank`, `forked`, `restarted` (it has another origin) or `unsigned` (by none of the trusted
    keys). `kept` is the earlier signed checkpoint, `found` what contradicts it, or None: together they are
    the evidence. Raised after a response has arrived, so the request has already taken effect.
    """

    def __init__(self, reason: str, problem: str, kept: str | None, found: str | None) -> None:
        super().__init__(reason, problem, kept, found)
        self.reason = reason
        self.problem = problem
        self.kept = kept
        self.found = found

    def __str__(self) -> str:
        return f"the receipt log contradicts the checkpoint you kept ({self.reason}): {self.problem}"


class WebhookVerificationError(DaaiError):
    """The webhook's signature doesn't match or its timestamp is too far off. Ignore the webhook."""


def member_of(body: Any, name: str, kind: type[T]) -> T | None:
    value = body.get(name) if isinstance(body, dict) else None
    return value if type(value) is kind else None
