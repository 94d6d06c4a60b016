from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from planned_steps import PLANNED

from daai._policy.console import Management
from daai._policy.plan import Plan, Step, apply_plan, load_plan, save_plan


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
