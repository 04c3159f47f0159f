"""The results file of the trials: trial to its last result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"


def save_result(name: str, found: Mapping[str, Any]) -> None:
    """Print the result of a trial, and save it beside those of the other trials."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known[name] = dict(found)
    RESULTS.write_text(json.dumps(dict(sorted(known.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({name: found}, indent=2, ensure_ascii=False))
