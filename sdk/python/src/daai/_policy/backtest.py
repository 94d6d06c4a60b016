"""What a plan would have decided about recorded runs, compared by the console."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from .._exceptions import DaaiApiError, DaaiError
from .._explanation import printable
from .console import Management, problems_of
from .plan import Plan, Step

DAYS = (7, 30, 90)
FIRST_POLL_SECONDS = 0.5
LONGEST_POLL_SECONDS = 5.0
# The worker runs one at a time, so another one may come first. Without a worker, none ever starts.
LONGEST_STANDSTILL_SECONDS = 120.0

WITHOUT_RESULT = {
    "canceled": "Another plan with this key took its place, or someone canceled it.",
    "failed": "It failed. Run it again, or ask an operator to check the log.",
}


def backtest_lines(
    console: Management,
    plan: Plan,
    days: int,
    report: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """One backtest for each action whose decisions would change, as lines of the plan.

    `report` takes the progress, and why there is none.
    """
    for step in plan.steps:
        if not step.changes_decisions:
            continue
        try:
            backtest = _finished(console, step, days, report, sleep)
        except DaaiError as error:
            problems = problems_of(error) if isinstance(error, DaaiApiError) else [str(error)]
            report(printable(f"No backtest of {step.action}: {'; '.join(problems)}"))
            continue
        yield f"Backtest of {step.action}, last {days} days:"
        result = backtest["result"]
        if result is None:
            yield f"    {WITHOUT_RESULT.get(backtest['status'], 'It has no result.')}"
            continue
        yield f"    {printable(result['summary'])}"
        for change in result["changes"]:
            yield f"    {printable(change['text'])}"
            for part in change["parts"]:
                yield f"      {printable(part['text'])}"
        for note in result["notes"]:
            yield f"    {printable(note)}"


def _finished(
    console: Management,
    step: Step,
    days: int,
    report: Callable[[str], None],
    sleep: Callable[[float], None],
) -> dict[str, Any]:
    """Waits for the result, and cancels the backtest if it stands still or the program is ended."""
    backtest = console.start_backtest(step.action, step.draft, days)
    pause = FIRST_POLL_SECONDS
    stood_still = 0.0
    seen = None
    try:
        while backtest["status"] in ("queued", "running"):
            progress = (backtest["status"], backtest["runs_done"])
            if progress == seen:
                stood_still += pause
            else:
                seen, stood_still = progress, 0.0
                report(f"Backtest of {step.action}: {_progress(backtest)}")
            if stood_still >= LONGEST_STANDSTILL_SECONDS:
                raise DaaiError(
                    f"the console's worker made no progress for {LONGEST_STANDSTILL_SECONDS:.0f} seconds"
                )
            sleep(pause)
            pause = min(LONGEST_POLL_SECONDS, pause * 1.5)
            backtest = console.backtest(backtest["backtest_id"])
    except BaseException:
        with contextlib.suppress(DaaiError):
            console.cancel_backtest(backtest["backtest_id"])
        raise
    return backtest


def _progress(backtest: dict[str, Any]) -> str:
    if backtest["runs_total"] is None:
        return "waiting for the worker"
    return f"{backtest['runs_done']:,} of {backtest['runs_total']:,} runs"
