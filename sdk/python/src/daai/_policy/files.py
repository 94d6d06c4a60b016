"""Policy files: one YAML document for each action, as the management API has it, with its tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from .._exceptions import DaaiConfigError

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class PolicyFile:
    path: Path
    action: str
    document: dict[str, Any]
    """Everything but the tests: what the console takes."""
    tests: list[Any]


def read_policies(paths: Sequence[Path]) -> list[PolicyFile]:
    """Reads the files and those in the folders, by name. Every action may have one file."""
    found: dict[str, PolicyFile] = {}
    for path in _files(paths):
        policy = read_policy(path)
        other = found.setdefault(policy.action, policy)
        if other is not policy:
            raise ValueError(f"{path} is about {policy.action}, and so is {other.path}")
    return list(found.values())


def read_policy(path: Path) -> PolicyFile:
    document = _yaml().read_yaml(path)
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document):
        raise ValueError(f"{path} must be a mapping, with action, title and policy")
    action, tests = document.get("action"), document.pop("tests", [])
    if not isinstance(action, str):
        raise ValueError(f"{path} must name its action, such as action: refund_customer")
    if not isinstance(tests, list):
        raise ValueError(f"{path}: tests must be a list")
    return PolicyFile(path, action, document, tests)


def write_policy(path: Path, document: dict[str, Any]) -> None:
    """Writes what the console has. The tests and comments of a file that exists stay."""
    _yaml().update_yaml(path, document, keep=("tests",))


def _yaml() -> ModuleType:
    """Only policy files need YAML."""
    try:
        return import_module("._yaml", __package__)
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("ruamel"):
            raise
        raise DaaiConfigError("policy files need YAML: pip install 'daai-python[policy]'") from error


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
        elif path.is_file():
            yield path
        else:
            raise ValueError(f"{path} not found")
