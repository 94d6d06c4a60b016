from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from daai import DaaiConfigError
from daai._cli import main
from daai._policy.files import read_policies, read_policy, write_policy
from daai._policy.git import managed_by

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
