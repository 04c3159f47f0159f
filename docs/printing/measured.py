"""Published figures beside what the model gives, as `resilience validate` wrote them into the repository."""

from __future__ import annotations

import csv
from pathlib import Path

from simulator.report.validation import WORDS, value_text

FILE = Path(__file__).resolve().parents[2] / "experiments" / "calibration" / "validation.csv"
WORD = WORDS["en"]


def validation() -> str:
    """The table of `resilience validate`, and how many figures are met; how to make it where it is not kept."""
    if not FILE.is_file():
        return "This version keeps no such table.\n"
    with open(FILE, encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    met, seeds = sum(row["verdict"] == "pass" for row in rows), max(int(row["seeds"]) for row in rows)
    heads = " | ".join(WORD[name] for name in ("pattern", "interval", "model", "verdict", "source"))
    lines = [f"**{met} of {len(rows)} published figures are met**, over {seeds} seeds.", "", f"| | {heads} |",
             "|---|---|---|---|---|---|", *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(row: dict[str, str]) -> str:
    low, high, median, least, most = (value_text(float(row[name] or "nan"), row["pattern"], "en") for name in (
        "low", "high", "median", "model_low", "model_high"))
    known = WORD["known"] if row["use"] == "known" else ""
    return (f"| {row['id']} | {row['what']}{known} | {low} – {high} | {median} [{least} – {most}] | "
            f"{WORD[row['verdict']]} | {row['source'].replace('|', '/')} |")
