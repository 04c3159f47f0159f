"""The days of a crisis, one by one: how people are, and who met the needs of that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from ...analysis.run_view import RunView, recovery
from ...report.terminal.run_summary import COLUMNS
from ...rules.domain import DOMAINS, MILLI
from ..data.comparison import Reading, Shown

PEOPLE = {"functioning": "everyone", "functioning_1": "poorest", "functioning_5": "richest",
          "functioning_isolated": "isolated"}
"""Columns of the series, and the words for them."""


def day_count(reading: Reading) -> int:
    """Days from the onset that are worth looking at, at least one."""
    return max(1, int(reading.window))


def date_of(reading: Reading, day: int) -> date:
    """The date of a day since the first crisis began."""
    scenario = reading.content["scenario"]
    first = min(str(card["start"]) for card in scenario["crises"])
    return date.fromisoformat(first) + timedelta(days=day)


def people_on(one: Shown, day: int) -> dict[str, float]:
    """Word for a group to its mean functioning on a day since onset, per cent of normal, mean over seeds."""
    found = {}
    for column, word in PEOPLE.items():
        values = [_at(view, column, day) for view in one.arm.runs.values()]
        found[word] = 100 * float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")
    return found


def _at(view: RunView, column: str, day: int) -> float:
    curve = recovery(view, column)
    reached = np.flatnonzero(curve.day >= day + 1)
    return float(curve.value[reached[0]]) if reached.size else float("nan")


def helpers_on(one: Shown, day: int) -> list[dict[str, Any]]:
    """Who met the needs of a day, and what nobody met: (domain, source, amount), a day's mean over seeds."""
    totals: dict[tuple[str, str], list[float]] = {}
    for view in one.arm.runs.values():
        begins = view.series["day"] - int(view.run["onset"])
        rows = np.flatnonzero((begins <= day) & (day < begins + view.series["span"]))
        if not rows.size:
            continue
        row, span = rows[0], float(view.series["span"][rows[0]])
        for domain in DOMAINS:
            for word, sources in COLUMNS.items():
                names = [f"unmet_{domain}"] if word == "faded" else [f"met_{source}_{domain}" for source in sources]
                amount = sum(float(view.series[name][row]) for name in names) / MILLI / span
                totals.setdefault((domain, word), []).append(amount)
    return [{"domain": domain, "source": word, "amount": float(np.mean(values))}
            for (domain, word), values in totals.items()]
