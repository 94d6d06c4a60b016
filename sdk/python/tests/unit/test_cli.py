from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from io import StringIO
from pathlib import Path

import httpx
import pytest
from fake_console import FakeConsole
from fake_console_server import serve
from scripted import API_KEY, RUN_ID, WORKSPACE_KEY, answer, run_status

from daai import SQLitePendingStore
from daai._cli import main
from daai._doctor import Finding, diagnose

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeConsole]:
    console = FakeConsole()
    with serve(console) as base_url:
        monkeypatch.setenv("DAAI_API_KEY", API_KEY)
        monkeypatch.setenv("DAAI_WORKSPACE_KEY", WORKSPACE_KEY)
        monkeypatch.setenv("DAAI_BASE_URL", base_url)
        yield console


@pytest.mark.parametrize(("action", "code"), [("send", 0), ("ask", 3), ("never", 4)])
def test_intercept_shows_the_decision_and_its_exit_code_tells_it(
    console: FakeConsole, capsys: Capture, action: str, code: int
) -> None:
    assert (
        main(["intercept", action, "--payload", '{"amount": 5, "rate": 0.1}', "--idempotency-key", "k"])
        == code
    )
    shown = json.loads(capsys.readouterr().out)
    (run,) = console.runs.values()
    assert shown["action_run_id"] == run.id
    assert shown["executable"] is (code == 0)
    assert (run.payload, run.key) == ({"amount": 5, "rate": 0.1}, "k")


def test_the_payload_may_come_from_a_file_or_standard_input(
    console: FakeConsole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    file = tmp_path / "payload.json"
    file.write_text('{"name": "Ünal"}', encoding="utf-8")
    assert main(["intercept", "send", "--payload", f"@{file}"]) == 0
    monkeypatch.setattr(sys, "stdin", StringIO('{"name": "Ann"}'))
    assert main(["intercept", "send", "--payload", "-"]) == 0
    assert [run.payload["name"] for run in console.runs.values()] == ["Ünal", "Ann"]
    assert capsys.readouterr().err == ""


def test_status_and_wait(console: FakeConsole, capsys: Capture) -> None:
    run = console.propose("ask", amount=5)
    assert main(["status", run.id]) == 3
    console.decide(run.id, "approved")
    assert main(["status", run.id, "--wait", "5"]) == 0
    run.execution = "executed"
    assert main(["status", run.id]) == 4
    assert capsys.readouterr().out.count('"governance_status": "approved"') == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["status", RUN_ID], "404 run_not_found: There is no such run."),
        (["intercept", "send", "--payload", "{"], "the payload can't be read"),
        (["intercept", "send", "--payload", '{"amount": 999.9999999999999999}'], "too many digits"),
        (["intercept", "send", "--payload", '{"amount": 1e400}'], "too many digits"),
        (["intercept", "send", "--payload", '{"amount": 0e9999999999999999999}'], "too many digits"),
        (["intercept", "send", "--payload", "[1]"], "payload must be an object"),
        (["intercept", "send", "--payload", "@/nowhere"], "No such file"),
        (["pending", "--store", "/nowhere.db"], "/nowhere.db not found; name the store"),
    ],
    ids=range(8),
)
def test_a_problem_is_one_sentence(
    console: FakeConsole, capsys: Capture, arguments: list[str], problem: str
) -> None:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("daai: ")
    assert problem in captured.err
    assert captured.err.count("\n") == 1
    assert console.runs == {}


def test_pending_lists_retries_and_drops(tmp_path: Path, capsys: Capture) -> None:
    file = str(tmp_path / "p.db")
    store = SQLitePendingStore(file)
    store.add("r1", "send", {"amount": 5})
    store.mark_claimed("r1", "secret", 1.0)
    store.mark_in_doubt("r1", "secret", "its runner died")
    assert main(["pending", "--store", file]) == 0
    out = capsys.readouterr().out
    row = json.loads(out)
    assert (row["action_run_id"], row["state"], row["note"]) == ("r1", "in_doubt", "its runner died")
    assert "secret" not in out
    assert main(["pending", "--store", file, "retry", "r1"]) == 0
    assert main(["pending", "--store", file, "retry", "r1"]) == 1
    assert [str(row.state) for row in store.entries()] == ["pending"]
    assert main(["pending", "--store", file, "drop", "r1"]) == 0
    assert main(["pending", "--store", file, "drop", "r1"]) == 1
    assert main(["pending", "--store", file, "list"]) == 0


