"""What applying policy files would change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._exceptions import DaaiApiError
from .._explanation import printable
from .console import Management, problems_of
from .files import PolicyFile
from .git import managed_by


@dataclass(frozen=True)
class Step:
    """One change: an action that is set from its file, or, without a body, one that is deactivated."""

    action: str
    file: str
    etag: str | None
    """What the console had; None: no such action."""
    body: dict[str, Any] | None
    changes: list[dict[str, Any]] = field(default_factory=list)
    changes_decisions: bool = False
    """A backtest shows what the changes do."""

    @property
    def draft(self) -> dict[str, Any]:
        """What is set, without where it comes from."""
        return {name: value for name, value in (self.body or {}).items() if name != "managed_by"}


@dataclass(frozen=True)
class Plan:
    steps: list[Step]
    unchanged: list[str]
    unnamed: list[str]
    """Sentences about actions that are managed by a file which isn't among these, and stay as they are."""


def make_plan(console: Management, policies: Sequence[PolicyFile], deactivate_removed: bool) -> Plan:
    plan = Plan([], [], [])
    for policy in policies:
        body = {**policy.document, "managed_by": managed_by(policy.path)}
        try:
            planned = console.plan(policy.action, body)
        except DaaiApiError as error:
            raise ValueError("; ".join(f"{policy.path}: {line}" for line in problems_of(error))) from error
        if planned["result"] == "unchanged":
            plan.unchanged.append(policy.action)
        else:
            plan.steps.append(
                Step(
                    policy.action,
                    str(policy.path),
                    planned["etag"],
                    body,
                    planned["changes"],
                    # Consoles without backtests don't say.
                    planned.get("changes_decisions", False),
                )
            )
    named = {policy.action for policy in policies}
    for action in console.actions():
        name, manager = action["action"], action["managed_by"]
        if manager is None or name in named or not action["is_active"]:
            continue
        if deactivate_removed:
            plan.steps.append(Step(name, manager["file"], console.action(name)[1], None))
        else:
            file = printable(manager["file"])
            plan.unnamed.append(
                f"{name} is managed by {file}, which isn't among these files. It stays as it is."
            )
    return plan


def lines_of(plan: Plan) -> Iterator[str]:
    for step in plan.steps:
        if step.body is None:
            yield f"- {step.action} is deactivated: no file names it any more"
            continue
        yield f"{'+' if step.etag is None else '~'} {step.action} ({step.file})"
        for change in step.changes:
            before, after = _shown(change["before"]), _shown(change["after"])
            yield f"    {change['label']}: {after if step.etag is None else f'{before} → {after}'}"
    yield from plan.unnamed
    count = len(plan.steps)
    yield f"{count} {'action changes' if count == 1 else 'actions change'}, {len(plan.unchanged)} unchanged."


def _shown(value: Any) -> str:
    if value is None or value == [] or value == "":
        return "none"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "\n      ".join(printable(line) for line in text.splitlines())


# What apply needs of a step. Other names in a file are of another release.
SAVED = ("action", "file", "etag", "body", "changes")


def save_plan(plan: Plan, file: Path) -> None:
    steps = [{name: getattr(step, name) for name in SAVED} for step in plan.steps]
    file.write_text(
        json.dumps({"version": 1, "steps": steps}, ensure_ascii=False, indent=2), encoding="utf-8"
    )


def load_plan(file: Path) -> Plan:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        if read["version"] != 1:
            raise ValueError("its version isn't 1")
        return Plan([Step(**{name: step[name] for name in SAVED}) for step in read["steps"]], [], [])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{file} isn't a plan of `python -m daai policy plan --out`: {error}") from error


def require_current(console: Management, plan: Plan) -> None:
    """Refuses before anything is written if the console has changed since the plan."""
    now = {action["action"] for action in console.actions()}
    for step in plan.steps:
        etag = console.action(step.action)[1] if step.action in now else None
        if etag != step.etag:
            raise ValueError(f"{step.action} was changed after the plan, so nothing was applied; plan again")


def apply_plan(console: Management, plan: Plan) -> Iterator[str]:
    """Applies step by step; each is refused if its action was changed since the plan."""
    for step in plan.steps:
        try:
            if step.body is not None:
                if console.put_action(step.action, step.body, step.etag):
                    yield f"{'registered' if step.etag is None else 'updated'} {step.action}"
                else:
                    yield f"proposed {step.action}: another owner or admin has to confirm it in the console"
            elif step.etag is not None:
                console.deactivate(step.action, step.etag)
                yield f"deactivated {step.action}"
        except DaaiApiError as error:
            if error.code == "precondition_failed":
                raise ValueError(
                    f"{step.action} was changed after the plan, so the rest wasn't applied; plan again"
                ) from error
            raise ValueError("; ".join(f"{step.file}: {line}" for line in problems_of(error))) from error
