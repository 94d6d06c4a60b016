"""Actions of `daai.testing` that need the approval of several people."""

from __future__ import annotations

from typing import Any

import pytest

import daai
from daai.testing import ApprovalStage, FakeDaai, Person, approve_all, block, nobody, reject

ANN, BEN, CHI, DOT = "ann@example.com", "ben@example.com", "chi@example.com", "dot@example.com"


def board(people: list[Person] | None = None, **settings: Any) -> FakeDaai:
    """A console whose action `pay` needs two approvals, and then one of somebody else."""
    fake = FakeDaai(people=people or [])
    fake.register("pay", "always_require_approval", approvals=2, later_stages=[{"approvals": 1}], **settings)
    return fake


def ask(fake: FakeDaai, **options: Any) -> daai.InterceptResult:
    return fake.client().intercept("pay", {"amount": 1840}, "key", **options)


def progress(stage: int, required: int, by: list[str]) -> dict[str, Any]:
    return {"stage": stage, "stages": 2, "required": required, "given": len(by), "by": by}


def test_a_run_stays_pending_until_the_last_approval() -> None:
    fake = board()
    run = ask(fake)
    assert run.approvals == progress(1, 2, [])
    steps = [(ANN, progress(1, 2, [ANN])), (BEN, progress(2, 1, [])), (DOT, progress(2, 1, [DOT]))]
    for email, approvals in steps:
        assert fake.client().status(run.action_run_id).governance_status == "pending_approval"
        with pytest.raises(daai.DaaiConflictError):
            fake.client().claim(run.action_run_id, "w")
        fake.decide(run.action_run_id, "approve", f"By {email}.", by=email)
        status, replay = fake.client().status(run.action_run_id), ask(fake)
        assert status.approvals == replay.approvals == approvals
        assert status.executable is replay.executable is (email == DOT)
    assert (status.governance_status, status.decided_by, status.comment) == ("approved", DOT, f"By {DOT}.")
    given = fake.run(run.action_run_id).approvals_given
    assert [(one.by, one.stage, one.comment) for one in given] == [
        (ANN, 1, f"By {ANN}."),
        (BEN, 1, f"By {BEN}."),
        (DOT, 2, f"By {DOT}."),
    ]


def test_one_approval_is_enough_where_no_more_are_asked_for() -> None:
    fake = FakeDaai()
    fake.register("pay", "always_require_approval", approvals=1)
    run = ask(fake)
    assert run.approvals is None
    fake.decide(run.action_run_id, "approve")
    assert fake.client().status(run.action_run_id).approvals is None


def test_a_run_that_nobody_is_asked_about_needs_no_approvals() -> None:
    fake = FakeDaai()
    for policy in ("always_allow", "always_block"):
        fake.register(policy, policy, approvals=2)
        assert fake.client().intercept(policy, {}).approvals is None


def test_a_waiting_client_is_woken_by_the_decision_alone() -> None:
    fake = board(
        [approve_all(by=ANN, after=30), approve_all(by=BEN, after=10), approve_all(by=DOT, after=50)]
    )
    started = fake.clock.now
    status = fake.client().wait(ask(fake).action_run_id, timeout=60)
    assert (fake.clock.now - started).total_seconds() == 50
    assert (status.governance_status, status.decided_by) == ("approved", DOT)
    assert [(one.by, (one.at - started).total_seconds()) for one in fake.runs[0].approvals_given] == [
        (BEN, 10),
        (ANN, 30),
        (DOT, 50),
    ]


@pytest.mark.parametrize(
    "people",
    [
        [approve_all(by=ANN)],
        [approve_all(), approve_all(by="Approver+work@Example.com"), approve_all()],
        [approve_all(by=ANN), nobody(), approve_all(by=BEN), approve_all(by=CHI)],
    ],
)
def test_with_too_few_people_it_waits_until_the_request_expires(people: list[Person]) -> None:
    fake = board(people, window_seconds=600)
    with pytest.raises(daai.ApprovalTimeout):
        fake.client().wait(ask(fake).action_run_id, timeout=300)
    (run,) = fake.runs
    assert (run.governance_status, len(run.approvals_given)) == ("pending_approval", 1)
    status = fake.client().wait(run.id)
    assert (status.governance_reason, status.decided_by) == ("approval_expired", None)
    assert status.approvals is not None
    assert status.approvals["given"] == 1


def test_those_who_come_later_give_what_is_missing() -> None:
    fake = board([approve_all(by=ANN), approve_all(by=BEN)])
    run = ask(fake)
    assert ask(fake).approvals == progress(2, 1, [])
    fake.people.append(approve_all(by=DOT))
    assert fake.client().status(run.action_run_id).executable


