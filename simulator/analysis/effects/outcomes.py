"""The outcomes: each a small function of one run's records, with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..run_view import Recovery, RunView, recovery

STEADY = 7.0
"""Days for which a recovery must hold (model 9)."""
SEEN = 1e-4
"""A drop of mean functioning below this is no crisis at all."""


def loss_area(curve: Recovery) -> float:
    """Resilience triangle: sum of (1 - mean functioning) over days, person-days per resident.

    Source: Bruneau et al. 2003, doi:10.1193/1.1623497.
    """
    return float(((1.0 - curve.value) * curve.span).sum()) if curve.value.size else 0.0


def robustness(curve: Recovery) -> float:
    """Lowest mean functioning. Source: Bruneau et al. 2003."""
    return float(curve.value.min()) if curve.value.size else 1.0


def time_to(curve: Recovery, share: float, of_drop: bool = True) -> float:
    """Days from onset until `share` of the drop is made good (or of the level before), for 7 days at least.

    0 if nothing dropped; NaN if not seen before the records end (censored). Source: model 9.
    """
    if not curve.value.size or 1.0 - curve.value.min() < SEEN:
        return 0.0
    trough = int(np.argmin(curve.value))
    low = curve.value[trough]
    target = low + share * (1.0 - low) if of_drop else share
    good = curve.value >= target
    for k in range(trough, curve.value.size):
        until = curve.day[k] + STEADY
        if curve.day[-1] < until:
            break
        if good[k] and good[(curve.day >= curve.day[k]) & (curve.day <= until)].all():
            return float(curve.day[k])
    return float("nan")


def rapidity(curve: Recovery) -> float:
    """Mean rise of functioning per day from the trough to 95 % of the drop recovered; NaN if censored."""
    end = time_to(curve, 0.95)
    if not curve.value.size or not end > 0:
        return float("nan")
    trough = int(np.argmin(curve.value))
    if end <= curve.day[trough]:
        return float("nan")
    rise = np.interp(end, curve.day, curve.value) - curve.value[trough]
    return float(rise / (end - curve.day[trough]))


def persistent(curve: Recovery) -> float:
    """1 - mean functioning at the horizon."""
    return float(1.0 - curve.value[-1]) if curve.value.size else 0.0


def per_head(view: RunView, dimension: str, group: str) -> float:
    """Loss per resident of a group, person-days; NaN for an empty group."""
    heads = view.group(dimension, group, "n")
    return view.group(dimension, group, "loss") / heads if heads > 0 else float("nan")


def fifth_ratio(view: RunView) -> float:
    """Loss per resident of the poorest fifth over that of the richest; NaN if the richest lost nothing."""
    rich = per_head(view, "income", "5")
    return per_head(view, "income", "1") / rich if rich > 0 else float("nan")


def unreached(view: RunView) -> float:
    """Share of residents in need whom no tie, site or institution reached; 0 if nobody was in need."""
    needy = float(view.run["in_need"])
    return float(view.run["never_reached"]) / needy if needy > 0 else 0.0


@dataclass(frozen=True)
class Outcome:
    """better: -1 if less is better, 1 if more is, 0 if neither. smallest: the smallest difference of interest [A]."""

    unit: str
    better: int
    smallest: float
    doc: str
    of: Callable[[RunView], float]


def _row(column: str) -> Callable[[RunView], float]:
    return lambda view: float(view.run[column])


OUTCOMES: dict[str, Outcome] = {
    "loss": Outcome("person-days per resident", -1, 0.02, "loss area R", lambda v: loss_area(recovery(v))),
    "robustness": Outcome("0-1", 1, 0.005, "lowest mean functioning", lambda v: robustness(recovery(v))),
    "t90": Outcome("days", -1, 1.0, "days to make good 90 % of the drop", lambda v: time_to(recovery(v), 0.90)),
    "t95": Outcome("days", -1, 1.0, "days to make good 95 % of the drop", lambda v: time_to(recovery(v), 0.95)),
    "t95_level": Outcome("days", -1, 1.0, "days to 95 % of the level before",
                         lambda v: time_to(recovery(v), 0.95, of_drop=False)),
    "persistent": Outcome("0-1", -1, 0.005, "functioning still lost at the horizon", lambda v: persistent(recovery(v))),
    "deaths_expected": Outcome("deaths", -1, 1.0, "expected excess deaths", _row("deaths_expected")),
    "deaths": Outcome("deaths", -1, 1.0, "realised deaths of any cause", _row("deaths")),
    "loss_poorest": Outcome("person-days per resident", -1, 0.02, "loss of the poorest fifth",
                            lambda v: per_head(v, "income", "1")),
    "loss_richest": Outcome("person-days per resident", -1, 0.02, "loss of the richest fifth",
                            lambda v: per_head(v, "income", "5")),
    "fifth_ratio": Outcome("ratio", -1, 0.02, "loss of the poorest over the richest fifth", fifth_ratio),
    "fifth_gap": Outcome("person-days per resident", -1, 0.02, "loss of the poorest minus the richest fifth",
                         lambda v: per_head(v, "income", "1") - per_head(v, "income", "5")),
    "loss_isolated": Outcome("person-days per resident", -1, 0.02, "loss of those isolated before any lever",
                             lambda v: per_head(v, "isolation_before", "isolated")),
    "loss_tenth": Outcome("person-days", -1, 0.05, "loss at the 90th percentile of residents", _row("loss_tenth")),
    "loss_gini": Outcome("0-1", -1, 0.01, "Gini index of individual loss", _row("loss_gini")),
    "loss_concentration": Outcome("-1-1", 0, 0.01, "concentration index of loss by income", _row("loss_concentration")),
    "unreached": Outcome("share", -1, 0.01, "share of those in need never reached", unreached),
    "never_reached": Outcome("persons", -1, 10.0, "residents in need never reached", _row("never_reached")),
    "isolated_never_reached": Outcome("persons", -1, 1.0, "isolated residents in need never reached",
                                      _row("isolated_never_reached")),
    "delay": Outcome("days", -1, 0.5, "median days from need to first contact", _row("delay")),
    "reciprocity": Outcome("share", 0, 0.01, "share of receivers who also gave", _row("reciprocity")),
    "giving_tenth": Outcome("share", 0, 0.01, "share of help given by the top tenth", _row("giving_tenth")),
    "loss_total": Outcome("person-days", -1, 1.0, "loss area times residents alive at onset",
                          lambda v: loss_area(recovery(v)) * float(v.run["n"])),
}

MAIN = ("loss", "t95", "loss_poorest", "loss_isolated", "fifth_ratio", "unreached", "never_reached",
        "deaths_expected")
"""What a comparison shows first."""


def measure(view: RunView, names: tuple[str, ...] = tuple(OUTCOMES)) -> dict[str, float]:
    """Outcome to value for one run."""
    return {name: OUTCOMES[name].of(view) for name in names}
