"""Says in plain words what became of a run, for people and models: who decided, why, and what to do next.

What others wrote (comments, names, addresses) is quoted data: on one line, with invisible characters escaped,
and bounded. So it can neither end the quotation nor pass for the console's own words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._canonical import canonical

if TYPE_CHECKING:
    from ._models import Run

MAX_COMMENT_CHARACTERS = 2_000
MAX_NAME_CHARACTERS = 320
MAX_CHANGES = 20

_NOT_EXECUTED = "Not executed."
_CHANGE_IT = "Do not repeat it unchanged."
_ASK_AGAIN = "It can be proposed again as a new request."
_LEAVE_IT = "Do not repeat it."
_WAIT = "Do not propose it again while it is pending."

_ENDINGS = {
    "rejected_by_human": ("Rejected", _CHANGE_IT),
    "manually_blocked_by_approver": ("Blocked", "Do not propose it again."),
    "approval_expired": ("Nobody decided in time, so the request expired", _ASK_AGAIN),
    "withdrawn": ("Withdrawn", "Do not repeat it unless it is needed again."),
    "approval_revoked": ("The approval was revoked", _CHANGE_IT),
    "approval_lapsed": ("The approval lapsed before the run was claimed", _ASK_AGAIN),
    "unknown_action": ("Blocked because no action with this name is registered", _LEAVE_IT),
    "inactive_action": ("Blocked because the action is inactive", "Do not repeat it until it is active."),
    "frozen": ("Blocked because it is frozen", "Propose it again after a person has thawed it."),
    "policy_always_block": ("Blocked by the policy", "Do not propose it again."),
}
_UNREADABLE = {
    "amount": ": its amount can't be read",
    "currency": ": it is in another currency",
    "per_value": ": the value to count it by can't be read",
}
_LOST = {
    "already_claimed": f"Another worker has claimed the run. Not executed by this call. {_LEAVE_IT}",
    "already_reported": f"Another worker has reported the run. Not executed by this call. {_LEAVE_IT}",
    "action_inactive": f"The action is inactive. {_NOT_EXECUTED} Do not repeat it until it is active.",
}


def explain(run: Run) -> str:
    """The state of `run` in one line that a framework can pass to a model."""
    if run.governance_status == "pending_approval":
        return explain_pending(run, _WAIT)
    if run.governance_status in ("rejected", "blocked"):
        return _explain_no(run)
    if run.execution_status == "executed":
        return f"Already executed and reported. {_LEAVE_IT}"
    if run.execution_status == "failed":
        return f"Already tried, and reported as failed. {_CHANGE_IT}"
    if getattr(run, "in_doubt", None):
        return f"In doubt: it may or may not have been executed. {_LEAVE_IT}"
    if run.frozen:
        return explain_frozen(None)
    if run.executable is True:
        allowed = "Allowed by a standing grant" if run.grant else "Allowed"
        verb = "Approved" if run.governance_status == "approved" else allowed
        return f"{explain_change(run) or _sentence(verb, run)} Not executed yet."
    if run.payload_changed:
        return f"{explain_change(run)} Not executed by this call, which can't claim it. {_LEAVE_IT}"
    return f"It can't be claimed now. Not executed by this call. {_LEAVE_IT}"


def explain_pending(run: Run, what_next: str) -> str:
    """That a person has to decide `run` first, and what to do until then."""
    is_over = run.governance_reason == "budget_exceeded_requires_approval"
    why = f" because {_over_budget(run)}" if is_over else ""
    return f"Pending approval{why}. {_NOT_EXECUTED} {what_next}"


def explain_change(run: Run) -> str | None:
    """Who approved `run` with a change, what they changed and why. None: nothing was changed."""
    if not run.payload_changed:
        return None
    changed = _changes(run, "to")
    return f"{_sentence('Approved with a change', run)}{f' Changed {changed}.' if changed else ''}"


def explain_lost_claim(run: Run, code: str | None, detail: str | None) -> str:
    """Why `run` couldn't be claimed after all: by the code and detail of the console's refusal."""
    if code in _LOST:
        return _LOST[code]
    return f"{printable(detail[:MAX_COMMENT_CHARACTERS])} {_NOT_EXECUTED}" if detail else explain(run)


def explain_frozen(reason: str | None) -> str:
    """Why a run that may run can't be claimed now. `reason` is what the person who froze it wrote."""
    words = f": {quoted(reason.strip(), MAX_COMMENT_CHARACTERS)}" if reason and reason.strip() else ""
    return f"Frozen{words}. {_NOT_EXECUTED} The same run can be executed after a person has thawed it."


