"""YAML 1.2 with the values of JSON: a date stays text, and a number is exact or refused."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode

from .._atomic_file import replace_file
from .._payload import exact_float


class _JsonConstructor(SafeConstructor):
    pass


def _text(constructor: SafeConstructor, node: ScalarNode) -> str:
    return str(constructor.construct_scalar(node))


def _number(constructor: SafeConstructor, node: ScalarNode) -> float:
    return exact_float(str(constructor.construct_scalar(node)))


_JsonConstructor.add_constructor("tag:yaml.org,2002:timestamp", _text)
_JsonConstructor.add_constructor("tag:yaml.org,2002:float", _number)


def read_yaml(path: Path) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _JsonConstructor
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except (YAMLError, ValueError) as error:
        raise ValueError(f"{path} can't be read: {' '.join(str(error).split())}") from error


def update_yaml(path: Path, document: dict[str, Any], keep: tuple[str, ...]) -> None:
    """Sets the members of the file's mapping to those of `document`, except for `keep`.

    Comments and line ends stay.
    """
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    # Not read_text(), which hides the line ends.
    before = path.read_bytes().decode("utf-8") if path.exists() else ""
    newline = "\r\n" if "\r\n" in before else "\n"
    kept = yaml.load(before.replace("\r\n", "\n")) if before else {}
    for name in [name for name in kept if name not in document and name not in keep]:
        del kept[name]
    for name, value in document.items():
        if kept.get(name) != value:
            kept[name] = value
    text = StringIO()
    yaml.dump(kept, text)
    replace_file(path, text.getvalue().replace("\n", newline).encode("utf-8"), new_mode=0o666)
