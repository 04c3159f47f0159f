"""The outcomes of a run: each is a small function of the run's records, with its unit, direction and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..run_view import RecoveryCurve, RunView, compute_recovery_curve

STEADY_DAYS = 7.0
"""Days that a recovery must last to count (model 9)."""
SMALLEST_DROP = 1e-4
"""A smaller drop of mean functioning counts as none."""


def compute_loss_area(curve: RecoveryCurve) -> float:
    """Area of the resilience triangle: sum of (1 - mean functioning) over days, person-days per resident.

    Source: Bruneau et al. 2003, doi:10.1193/1.1623497.
    """
    return float(((1.0 - curve.value) * curve.span).sum()) if curve.value.size else 0.0


def compute_lowest_functioning(curve: RecoveryCurve) -> float:
    """Lowest mean functioning, 0 to 1. Source: Bruneau et al. 2003."""
    return float(curve.value.min()) if curve.value.size else 1.0


def compute_recovery_time(curve: RecoveryCurve, share: float, of_drop: bool = True) -> float:
    """Days from onset until functioning has recovered a `share` of its drop, and stays so for 7 days.

    of_drop: if False, `share` is a share of the level before the crisis. 0 if nothing dropped; NaN if the recovery is
    not seen before the records end (censored). Source: model 9.
    """
    if not curve.value.size or 1.0 - curve.value.min() < SMALLEST_DROP:
        return 0.0
    trough = int(np.argmin(curve.value))
    low = curve.value[trough]
    target = low + share * (1.0 - low) if of_drop else share
    good = curve.value >= target
    for k in range(trough, curve.value.size):
        until = curve.day[k] + STEADY_DAYS
        if curve.day[-1] < until:
            break
        if good[k] and good[(curve.day >= curve.day[k]) & (curve.day <= until)].all():
            return float(curve.day[k])
    return float("nan")


def compute_rapidity(curve: RecoveryCurve) -> float:
    """Mean rise of functioning per day, from the lowest point until 95 % of the drop is recovered; NaN if censored."""
    end = compute_recovery_time(curve, 0.95)
    if not curve.value.size or not end > 0:
        return float("nan")
    trough = int(np.argmin(curve.value))
    if end <= curve.day[trough]:
        return float("nan")
    rise = np.interp(end, curve.day, curve.value) - curve.value[trough]
    return float(rise / (end - curve.day[trough]))


def compute_persistent_loss(curve: RecoveryCurve) -> float:
    """1 - mean functioning at the horizon."""
    return float(1.0 - curve.value[-1]) if curve.value.size else 0.0


def compute_loss_per_resident(view: RunView, dimension: str, group: str) -> float:
    """Loss per resident of one group, person-days; NaN for an empty group."""
    heads = view.group(dimension, group, "n")
    return view.group(dimension, group, "loss") / heads if heads > 0 else float("nan")


def compute_quintile_ratio(view: RunView) -> float:
    """Loss per resident of the poorest income quintile over that of the richest; NaN if the richest lost nothing."""
    rich = compute_loss_per_resident(view, "income", "5")
    return compute_loss_per_resident(view, "income", "1") / rich if rich > 0 else float("nan")


def compute_unreached_share(view: RunView) -> float:
    """Share of those with a need of the crisis whose means do not suffice and whom nobody helped; 0 without any."""
    needy = float(view.run["in_need"])
    return float(view.run["never_reached"]) / needy if needy > 0 else 0.0


@dataclass(frozen=True)
class Outcome:
    """How an outcome is measured and read.

    unit: its unit. direction: -1 if less is better, 1 if more is, 0 if neither. smallest_effect: the smallest
    difference of interest, in its unit (an assumption). doc: what it is. measure: its value for one run.
    """

    unit: str
    direction: int
    smallest_effect: float
    doc: str
    measure: Callable[[RunView], float]


def _column(column: str) -> Callable[[RunView], float]:
    return lambda view: float(view.run[column])


def _reached(column: str) -> Callable[[RunView], float]:
    """A time in days; NaN where it is not reached."""
    return lambda view: float(view.run[column]) if np.isfinite(view.run[column]) else float("nan")


OUTCOMES: dict[str, Outcome] = {
    "loss": Outcome("person-days per resident", -1, 0.02, "loss area R",
                    lambda v: compute_loss_area(compute_recovery_curve(v))),
    "lowest_functioning": Outcome("0-1", 1, 0.005, "lowest mean functioning",
                                  lambda v: compute_lowest_functioning(compute_recovery_curve(v))),
    "t90": Outcome("days", -1, 1.0, "days to make good 90 % of the drop",
                   lambda v: compute_recovery_time(compute_recovery_curve(v), 0.90)),
    "t95": Outcome("days", -1, 1.0, "days to make good 95 % of the drop",
                   lambda v: compute_recovery_time(compute_recovery_curve(v), 0.95)),
    "t95_level": Outcome("days", -1, 1.0, "days to 95 % of the level before",
                         lambda v: compute_recovery_time(compute_recovery_curve(v), 0.95, of_drop=False)),
    "persistent_loss": Outcome("0-1", -1, 0.005, "functioning still lost at the horizon",
                               lambda v: compute_persistent_loss(compute_recovery_curve(v))),
    "loss_per_hit": Outcome("person-days", -1, 0.5, "loss of those hit to the horizon, a person",
                            _column("loss_per_hit")),
    "loss_per_hit_year": Outcome("person-days", -1, 0.5, "loss of those hit to day 365, a person",
                                 _column("loss_per_hit_year")),
    "days_not_back": Outcome("days", -1, 1.0, "days until back, mean of all hit, who is not back counts the horizon",
                             _column("days_not_back")),
    "back_50": Outcome("days", -1, 1.0, "days until half of the hit are back", _reached("back_50")),
    "back_80": Outcome("days", -1, 1.0, "days until 80 % of the hit are back", _reached("back_80")),
    "back_95": Outcome("days", -1, 1.0, "days until 95 % of the hit are back", _reached("back_95")),
    "back_by_182": Outcome("share", 1, 0.01, "share of the hit back by day 182", _column("back_by_182")),
    "back_by_365": Outcome("share", 1, 0.01, "share of the hit back by day 365", _column("back_by_365")),
    "back_by_730": Outcome("share", 1, 0.01, "share of the hit back by day 730", _column("back_by_730")),
    "not_back": Outcome("share", -1, 0.01, "share of the hit not back at the horizon", _column("not_back")),
    "hit_died": Outcome("deaths", -1, 1.0, "deaths among the hit, of any cause", _column("hit_died")),
    "permanent_loss": Outcome("0-1", -1, 0.001, "functioning lost for good by the hit", _column("permanent_loss")),
    "deaths_expected": Outcome("deaths", -1, 1.0, "expected excess deaths", _column("deaths_expected")),
    "deaths": Outcome("deaths", -1, 1.0, "realised deaths of any cause", _column("deaths")),
    "loss_poorest": Outcome("person-days per resident", -1, 0.02, "loss of the poorest fifth",
                            lambda v: compute_loss_per_resident(v, "income", "1")),
    "loss_richest": Outcome("person-days per resident", -1, 0.02, "loss of the richest fifth",
                            lambda v: compute_loss_per_resident(v, "income", "5")),
    "quintile_ratio": Outcome("ratio", -1, 0.02, "loss of the poorest over the richest fifth", compute_quintile_ratio),
    "quintile_gap": Outcome("person-days per resident", -1, 0.02, "loss of the poorest minus the richest fifth",
                            lambda v: (compute_loss_per_resident(v, "income", "1")
                                       - compute_loss_per_resident(v, "income", "5"))),
    "loss_isolated": Outcome("person-days per resident", -1, 0.02, "loss of those isolated before any lever",
                             lambda v: compute_loss_per_resident(v, "isolation_before", "isolated")),
    "loss_p90": Outcome("person-days", -1, 0.05, "loss at the 90th percentile of residents", _column("loss_p90")),
    "loss_gini": Outcome("0-1", -1, 0.01, "Gini index of individual loss", _column("loss_gini")),
    "loss_concentration": Outcome("-1-1", 0, 0.01, "concentration index of loss by income",
                                  _column("loss_concentration")),
    "unreached": Outcome("share", -1, 0.01, "share of those with a need helped by nobody", compute_unreached_share),
    "never_reached": Outcome("persons", -1, 10.0, "residents whose means do not suffice, helped by nobody",
                             _column("never_reached")),
    "isolated_never_reached": Outcome("persons", -1, 1.0, "isolated residents whose means do not suffice, helped by "
                                      "nobody",
                                      _column("isolated_never_reached")),
    "contact_delay": Outcome("days", -1, 0.5, "median days from need to first help", _column("contact_delay")),
    "reciprocity": Outcome("share", 0, 0.01, "share of receivers who also gave", _column("reciprocity")),
    "giving_top_decile": Outcome("share", 0, 0.01, "share of help given by the top tenth",
                                 _column("giving_top_decile")),
    "loss_total": Outcome("person-days", -1, 1.0, "loss area times residents alive at onset",
                          lambda v: compute_loss_area(compute_recovery_curve(v)) * float(v.run["n"])),
}

TIMES = ("t90", "t95", "t95_level", "back_50", "back_80", "back_95")
"""Outcomes that are not reached in every run."""
MIN_REACHED_SHARE = 0.8
"""Share of seeds in which both arms must reach a time for a difference of times to be told."""
MAIN_OUTCOMES = ("loss", "loss_per_hit", "days_not_back", "back_80", "not_back", "permanent_loss", "loss_poorest",
                 "loss_isolated", "unreached", "never_reached", "deaths_expected")
"""The outcomes that a comparison shows first."""


def measure_outcomes(view: RunView, names: tuple[str, ...] = tuple(OUTCOMES)) -> dict[str, float]:
    """Map outcomes to their values for one run."""
    return {name: OUTCOMES[name].measure(view) for name in names}
