"""The validation table that `resilience validate` wrote into the repository: published figures and the model's."""

from __future__ import annotations

import csv
from pathlib import Path

from simulator.analysis.validation.pattern_checks import NOT_MEASURED
from simulator.report.validation_page import format_pattern_value

FILE = Path(__file__).resolve().parents[2] / "experiments" / "calibration" / "validation.csv"
HEADS = ("pattern", "interval", "model", "verdict", "source")
VERDICTS = {"pass": "met", "fail": "missed", NOT_MEASURED: "not measured"}


def render_validation() -> str:
    """How many published figures are met, and the table; a note where this version has no table."""
    if not FILE.is_file():
        return "This version keeps no such table.\n"
    with open(FILE, encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    met, seeds = sum(row["verdict"] == "pass" for row in rows), max(int(row["seeds"]) for row in rows)
    lines = [f"**{met} of {len(rows)} published figures are met**, over {seeds} seeds.", "",
             f"| | {' | '.join(HEADS)} |", "|---|---|---|---|---|---|", *map(_format_row, rows)]
    return "\n".join(lines) + "\n"


def _format_row(row: dict[str, str]) -> str:
    low, high, median, model_low, model_high = (format_pattern_value(float(row[name] or "nan"), row["pattern"], "en")
                                                for name in ("low", "high", "median", "model_low", "model_high"))
    known = " · not calibrated" if row["use"] == "known" else ""
    return (f"| {row['id']} | {row['what']}{known} | {low} – {high} | {median} [{model_low} – {model_high}] | "
            f"{VERDICTS[row['verdict']]} | {row['source'].replace('|', '/')} |")