def quoted(text: str, most: int) -> str:
    """`text` in double quotes, on one line. Escapes quotes and characters that can't be seen."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return printable(json.dumps(cut, ensure_ascii=False))


def printable(text: str) -> str:
    """Escapes what can't be seen: others' text must not control a terminal, or hide words from people."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _explain_no(run: Run) -> str:
    verb = "Blocked by the policy" if run.governance_status == "blocked" else "Rejected"
    ending, advice = _ENDINGS.get(run.governance_reason, (verb, _CHANGE_IT))
    if run.governance_reason == "budget_exceeded_blocked":
        ending, advice = (
            f"Blocked because {_over_budget(run)}",
            "Do not repeat it before the budget has room again.",
        )
    proposed = _changes(run, "as")
    accepted = f" It would be accepted with {proposed}." if proposed and _is_proposal(run) else ""
    return f"{_sentence(ending, run)} {_NOT_EXECUTED}{accepted} {advice}"


def _is_proposal(run: Run) -> bool:
    return run.decision is not None and run.decision.get("proposed_payload") is not None


def _changes(run: Run, verb: str) -> str:
    """'amount to "1480", note to "Only one"': each new value as JSON, quoted and bounded."""
    changes = run.decision.get("changes") if run.decision is not None else None
    if not isinstance(changes, list):
        return ""
    texts = []
    for change in changes[:MAX_CHANGES]:
        if not isinstance(change, dict) or not isinstance(change.get("path"), str):
            continue
        names = [name.replace("~1", "/").replace("~0", "~") for name in change["path"].split("/")[1:]]
        field = printable(".".join(names)[:MAX_NAME_CHARACTERS])
        texts.append(f"{field} {verb} {_value(change.get('value'))}")
    return ", ".join(texts)


def _value(value: Any) -> str:
    return (
        quoted(value, MAX_NAME_CHARACTERS)
        if isinstance(value, str)
        else printable(canonical(value)[:MAX_NAME_CHARACTERS])
    )


def _sentence(what: str, run: Run) -> str:
    """`what`, by whom, and their words."""
    by, comment = _words(run)
    if by:
        what += f" by {printable(by[:MAX_NAME_CHARACTERS])}"
    elif run.governance_reason == "withdrawn":
        what += " by the app"
    elif run.policy_rule and run.governance_reason.startswith("rule_"):
        what += f", rule {quoted(run.policy_rule, MAX_NAME_CHARACTERS)}"
    if not comment:
        return f"{what}."
    ends = comment.rstrip().endswith((".", "!", "?"))
    return f"{what}: {quoted(comment.strip(), MAX_COMMENT_CHARACTERS)}{'' if ends else '.'}"


def _over_budget(run: Run) -> str:
    """Which budget has no room for the run, how much of it is used, and why if the run can't be counted."""
    budget = run.budget or {}
    name, used, limit, unreadable = (
        _text(budget.get(key)) for key in ("name", "used_before", "limit", "unreadable")
    )
    does = "can't be counted toward" if unreadable else "goes over"
    if not (name and used and limit):
        return f"it {does} a budget"
    unit = _text(budget.get("currency")) or "runs"
    figures = printable(f"{used} of {limit} {unit}"[:MAX_NAME_CHARACTERS])
    why = _UNREADABLE.get(unreadable or "", "")
    return f"it {does} the budget {quoted(name, MAX_NAME_CHARACTERS)} ({figures} used){why}"


def _words(run: Run) -> tuple[str | None, str | None]:
    """Who decided and why: from the decision, or from where older consoles have it."""
    if run.decision is not None:
        return _text(run.decision.get("by")), _text(run.decision.get("comment"))
    receipt: Mapping[str, Any] = run.receipt or {}
    by = getattr(run, "decided_by", None) or receipt.get("decided_by")
    comment = getattr(run, "comment", None) or receipt.get("comment")
    return _text(by), _text(comment)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
