from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
import pytest
from planned_steps import PLANNED

from daai import DaaiApiError
from daai._policy.backtest import backtest_lines
from daai._policy.console import Management
from daai._policy.plan import Plan


class BacktestingConsole:
    """A management API whose backtests answer with these, one for each time they are read."""

    def __init__(self, *answers: Mapping[str, object]) -> None:
        self.answers = [
            {"backtest_id": "b", "result": None, "runs_done": 0, "runs_total": None, **one} for one in answers
        ]
        self.calls: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path.removeprefix('/api/v1/manage')}")
        echo = {"DAAI-Call": request.headers["DAAI-Call"]}
        if not self.answers:
            problem = {"code": "missing_scope", "detail": "This needs a key with the scope backtests:run."}
            return httpx.Response(
                403, json=problem, headers={**echo, "Content-Type": "application/problem+json"}
            )
        return httpx.Response(
            200, json=self.answers.pop(0) if len(self.answers) > 1 else self.answers[0], headers=echo
        )


RESULT = {
    "summary": "1 of 2 runs would be decided differently.",
    "changes": [
        {"text": "1 run would no longer require approval", "parts": [{"text": "1 had been rejected"}]}
    ],
    "notes": ["Compares what the policies decide."],
}


def backtested(
    console: BacktestingConsole,
    monkeypatch: pytest.MonkeyPatch,
    reports: list[str] | None = None,
    sleep: Callable[[float], None] = lambda _: None,
) -> list[str]:
    monkeypatch.setenv("DAAI_MANAGEMENT_KEY", f"daai_mk_{'a' * 43}")
    monkeypatch.delenv("DAAI_BASE_URL", raising=False)
    with Management(httpx.MockTransport(console)) as management:
        return list(
            backtest_lines(
                management,
                Plan(PLANNED, [], []),
                7,
                ([] if reports is None else reports).append,
                sleep,
            )
        )


def test_a_plan_waits_for_the_backtest_of_what_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    running = {"status": "running", "runs_done": 1, "runs_total": 2}
    done = {"status": "done", "result": RESULT}
    console = BacktestingConsole({"status": "queued"}, {"status": "queued"}, running, done)
    reports: list[str] = []
    assert backtested(console, monkeypatch, reports) == [
        "Backtest of pay, last 7 days:",
        "    1 of 2 runs would be decided differently.",
        "    1 run would no longer require approval",
        "      1 had been rejected",
        "    Compares what the policies decide.",
    ]
    assert console.calls == ["POST /actions/pay/backtests", *["GET /backtests/b"] * 3]
    assert reports == ["Backtest of pay: waiting for the worker", "Backtest of pay: 1 of 2 runs"]


def test_a_backtest_that_stands_still_is_canceled(monkeypatch: pytest.MonkeyPatch) -> None:
    console = BacktestingConsole({"status": "queued"})
    reports: list[str] = []
    assert backtested(console, monkeypatch, reports) == []
    assert console.calls[-1] == "POST /backtests/b/cancel"
    assert reports[-1] == "No backtest of pay: the console's worker made no progress for 120 seconds"


def test_a_backtest_is_read_less_often_the_longer_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    running = [{"status": "running", "runs_done": done, "runs_total": 9} for done in range(9)]
    pauses: list[float] = []
    backtested(
        BacktestingConsole(*running, {"status": "done", "result": RESULT}), monkeypatch, sleep=pauses.append
    )
    assert pauses[:3] == [0.5, 0.75, 1.125]
    assert pauses[-2:] == [5.0, 5.0]


@pytest.mark.parametrize(
    "end", [KeyboardInterrupt(), SystemExit(143), DaaiApiError("too many", status_code=429)]
)
def test_a_backtest_that_nobody_waits_for_is_canceled(
    monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    console = BacktestingConsole({"status": "queued"})

    def interrupted(_: float) -> None:
        # Whether it could be canceled doesn't matter to who ended the program.
        console.answers.clear()
        raise end

    reports: list[str] = []
    if isinstance(end, DaaiApiError):
        assert backtested(console, monkeypatch, reports, interrupted) == []
        assert reports[-1] == "No backtest of pay: too many"
    else:
        with pytest.raises(type(end)):
            backtested(console, monkeypatch, reports, interrupted)
    assert console.calls[-1] == "POST /backtests/b/cancel"


def test_a_key_without_the_scope_plans_without_backtests(monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[str] = []
    assert backtested(BacktestingConsole(), monkeypatch, reports) == []
    assert reports[0].startswith("No backtest of pay: ")
    assert "backtests:run" in reports[0]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("failed", "It failed."),
        ("canceled", "Another plan with this key took its place, or someone canceled it."),
    ],
)
def test_a_backtest_without_a_result_says_why(
    monkeypatch: pytest.MonkeyPatch, status: str, said: str
) -> None:
    assert said in backtested(BacktestingConsole({"status": status}), monkeypatch)[1]
