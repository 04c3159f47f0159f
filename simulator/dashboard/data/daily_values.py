"""Values of single days of a crisis: functioning by group, and who met the needs of the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from ...analysis.run_view import RunView, compute_recovery_curve
from ...report.terminal.run_summary import NEED_SOURCES
from ...rules.need_domains import DOMAINS, MILLI
from .comparison import Comparison, ShownArm

GROUP_COLUMNS = {"functioning": "everyone", "functioning_1": "poorest", "functioning_5": "richest",
                 "functioning_isolated": "isolated"}
"""Columns of the series to the keys of FIGURE_LABELS that name their groups."""


def count_shown_days(comparison: Comparison) -> int:
    """Number of days from onset to show, at least one."""
    return max(1, int(comparison.shown_days))


def compute_calendar_date(comparison: Comparison, day: int) -> date:
    """The date of a day counted from the start of the first crisis."""
    scenario = comparison.content["scenario"]
    first = min(str(card["start"]) for card in scenario["crises"])
    return date.fromisoformat(first) + timedelta(days=day)


def compute_group_functioning(shown: ShownArm, day: int) -> dict[str, float]:
    """Map the groups of GROUP_COLUMNS to functioning on a day since onset, per cent of normal, mean over seeds."""
    functioning = {}
    for column, group in GROUP_COLUMNS.items():
        values = [_value_on_day(view, column, day) for view in shown.arm.runs.values()]
        functioning[group] = 100 * float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")
    return functioning


def _value_on_day(view: RunView, column: str, day: int) -> float:
    curve = compute_recovery_curve(view, column)
    reached = np.flatnonzero(curve.day >= day + 1)
    return float(curve.value[reached[0]]) if reached.size else float("nan")


def list_help_by_source(shown: ShownArm, day: int) -> list[dict[str, Any]]:
    """Rows (domain, source, amount) of who met the crisis needs of a day since onset, and of what nobody met ("faded").

    amount: per day, mean over seeds, in the domain's unit.
    """
    totals: dict[tuple[str, str], list[float]] = {}
    for view in shown.arm.runs.values():
        begins = view.series["day"] - int(view.run["onset"])
        rows = np.flatnonzero((begins <= day) & (day < begins + view.series["span"]))
        if not rows.size:
            continue
        row, span = rows[0], float(view.series["span"][rows[0]])
        for domain in DOMAINS:
            for label, sources in NEED_SOURCES.items():
                names = [f"crisis_met_{source}_{domain}" for source in sources]
                if label == "faded":
                    names = [f"crisis_unmet_{domain}"]
                amount = sum(float(view.series[name][row]) for name in names) / MILLI / span
                totals.setdefault((domain, label), []).append(amount)
    return [{"domain": domain, "source": label, "amount": float(np.mean(values))}
            for (domain, label), values in totals.items()]
