"""breakeven.csv of `compare`: how often the crises played must come for each lever to pay, and what it does in calm."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....analysis.effects.arms import Arm
    from ....config.resolve import Job
    from ....records.folder import Opened

FILE = "breakeven.csv"
WORTH = (100, 1_000, 10_000)
"""Euros that a person-day of functioning may be held to be worth: nobody knows, so three powers of ten are shown."""
HEAD = ("levers", "dose", "euros_per_person_day", "times_a_year", "low", "high", "years_between", "verdict",
        "calm_met_by_others", "calm_unmet", "calm_members", "calm_ties")


def write_worth(job: Job, opened: Opened, folder: Path) -> Path | None:
    """Write the table whole or not at all; none without a crisis, or without a baseline to compare with."""
    from ....analysis.effects.arms import arms

    found = arms(opened)
    if not job.baseline.scenario.crises or not found or found[0].levers or len(found) < 2:
        return None
    calendar = job.baseline.scenario.calendar
    day = calendar.day(calendar.levers)
    file, beside = folder / FILE, folder / f".{FILE}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(HEAD)
            for arm in found[1:]:
                writer.writerows(_rows(found[0], arm, opened, day))
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return file


def _rows(baseline: Arm, arm: Arm, opened: Opened, day: int) -> Iterator[tuple[object, ...]]:
    from ....analysis.effects.breakeven import calm_gain, lever_breaks_even

    calm = [f"{value:.6g}" for value in calm_gain(baseline, arm, day).values()]
    cards = arm.content(opened)["levers"]
    doses = "+".join(f"{float(card['dose']):g}" for card in cards)
    for worth in WORTH:
        got = lever_breaks_even(baseline, arm, float(worth), day)
        numbers = (got.frequency, got.low, got.high, got.years_between)
        yield ("+".join(arm.levers), doses, worth, *(f"{number:.6g}" for number in numbers), got.verdict, *calm)