def test_it_is_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "daai", "doctor"], capture_output=True, text=True, check=False, env={}
    )
    assert done.returncode == 1
    assert done.stdout == "FAIL  no api_key: pass api_key=... or set DAAI_API_KEY\n"
    assert done.stderr == ""


def date(**shift: float) -> str:
    return format_datetime(datetime.now(timezone.utc) + timedelta(**shift), usegmt=True)


def healthy() -> httpx.Response:
    return answer(headers={"Date": date()}, status="ok")


NO_RUN = answer(404, code="run_not_found")


def examine(monkeypatch: pytest.MonkeyPatch, **answers: httpx.Response | Exception) -> list[Finding]:
    monkeypatch.setenv("DAAI_API_KEY", API_KEY)
    monkeypatch.setenv("DAAI_WORKSPACE_KEY", WORKSPACE_KEY)
    monkeypatch.setenv("DAAI_BASE_URL", "http://console.test")

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/health":
            return httpx.Response(404)
        found = (
            answers.get("health") or healthy()
            if request.url.path == "/api/health"
            else answers.get("run", NO_RUN)
        )
        if isinstance(found, Exception):
            raise found
        if (
            not found.headers.get("Content-Type", "").startswith("text/html")
            and "DAAI-Call" in request.headers
        ):
            found.headers["DAAI-Call"] = request.headers["DAAI-Call"]
        return found

    return list(diagnose(httpx.Client(transport=httpx.MockTransport(handle))))


def test_doctor_finds_everything_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = examine(monkeypatch)
    assert [finding.ok for finding in findings] == [True] * 5
    assert API_KEY not in str(findings)


Make = Callable[[], "httpx.Response | Exception"]
PROBLEMS: dict[str, tuple[str, Make, str]] = {
    "unreachable": ("health", lambda: httpx.ConnectError("refused"), "can't be reached"),
    "not a console": ("health", lambda: httpx.Response(502), "responds with 502"),
    "a stranger's page": ("health", lambda: httpx.Response(200, html="<p>Log in"), "not like a console"),
    "a stranger's JSON": ("health", lambda: answer(up=True), "not like a console"),
    "slow clock": (
        "health",
        lambda: answer(headers={"Date": date(minutes=5)}, status="ok"),
        "s behind the console's",
    ),
    "fast clock": (
        "health",
        lambda: answer(headers={"Date": date(minutes=-5)}, status="ok"),
        "s ahead of the console's",
    ),
    "wrong keys": ("run", lambda: answer(401, code="invalid_api_key"), "invalid_api_key"),
    "strange error": ("run", lambda: answer(422, code="bad"), "couldn't be checked"),
    "a stranger's 404": ("run", lambda: httpx.Response(404, html="<p>proxy"), "sent by something between"),
    "strange answer": ("run", lambda: httpx.Response(200, text="hello"), "couldn't be checked"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_doctor_names_the_problem(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, make, text = PROBLEMS[name]
    bad = [finding for finding in examine(monkeypatch, **{where: make()}) if not finding.ok]
    assert len(bad) == 1
    assert text in bad[0].text


def test_doctor_says_that_a_proxy_is_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on = answer(headers={"Date": date(), "Via": "1.1 proxy"}, status="ok")
    findings = examine(monkeypatch, health=passed_on)
    assert [finding.ok for finding in findings] == [True] * 6
    assert "there is a proxy in between: the response has Via" in [finding.text for finding in findings]


def test_doctor_looks_at_the_form_of_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAAI_API_KEY", WORKSPACE_KEY)
    monkeypatch.setenv("DAAI_WORKSPACE_KEY", WORKSPACE_KEY)
    monkeypatch.setattr("daai._doctor._get_health", lambda _client: healthy())
    monkeypatch.setattr("daai._client.DaaiClient.status", lambda *_: run_status())
    texts = [finding.text for finding in diagnose() if not finding.ok]
    assert texts[0] == "DAAI_API_KEY doesn't look like a key (daai_sk_...)"
    assert "a run that can't exist" in texts[1]