@pytest.mark.parametrize(("no", "status"), [(reject, "rejected"), (block, "blocked")])
@pytest.mark.parametrize("yes", [[], [ANN], [ANN, BEN]])
def test_one_no_ends_it_in_any_stage(no: Any, status: str, yes: list[str]) -> None:
    people = [approve_all(by=email) for email in yes]
    fake = board([*people, no("Not now.", by=CHI, after=5), approve_all(by=DOT, after=9)])
    decided = fake.client().wait(ask(fake).action_run_id)
    assert (decided.governance_status, decided.decided_by, decided.executable) == (status, CHI, False)
    assert [one.by for one in fake.runs[0].approvals_given] == yes
    fake.clock.advance(days=1)
    assert fake.runs[0].governance_status == status


def test_nobody_counts_twice() -> None:
    fake = board()
    run_id = ask(fake).action_run_id
    fake.decide(run_id, "approve", by=ANN)
    for decision in ("approve", "reject"):
        with pytest.raises(ValueError, match=r"has the approval of Ann\+x@example\.com"):
            fake.decide(run_id, decision, by="Ann+x@example.com")


def test_a_pending_run_keeps_its_stages() -> None:
    fake = board()
    run_id = ask(fake).action_run_id
    fake.register("pay", "always_require_approval")
    assert fake.client().intercept("pay", {}, "other").approvals is None
    fake.decide(run_id, "approve", by=ANN)
    assert fake.client().status(run_id).approvals == progress(1, 2, [ANN])


CHANGE = approve_all("Only 1,480.", change={"amount": 1480}, by=BEN, after=20)


def test_a_change_ends_earlier_approvals_and_their_people_are_asked_again() -> None:
    fake = board([approve_all(by=ANN, after=10), CHANGE, approve_all(by=DOT, after=40)])
    run_id = ask(fake, accepts_changes=True).action_run_id
    fake.clock.advance(seconds=20)
    status = fake.client().status(run_id)
    assert (status.approvals, status.payload_changed) == (progress(1, 2, [BEN]), False)
    fake.clock.advance(seconds=10)
    assert fake.client().status(run_id).approvals == progress(2, 1, [])
    fake.clock.advance(seconds=10)
    assert fake.client().status(run_id).payload_changed
    assert fake.client().claim(run_id, "w").payload == {"amount": 1480}
    assert [one.by for one in fake.run(run_id).approvals_given] == [BEN, ANN, DOT]


def test_the_last_one_can_change_it_as_well_and_earlier_changes_stay() -> None:
    fake = board()
    proposed = {"amount": 1840, "note": "Both charges"}
    run_id = fake.client().intercept("pay", proposed, accepts_changes=True).action_run_id
    fake.decide(run_id, "approve", "Less.", by=ANN, change={"amount": 1480})
    with pytest.raises(ValueError, match="change pay back to what was proposed: reject it instead"):
        fake.decide(run_id, "approve", "More.", by=BEN, change={"amount": 1840})
    # The same change is an approval of it.
    fake.decide(run_id, "approve", "Less.", by=BEN, change={"amount": 1480})
    fake.decide(run_id, "approve", "Clearer.", by=DOT, change={"note": "Second charge"})
    assert fake.client().status(run_id).approvals == progress(1, 2, [])
    for email in (CHI, ANN):
        fake.decide(run_id, "approve", by=email)
    assert fake.client().claim(run_id, "w").payload == {"amount": 1480, "note": "Second charge"}


def test_a_no_drops_the_change_of_those_who_approved() -> None:
    fake = board([CHANGE, reject("No.", by=CHI, after=30)])
    status = fake.client().wait(ask(fake, accepts_changes=True).action_run_id)
    assert status.decision is not None
    assert (status.decision["changes"], status.decision["proposed_payload"]) == (None, None)


def test_people_are_asked_again_once_the_app_stops_taking_changes() -> None:
    fake = board()
    run_id = ask(fake, accepts_changes=True).action_run_id
    fake.decide(run_id, "approve", "Less.", by=ANN, change={"amount": 1})
    assert ask(fake).approvals == progress(1, 2, [])
    for email in (ANN, BEN, DOT):
        fake.decide(run_id, "approve", by=email)
    assert fake.client().claim(run_id, "w").payload == {"amount": 1840}

    scripted = board([CHANGE])
    run_id = ask(scripted, accepts_changes=True).action_run_id
    scripted.clock.advance(seconds=20)
    assert ask(scripted).governance_status == "pending_approval"
    # To an app that takes none, the change is proposed with a rejection.
    assert scripted.client().wait(run_id).decided_by == BEN
    assert scripted.run(run_id).governance_status == "rejected"


@pytest.mark.parametrize("approvals", [0, 21, True, 1.5])
def test_impossible_numbers_are_refused(approvals: Any) -> None:
    fake = FakeDaai()
    stages: list[list[ApprovalStage]] = [[], [{"approvals": approvals}]]
    for first, later in zip((approvals, 1), stages):
        with pytest.raises(ValueError, match="a stage needs 1 to 20 approvals"):
            fake.register("pay", "always_require_approval", approvals=first, later_stages=later)
    with pytest.raises(ValueError, match="at most 4 later stages"):
        fake.register("pay", "always_require_approval", later_stages=[{"approvals": 1}] * 5)
