"""The hardest day of a crisis for those hit, and the group that loses most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.run_view import RunView, compute_recovery_curve
from ..figures.equity import MIN_GROUP_RESIDENTS

COMPARED_GROUPS: dict[str, tuple[str, str]] = {
    "75+": ("age", "75+"), "poorest": ("income", "1"), "isolated": ("isolation_before", "isolated"),
    "lone_parent": ("household", "lone_parent"),
}
"""Groups that may lose most: name to (dimension, group) of the table of groups."""
LEAST_RATIO = 1.1
"""From this multiple of the average on, a group is said to lose most."""


@dataclass(frozen=True)
class WorstDay:
    """The step at which mean functioning is lowest, mean of the runs of an arm.

    day: days since the crisis began, the median. hit: people hit by then; low: of those, alive and below what counts
    as back. left: functioning that those hit are left with, 0 to 1.
    """

    day: float
    hit: float
    low: float
    left: float


def measure_worst_day(arm: Arm) -> WorstDay | None:
    """The hardest day of an arm; None where nobody is hit in any of its runs."""
    rows = np.array([row for view in arm.runs.values() if (row := _measure_run(view)) is not None])
    if not len(rows):
        return None
    day, hit, low, missing = rows.T
    return WorstDay(float(np.median(day)), float(hit.mean()), float(low.mean()),
                    max(0.0, 1.0 - float(missing.sum() / hit.sum())))


def _measure_run(view: RunView) -> tuple[float, float, float, float] | None:
    """Day, people hit, those of them who are low, functioning that is missing in all; None where nobody is hit."""
    curves = {name: compute_recovery_curve(view, name) for name in ("functioning", "alive", "hit", "hit_low")}
    functioning = curves["functioning"]
    if not functioning.value.size:
        return None
    at = int(np.argmin(functioning.value))
    hit, low, alive = (float(curves[name].value[at]) for name in ("hit", "hit_low", "alive"))
    if not hit:
        return None
    return float(functioning.day[at]), hit, low, (1.0 - float(functioning.value[at])) * alive


def find_most_affected_group(arm: Arm) -> tuple[str, float] | None:
    """Of COMPARED_GROUPS, the one that loses most a head, and how many times the average; None if none stands out."""
    ratios: dict[str, float] = {}
    everybody = _measure_loss_a_head(arm, ("all", "all"))
    for name, key in COMPARED_GROUPS.items():
        ratios[name] = _measure_loss_a_head(arm, key) / everybody if everybody > 0 else float("nan")
    known = {name: ratio for name, ratio in ratios.items()
             if ratio >= LEAST_RATIO and _is_told(arm, COMPARED_GROUPS[name])}
    return max(known.items(), key=lambda pair: pair[1]) if known else None


def _is_told(arm: Arm, group: tuple[str, str]) -> bool:
    """False for a group so small that it might identify somebody."""
    return all(view.group(*group, "n") >= MIN_GROUP_RESIDENTS for view in arm.runs.values())


def _measure_loss_a_head(arm: Arm, group: tuple[str, str]) -> float:
    """Person-days lost by each of a group, over all runs; NaN for an empty group."""
    lost, heads = (sum(view.group(*group, column) for view in arm.runs.values()) for column in ("loss", "n"))
    return lost / heads if heads > 0 else float("nan")
