"""The package that the console serves, made without Python, is the one that Python's own tools make."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from .conftest import Console

SOURCE = Path(__file__).parents[2]


def packages_url(console: Console) -> str:
    return f"{console.base_url.removesuffix('/api')}/packages"


@pytest.fixture(scope="module")
def served(console: Console, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Its address and the file, reached through the name that does not change."""
    response = httpx.get(f"{packages_url(console)}/daai-python.whl", follow_redirects=True)
    assert response.status_code == 200
    url = str(response.url)
    file = tmp_path_factory.mktemp("served") / url.rsplit("/", 1)[1]
    file.write_bytes(response.content)
    return url, file


def run_module(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def pip_install(requirement: str, target: Path) -> subprocess.CompletedProcess[str]:
    return run_module("pip", "install", "--no-index", "--no-deps", "--target", str(target), requirement)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def headers(message: Message) -> list[tuple[str, str]]:
    """Without the order that means nothing, and the version of the metadata's own format."""
    plain = {
        "Keywords": lambda value: ",".join(sorted(value.split(","))),
        "Requires-Dist": lambda value: str(Requirement(value)),
    }
    items = ((name, plain.get(name, str)(value)) for name, value in message.items())
    return sorted(item for item in items if item[0] != "Metadata-Version")


def test_is_what_python_builds(served: tuple[str, Path], tmp_path: Path) -> None:
    done = run_module("build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(SOURCE))
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = tmp_path.glob("*.whl")
    ours, theirs = contents(served[1]), contents(built)
    assert served[1].name == built.name
    assert sorted(ours) == sorted(theirs)
    different = {name.rsplit("/", 1)[1] for name in ours if ours[name] != theirs[name]}
    # They name the tool that wrote them, and the metadata's order.
    assert different <= {"METADATA", "WHEEL", "RECORD"}
    (metadata,) = (name for name in ours if name.endswith("/METADATA"))
    our_metadata, their_metadata = (message_from_bytes(files[metadata]) for files in (ours, theirs))
    assert headers(our_metadata) == headers(their_metadata)
    assert our_metadata.get_payload() == their_metadata.get_payload()


def test_pip_installs_it_from_the_console_alone(served: tuple[str, Path], tmp_path: Path) -> None:
    url, file = served
    done = pip_install(f"{url}#sha256={hashlib.sha256(file.read_bytes()).hexdigest()}", tmp_path)
    assert done.returncode == 0, done.stderr
    program = "import daai; print(daai.__version__, daai.__file__)"
    version, place = subprocess.check_output(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, text=True
    ).split()
    assert version in file.name
    assert place.startswith(str(tmp_path))


def test_pip_rejects_it_when_the_hash_is_wrong(served: tuple[str, Path], tmp_path: Path) -> None:
    done = pip_install(f"{served[0]}#sha256={'0' * 64}", tmp_path)
    assert done.returncode != 0
    assert "HASHES" in done.stderr
    assert not (tmp_path / "daai").exists()


def test_a_cached_file_is_confirmed_and_another_version_is_named(
    console: Console, served: tuple[str, Path]
) -> None:
    url, file = served
    tag = httpx.get(url).headers["etag"]
    assert httpx.get(url, headers={"if-none-match": tag}).status_code == 304
    old = httpx.get(f"{packages_url(console)}/daai_python-0.0.1-py3-none-any.whl")
    assert old.status_code == 404
    assert file.name in old.text
