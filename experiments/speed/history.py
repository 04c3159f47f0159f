"""The history of the benchmark: one small entry per run in history.json, to show slow changes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from simulator.report.sheets.analysis_sheet import write_text_atomic

KEPT = ("ratios", "memory", "seconds", "seconds by activity", "whole département, two threads")
"""Results whose numbers go into the history; all results are in results.json."""


def describe_commit() -> str:
    """The commit that was measured, with + if files differ from it; empty outside a repository."""
    words = ["git", "describe", "--always", "--dirty=+", "--abbrev=10"]
    done = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True)
    return done.stdout.strip()


def build_entry(results: dict[str, Any]) -> dict[str, Any]:
    """The entry of one run of the benchmark: machine, commit, numbers to four digits."""
    numbers = {f"{part}: {name}": float(f"{value:.4g}") for part in KEPT
               for name, value in results.get(part, {}).items() if isinstance(value, (int, float))}
    return {**results["machine"], "commit": describe_commit(), **numbers}


def append_entry(results: dict[str, Any], file: Path) -> None:
    """Append an entry; the file is replaced whole."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    write_text_atomic(file, json.dumps([*known, build_entry(results)], indent=1, ensure_ascii=False) + "\n")
