from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from daai import DaaiApiError, DaaiConfigError
from daai._cli import main
from daai._policy.backtest import backtest_lines
from daai._policy.console import Management
from daai._policy.files import read_policies, read_policy, write_policy
from daai._policy.git import managed_by
from daai._policy.plan import Plan, Step, apply_plan, load_plan, save_plan

PLAIN = "action: pay\ntitle: Pay\npolicy: { type: always_allow }\n"


def written(tmp_path: Path, text: str, name: str = "pay.yaml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_values_are_those_of_json(tmp_path: Path) -> None:
    payload = (
        "{ country: NO, on: 2026-11-19, at: 2026-11-19T12:00:00Z, rate: 0.1, known: true, left: null, no: 7 }"
    )
    file = written(tmp_path, f"{PLAIN}tests: [{{ payload: {payload}, expect: allow }}]\n")
    read = read_policy(file)
    assert (read.action, sorted(read.document)) == ("pay", ["action", "policy", "title"])
    assert read.tests[0]["payload"] == {
        "country": "NO",
        "on": "2026-11-19",
        "at": "2026-11-19T12:00:00Z",
        "rate": 0.1,
        "known": True,
        "left": None,
        "no": 7,
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("action: [", "can't be read"),
        ("action: pay\naction: send\n", "can't be read"),
        (f"{PLAIN}tests: [{{ payload: {{ amount: 999.9999999999999999 }} }}]", "too many digits"),
        ("- action: pay", "must be a mapping"),
        ("title: Pay", "must name its action"),
        (f"{PLAIN}tests: 7", "tests must be a list"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, problem: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ValueError, match=problem) as raised:
        read_policy(file)
    assert str(raised.value).startswith(str(file))


def test_files_are_found_in_folders_and_are_about_one_action_each(tmp_path: Path) -> None:
    written(tmp_path, PLAIN)
    (tmp_path / "more").mkdir()
    written(tmp_path, PLAIN.replace("pay", "send"), "more/send.yml")
    written(tmp_path, "no policy", "more/README.md")
    assert [one.action for one in read_policies([tmp_path])] == ["send", "pay"]
    written(tmp_path, PLAIN, "twice.yaml")
    with pytest.raises(ValueError, match=r"twice\.yaml is about pay, and so is .*pay\.yaml"):
        read_policies([tmp_path])
    with pytest.raises(ValueError, match="nowhere not found"):
        read_policies([tmp_path / "nowhere"])


def test_what_is_written_keeps_tests_and_comments(tmp_path: Path) -> None:
    file = written(
        tmp_path, f"# Payments\n{PLAIN}risk: low # so far\ntests:\n  - payload: {{}}\n    expect: allow\n"
    )
    write_policy(file, {"action": "pay", "title": "Pay", "policy": {"type": "always_block"}})
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Payments\n")
    assert "risk" not in text
    read = read_policy(file)
    assert (read.document["policy"], read.tests) == (
        {"type": "always_block"},
        [{"payload": {}, "expect": "allow"}],
    )


def test_a_new_file_is_written_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "policies" / "pay.yaml"
    write_policy(file, {"action": "pay", "title": "Pay", "policy": {"type": "always_block"}})
    assert file.read_bytes() == b"action: pay\ntitle: Pay\npolicy:\n  type: always_block\n"


def test_line_ends_and_links_stay(tmp_path: Path) -> None:
    file = tmp_path / "pay.yaml"
    file.write_bytes(b"action: pay\r\ntitle: Pay # in full\r\n")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    write_policy(link, {"action": "pay", "title": "Pay", "risk": "low"})
    assert file.read_bytes() == b"action: pay\r\ntitle: Pay # in full\r\nrisk: low\r\n"
    assert link.is_symlink()


def test_a_file_that_cannot_be_replaced_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: Path, _target: Path) -> Path:
        raise OSError("the disk is full")

    file = written(tmp_path, PLAIN)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="the disk is full"):
        write_policy(file, {"action": "pay", "title": "Another"})
    assert file.read_text(encoding="utf-8") == PLAIN
    assert list(tmp_path.iterdir()) == [file]


def test_the_path_in_the_repository_may_have_any_letters(tmp_path: Path) -> None:
    subprocess.run([str(shutil.which("git")), "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / "Rückerstattung").mkdir()
    file = written(tmp_path, PLAIN, "Rückerstattung/zahlung.yaml")
    assert managed_by(file) == {"file": "Rückerstattung/zahlung.yaml", "commit": None}


def test_outside_of_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    file = written(tmp_path, PLAIN)
    assert managed_by(file) == {"file": file.as_posix(), "commit": None}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert managed_by(file) == {"file": file.as_posix(), "commit": None}


def test_without_its_key_or_yaml_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, PLAIN)
    monkeypatch.delenv("DAAI_MANAGEMENT_KEY", raising=False)
    assert main(["policy", "plan", str(file)]) == 1
    assert "set DAAI_MANAGEMENT_KEY" in capsys.readouterr().err
    monkeypatch.delitem(sys.modules, "daai._policy._yaml", raising=False)
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(DaaiConfigError, match=r"daai-python\[policy\]"):
        read_policy(file)


def test_a_change_that_waits_for_a_second_person_is_said_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAAI_MANAGEMENT_KEY", f"daai_mk_{'a' * 43}")

    def answer(request: httpx.Request) -> httpx.Response:
        waits = request.url.path.endswith("/pay")
        body = (
            {"action": "pay", "proposal_id": "01a1f3af", "status": "pending"}
            if waits
            else {"action": "refund"}
        )
        echo = {"DAAI-Call": request.headers["DAAI-Call"]}
        return httpx.Response(202 if waits else 200, json=body, headers=echo)

    steps = [Step(action, f"{action}.yaml", '"etag"', {"action": action}) for action in ("pay", "refund")]
    with Management(httpx.MockTransport(answer)) as console:
        assert list(apply_plan(console, Plan(steps, [], []))) == [
            "proposed pay: another owner or admin has to confirm it in the console",
            "updated refund",
        ]


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
PLANNED = [
    Step("new", "new.yaml", None, {"action": "new"}),
    Step("pay", "pay.yaml", '"etag"', {"action": "pay", "managed_by": None}, changes_decisions=True),
    Step("retitled", "retitled.yaml", '"etag"', {"action": "retitled"}),
]


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


def test_a_saved_plan_has_what_is_applied_and_reads_without_names_of_another_release(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    save_plan(Plan(PLANNED, [], []), file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert [sorted(step) for step in saved["steps"]] == [["action", "body", "changes", "etag", "file"]] * 3
    assert saved["steps"][1]["etag"] == '"etag"'
    for step in saved["steps"]:
        step["of_another_release"] = True
    file.write_text(json.dumps(saved), encoding="utf-8")
    assert load_plan(file).steps == [replace(step, changes_decisions=False) for step in PLANNED]
