"""Break-even analysis: how often a crisis must come for a lever to be worth its cost, and its benefits in calm years.

A lever costs every year; a crisis comes in some years only. With C euros a year, S person-days saved in each crisis,
B person-days of benefit in a calm year, and a person-day valued at V euros, a lever breaks even when
V (f S + B) = C, that is at f = (C / V - B) / S crises a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from ...i18n.translation import Message
from ...rules.need_domains import BY_KIN, DOMAINS, SOURCES
from .arms import Arm, list_observation_seeds
from .paired_comparison import NAN, compute_t_interval

WEEKS_PER_YEAR = 52
DAYS_PER_WEEK = 7
MILLI_PER_UNIT = 1000.0
CALM_INDICATORS = ("met_by_others", "unmet", "members", "ties")
"""What is told of a calm year."""


@dataclass(frozen=True)
class BreakEven:
    """Crises a year from which a lever is worth its cost, with an interval over seeds.

    status: frequency (that many a year) · always (calm years alone pay for it) · never (no loss is saved on average) ·
    single (one seed: no interval) · unknown (no seed was played both with and without). high is inf when an effect of
    zero cannot be excluded.
    """

    frequency: float
    low: float
    high: float
    status: str

    @property
    def years_between(self) -> float:
        """Years between two crises at that frequency: rarer ones do not pay."""
        return inf if self.frequency == 0 else 1.0 / self.frequency


def compute_break_even(cost_a_year: float, saved: np.ndarray, value_per_day: float,
                       calm_benefit: float = 0.0) -> BreakEven:
    """The frequency of crises at which a lever breaks even.

    cost_a_year: EUR. saved: float64[seeds], person-days that a crisis loses less with the lever than without.
    value_per_day: EUR that a person-day is worth. calm_benefit: person-days of benefit in a year without a crisis.
    ValueError if value_per_day is not above 0.
    """
    if not value_per_day > 0:
        raise ValueError(Message("value of a person-day = {value}: expected euros above 0; give what it is held to be "
                                 "worth", value=value_per_day))
    known = np.asarray(saved, np.float64)
    known = known[np.isfinite(known)]
    missing = cost_a_year / value_per_day - calm_benefit
    if missing <= 0:
        return BreakEven(0.0, 0.0, 0.0, "always")
    if known.size == 0 or known.mean() <= 0:
        return BreakEven(NAN, NAN, NAN, "never")
    frequency = missing / float(known.mean())
    if known.size < 2:
        return BreakEven(frequency, NAN, NAN, "single")
    least, most = compute_t_interval(float(known.mean()), float(known.std(ddof=1)), known.size)
    return BreakEven(frequency, missing / most, missing / least if least > 0 else inf, "frequency")


def summarise_calm_year(series: Mapping[str, np.ndarray], onset: int, since: int = 0) -> dict[str, float]:
    """Indicators of a year without a crisis, from a run's series: needs met by others, unmet needs, members, ties.

    series: its columns. onset: day of the first crisis, -1 without one. since: first day that counts, such as the day
    the levers start. Needs are in hours or units a year, members and ties means over days. NaN if no calm week is left.
    """
    day, span = np.asarray(series["day"]), np.asarray(series["span"])
    calm = (day >= since) & ((day + span <= onset) if onset >= 0 else True)
    years = float(span[calm].sum()) / (WEEKS_PER_YEAR * DAYS_PER_WEEK)
    if years == 0:
        return dict.fromkeys(CALM_INDICATORS, NAN)
    names = [name for name in (f"met_{source}_{domain}" for source in SOURCES[BY_KIN:] for domain in DOMAINS)
             if name in series]
    weights = span[calm] / span[calm].sum()
    unmet = [name for name in series if name.startswith("unmet_")]
    return {
        "met_by_others": sum(float(np.asarray(series[name])[calm].sum()) for name in names) / MILLI_PER_UNIT / years,
        "unmet": sum(float(np.asarray(series[name])[calm].sum()) for name in unmet) / MILLI_PER_UNIT / years,
        "members": float((np.asarray(series["members"])[calm] * weights).sum()),
        "ties": float((np.asarray(series["ties"])[calm] * weights).sum())}


def compute_lever_break_even(baseline: Arm, arm: Arm, value_per_day: float, levers_day: int,
                             calm_benefit: float = 0.0) -> BreakEven:
    """The break-even frequency of an arm, from a comparison of one crisis with paired seeds.

    Its cost is spread over the years from levers_day, the day the levers start, to the end. value_per_day: EUR per
    person-day. calm_benefit: person-days of benefit in a calm year. Only seeds that both arms have played count.
    """
    seeds = [seed for seed in list_observation_seeds([baseline, arm]) if np.isfinite(
        [one.value("loss_total", seed) for one in (baseline, arm)]).all()]
    saved = baseline.column("loss", seeds) - arm.column("loss", seeds)
    if not seeds:
        return BreakEven(NAN, NAN, NAN, "unknown")
    cost_a_year = float(arm.column("cost", seeds).mean()) / count_lever_years(arm.runs[seeds[0]].series, levers_day)
    return compute_break_even(cost_a_year, saved, value_per_day, calm_benefit)


def compare_calm_years(baseline: Arm, arm: Arm, levers_day: int) -> dict[str, float]:
    """What an arm changes in a calm year: differences of `summarise_calm_year`, averaged over paired seeds."""
    pairs = []
    for seed in sorted(set(baseline.runs) & set(arm.runs)):
        without, with_ = (summarise_calm_year(view.series, int(view.run["onset"]), levers_day)
                          for view in (baseline.runs[seed], arm.runs[seed]))
        pairs.append({name: with_[name] - without[name] for name in without})
    return {name: float(np.mean([pair[name] for pair in pairs])) if pairs else NAN for name in CALM_INDICATORS}


def count_lever_years(series: Mapping[str, np.ndarray], levers_day: int) -> float:
    """Years from the day the levers start to the end of a run, at least a day. series: its table of steps."""
    return max(1.0, float(series["day"][-1] + series["span"][-1]) - levers_day) / (WEEKS_PER_YEAR * DAYS_PER_WEEK + 1)
