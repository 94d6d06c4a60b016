"""How the demo's programs tell what they see and do: one JSON object a line."""

from __future__ import annotations

import json
import sys
from typing import Any


def tell(event: str, **facts: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
