"""breakeven.csv of `compare`: how often the crises must come for each arm to pay off, and its effects in calm years."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....analysis.effects.arms import Arm
    from ....config.job import Job
    from ....records.files.run_files import RunTables

BREAK_EVEN_FILE = "breakeven.csv"
PERSON_DAY_VALUES_EUR = (100, 1_000, 10_000)
"""Values of a person-day of functioning, EUR. The true value is unknown, so three powers of ten are shown."""
BREAK_EVEN_COLUMNS = ("levers", "dose", "euros_per_person_day", "times_a_year", "low", "high", "years_between",
                      "verdict", "calm_met_by_others", "calm_unmet", "calm_members", "calm_ties")


def write_break_even(job: Job, opened: RunTables, folder: Path) -> Path | None:
    """Write the table, whole or not at all; its path. None without a crisis or without a baseline to compare with."""
    from ....analysis.effects.arms import collect_arms
    from ....i18n.plain_text import write_csv

    arms = collect_arms(opened)
    if not job.baseline.scenario.crises or len(arms) < 2 or arms[0].levers:
        return None
    calendar = job.baseline.scenario.calendar
    day = calendar.day(calendar.levers)
    file, temporary = folder / BREAK_EVEN_FILE, folder / f".{BREAK_EVEN_FILE}.{os.getpid()}.part"
    try:
        with open(temporary, "w", encoding="utf-8", newline="") as text:
            write_csv(text, [BREAK_EVEN_COLUMNS, *(row for arm in arms[1:]
                                                   for row in _list_break_even_rows(arms[0], arm, opened, day))])
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    return file


def _list_break_even_rows(baseline: Arm, arm: Arm, opened: RunTables, day: int) -> Iterator[tuple[object, ...]]:
    """The rows of an arm, one for each value of a person-day. day: number of the day the levers start."""
    from ....analysis.effects.break_even import compare_calm_years, compute_lever_break_even

    calm = [f"{value:.6g}" for value in compare_calm_years(baseline, arm, day).values()]
    cards = arm.content(opened)["levers"]
    doses = "+".join(f"{float(card['dose']):g}" for card in cards)
    for person_day_value in PERSON_DAY_VALUES_EUR:
        found = compute_lever_break_even(baseline, arm, float(person_day_value), day)
        numbers = [f"{number:.6g}" for number in (found.frequency, found.low, found.high, found.years_between)]
        yield ("+".join(arm.levers), doses, person_day_value, *numbers, found.status, *calm)
