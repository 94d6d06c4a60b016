from __future__ import annotations

from scripted import Script, answer, decision

from daai import ExecutionStatus, GovernanceStatus


def test_statuses_are_texts_and_tokens_are_not_shown() -> None:
    claim = {"token": "secret-token", "expires_at": "2026-01-01T00:00:00.000Z"}
    result = Script(answer(**decision(claim=claim))).client().intercept("send_mail", {})
    assert result.governance_status is GovernanceStatus.ALLOWED
    assert result.execution_status is ExecutionStatus.AWAITING_EXECUTION_REPORT
    assert str(result.governance_status) == f"{result.governance_status}" == "allowed"
    assert {"allowed": 1}[result.governance_status] == 1
    assert "secret-token" not in repr(result)
