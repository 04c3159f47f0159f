"""How often a crisis must come for a lever to be worth its money, and what it is worth in years without one.

A lever costs every year; a crisis comes in some years only. With C euros a year, S person-days saved in each crisis,
B person-days' worth of good done in a calm year, and a person-day held to be worth V euros, a lever breaks even when
V (f S + B) = C, that is at f = (C / V - B) / S crises a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from .arms import Arm
from .paired import LEVEL, NAN

WEEKS = 52
WEEK = 7
MILLI = 1000.0


@dataclass(frozen=True)
class BreakEven:
    """Crises a year from which a lever is worth its money, with an interval over seeds.

    verdict: frequency (that many a year) · always (calm years alone pay for it) · never (no crisis is made lighter on
    average) · single (one seed: no interval). high is inf when no effect cannot be excluded.
    """

    frequency: float
    low: float
    high: float
    verdict: str

    @property
    def years_between(self) -> float:
        """Years between two crises at that frequency: rarer ones do not pay."""
        return inf if self.frequency == 0 else 1.0 / self.frequency


def break_even(cost_a_year: float, saved: np.ndarray, value: float, calm: float = 0.0) -> BreakEven:
    """The frequency at which a lever breaks even.

    cost_a_year: EUR; saved: float64[seeds], person-days each crisis loses less with the lever than without; value: EUR
    that a person-day is held to be worth; calm: person-days' worth of good in a year without a crisis. ValueError for a
    value that is not above 0.
    """
    if not value > 0:
        raise ValueError(f"value of a person-day = {value}: expected euros above 0; give what it is held to be worth")
    known = np.asarray(saved, np.float64)
    known = known[np.isfinite(known)]
    missing = cost_a_year / value - calm
    if missing <= 0:
        return BreakEven(0.0, 0.0, 0.0, "always")
    if known.size == 0 or known.mean() <= 0:
        return BreakEven(NAN, NAN, NAN, "never")
    at = missing / float(known.mean())
    if known.size < 2:
        return BreakEven(at, NAN, NAN, "single")
    least, most = _interval(known)
    return BreakEven(at, missing / most, missing / least if least > 0 else inf, "frequency")


def _interval(values: np.ndarray) -> tuple[float, float]:
    """Student's interval of a mean."""
    from scipy.special import stdtrit

    half = float(stdtrit(values.size - 1, 0.5 + LEVEL / 2.0)) * float(values.std(ddof=1)) / np.sqrt(values.size)
    return float(values.mean()) - half, float(values.mean()) + half


def calm_year(series: Mapping[str, np.ndarray], onset: int, since: int = 0) -> dict[str, float]:
    """What a year of calm brings, from a run's series: needs met by others, members, ties, per year or on average.

    series: its columns; onset: day of the first crisis, -1 without one; since: first day that counts, such as the day
    the levers start. Met needs in hours or units a year; NaN when no calm week is left.
    """
    day, span = np.asarray(series["day"]), np.asarray(series["span"])
    calm = (day >= since) & ((day + span <= onset) if onset >= 0 else True)
    years = float(span[calm].sum()) / (WEEKS * WEEK)
    if years == 0:
        return {"met_by_others": NAN, "unmet": NAN, "members": NAN, "ties": NAN}
    own = ("met_own_", "met_household_")
    names = [name for name in series if name.startswith("met_") and not name.startswith(own)
             and name.count("_") == 2]
    weights = span[calm] / span[calm].sum()
    return {"met_by_others": sum(float(np.asarray(series[name])[calm].sum()) for name in names) / MILLI / years,
            "unmet": sum(float(np.asarray(series[name])[calm].sum()) for name in series if name.startswith("unmet_"))
            / MILLI / years,
            "members": float((np.asarray(series["members"])[calm] * weights).sum()),
            "ties": float((np.asarray(series["ties"])[calm] * weights).sum())}


def lever_breaks_even(baseline: Arm, arm: Arm, value: float, levers_day: int, calm: float = 0.0) -> BreakEven:
    """The same from a comparison of one crisis: seeds paired, money spread over the years from levers_day to the end.

    value: EUR per person-day; calm: person-days' worth of good in a calm year.
    """
    seeds = sorted(set(baseline.runs) & set(arm.runs))
    saved = baseline.column("loss", seeds) - arm.column("loss", seeds)
    return break_even(float(arm.column("cost", seeds).mean()) / _years(arm, seeds, levers_day), saved, value, calm)


def calm_gain(baseline: Arm, arm: Arm, levers_day: int) -> dict[str, float]:
    """What a lever changes in a year of calm: means over paired seeds of the differences of `calm_year`."""
    pairs = []
    for seed in sorted(set(baseline.runs) & set(arm.runs)):
        without, having = (calm_year(one.series, int(one.run["onset"]), levers_day)
                           for one in (baseline.runs[seed], arm.runs[seed]))
        pairs.append({name: having[name] - without[name] for name in without})
    return {name: float(np.mean([pair[name] for pair in pairs])) for name in (pairs[0] if pairs else ())}


def _years(arm: Arm, seeds: list[int], levers_day: int) -> float:
    """Years from the levers' day to the end of the runs."""
    series = arm.runs[seeds[0]].series
    return max(1.0, float(series["day"][-1] + series["span"][-1]) - levers_day) / (WEEKS * WEEK + 1)
