"""The benchmark's memory: one small entry a run in history.json, so that a slow drift is seen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

KEPT = ("ratios", "memory", "seconds", "seconds by activity", "whole département, two threads")
"""Parts whose plain numbers are kept; the rest stands in results.json."""


def commit() -> str:
    """The commit that was measured, with + if files differ from it; empty outside a repository."""
    words = ["git", "describe", "--always", "--dirty=+", "--abbrev=10"]
    done = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True)
    return done.stdout.strip()


def entry(results: dict[str, Any]) -> dict[str, Any]:
    """What is remembered of one run of the benchmark: machine, commit, plain numbers to four digits."""
    numbers = {f"{part}: {name}": float(f"{value:.4g}") for part in KEPT
               for name, value in results.get(part, {}).items() if isinstance(value, (int, float))}
    return {**results["machine"], "commit": commit(), **numbers}


def remember(results: dict[str, Any], file: Path) -> None:
    """Append an entry; the file is written beside and renamed, so that it is whole at every moment."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps([*known, entry(results)], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(file)
