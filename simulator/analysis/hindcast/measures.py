"""How each published figure is measured on the records of a run: its people, its time series, its summary.

A measure takes a `PlayedEvent` and the row's argument `at`, and returns a number in the row's unit; NaN where the run
has nobody to measure it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...rules.need_domains import DOMAINS, SOURCES

ADULT_AGE, OLD_AGE = 15, 75
LASTING_LOSS = 0.02
"""Functioning lost for good from which a loss counts as lasting."""
PERCENT = 100.0
MEASURED_TABLES = ("runs", "series", "people", "pairs")


@dataclass(frozen=True)
class PlayedEvent:
    """The records of one run of an event: run (column to value), series, people and pairs (column to array)."""

    run: Mapping[str, Any]
    series: Mapping[str, np.ndarray]
    people: Mapping[str, np.ndarray]
    pairs: Mapping[str, np.ndarray]

    @property
    def onset(self) -> int:
        """First day of the crisis."""
        return int(self.run["onset"])

    def adults(self) -> np.ndarray:
        """bool[n]: aged 15 or over and alive at onset."""
        return (self.people["age"] >= ADULT_AGE) & (self.people["alive_onset"] > 0)

    def at_day(self, column: str, day: float) -> float:
        """Value of a series at the end of the step that holds a day since onset."""
        days = self.series["day"] - self.onset
        k = int(np.searchsorted(days, day, side="right")) - 1
        return float(self.series[column][max(k, 0)])

    def met(self, first: float, last: float) -> dict[str, float]:
        """Source -> what it met of needs and aftermath from day `first` to day `last` since onset, all domains."""
        days = self.series["day"] - self.onset
        inside = (days >= first) & (days <= last)
        return {source: float(sum(self.series[f"{kind}_met_{source}_{d}"][inside].sum()
                                  for kind in ("crisis", "aftermath") for d in DOMAINS)) for source in SOURCES}


Measure = Callable[[PlayedEvent, float], float]


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    count = int(whole.sum())
    return PERCENT * int((part & whole).sum()) / count if count else float("nan")


def _in_need(event: PlayedEvent) -> np.ndarray:
    """bool[n]: adults with a need of the crisis or damage at home."""
    return event.adults() & (event.people["hit"] > 0)


def _beyond(event: PlayedEvent) -> np.ndarray:
    """bool[n]: adults in need for whom the means of the household did not suffice."""
    return event.adults() & (event.people["beyond_home"] > 0)


def _flag(event: PlayedEvent, name: str) -> np.ndarray:
    return event.people[name] > 0


def _daily_excess(event: PlayedEvent) -> tuple[np.ndarray, np.ndarray]:
    days = event.series["day"] - event.onset
    total = event.series["deaths_expected"]
    inside = days >= 0
    return days[inside] + 1, np.diff(np.concatenate([[0.0], total[inside]]))


def _excess_percent(event: PlayedEvent, who: np.ndarray) -> float:
    usual = float(event.people["baseline_hazard"][who].sum())
    return PERCENT * float(event.people["excess_hazard"][who].sum()) / usual if usual > 0 else float("nan")


def _excess_ratio(event: PlayedEvent, one: np.ndarray, other: np.ndarray) -> float:
    second = _excess_percent(event, other)
    return _excess_percent(event, one) / second if second else float("nan")


def _age(event: PlayedEvent, low: float, high: float = 200.0) -> np.ndarray:
    return (event.people["age"] >= low) & (event.people["age"] < high)


def _ratio_at_equal_age(event: PlayedEvent, one: np.ndarray, who: np.ndarray, deaths: str = "home_hazard") -> float:
    """Excess deaths of `one` over those that the others of the same five years of age let expect.

    deaths: column counted; by default deaths at home, as in the case-control studies.
    """
    excess, band = event.people[deaths], event.people["age"] // 5
    expected = found = 0.0
    for b in np.unique(band[who & one]):
        others = who & ~one & (band == b)
        if others.any():
            these = who & one & (band == b)
            expected += float(excess[others].mean()) * int(these.sum())
            found += float(excess[these].sum())
    return found / expected if expected else float("nan")


def _deaths_in_richest_over_poorest_places(event: PlayedEvent, _: float) -> float:
    """Excess deaths at equal age in the richest fifth of neighbourhoods, by mean income, over those in the poorest."""
    places, where = np.unique(event.people["neighbourhood"], return_inverse=True)
    income = np.bincount(where, weights=event.people["income"]) / np.bincount(where)
    order, fifth = np.argsort(income), max(1, round(len(places) / 5))
    richest = np.isin(where, order[-fifth:])
    return _ratio_at_equal_age(event, richest, richest | np.isin(where, order[:fifth]), "excess_hazard")


def _adults_who_helped_a_neighbour(event: PlayedEvent, _: float) -> float:
    """Per cent of adults who gave goods or hands to somebody next door or a neighbour while the first crisis lasted."""
    pairs = event.pairs
    kept = ((pairs["period"] == "crisis 1") & (pairs["acts"] > 0) & (pairs["giver"] >= 0)
            & np.isin(pairs["source"], ("neighbour", "stranger"))
            & np.isin(pairs["domain"], ("food", "equipment", "assistance")))
    return _share(np.isin(event.people["uid"], pairs["giver"][kept]), event.adults())


def _well_on_day(event: PlayedEvent, day: float) -> float:
    hit = float(event.series["hit"][-1])
    return PERCENT * (1.0 - event.at_day("hit_low", day) / hit) if hit else float("nan")


def _requests_over_institution(event: PlayedEvent, _: float) -> float:
    people = event.people
    served = int((_flag(event, "helped_by_institutions") & _in_need(event)).sum())
    return float((people["asked"] > 0)[_in_need(event)].sum()) / served if served else float("nan")


def _source_share(event: PlayedEvent, names: tuple[str, ...], first: float, last: float) -> float:
    met = event.met(first, last)
    outside = sum(value for name, value in met.items() if name not in ("own", "household", "insurance"))
    return PERCENT * sum(met[name] for name in names) / outside if outside else float("nan")


def _group_fall(event: PlayedEvent, day: float) -> float:
    volunteers = event.series["group_volunteers"]
    peak = int(volunteers.argmax())
    after = event.series["day"] >= event.series["day"][peak] + day
    return PERCENT * (float(volunteers[after][0]) / float(volunteers[peak]) - 1.0) if after.any() else float("nan")


def _first_institution_day(event: PlayedEvent, _: float) -> float:
    total = sum(event.series[f"{kind}_met_institution_{d}"] for kind in ("crisis", "aftermath") for d in DOMAINS)
    gives = np.flatnonzero((total > 0) & (event.series["day"] >= event.onset))
    return float(event.series["day"][gives[0]] - event.onset) if len(gives) else float("nan")


def _lasting_loss_ratio(event: PlayedEvent, one: np.ndarray, other: np.ndarray) -> float:
    """Share who have lost something for good, of one group of the hit over another."""
    hit, lost = _in_need(event), event.people["lost_for_good"] > LASTING_LOSS
    second = _share(lost, hit & other)
    return _share(lost, hit & one) / second if second else float("nan")


def _many_over_few_ties(event: PlayedEvent, _: float) -> float:
    ties = event.people["ties"] + event.people["far_kin"] + event.people["far_other"]
    middle = np.median(ties[_in_need(event)]) if _in_need(event).any() else 0.0
    return _lasting_loss_ratio(event, ties > middle, ties <= middle)


def _high_over_low_support(event: PlayedEvent, _: float) -> float:
    places, where = np.unique(event.people["neighbourhood"], return_inverse=True)
    adults = event.adults()
    local = np.bincount(where[adults], weights=event.people["local"][adults], minlength=len(places))
    mean = (local / np.maximum(np.bincount(where[adults], minlength=len(places)), 1))[where]
    middle = np.median(mean[_in_need(event)]) if _in_need(event).any() else 0.0
    return _lasting_loss_ratio(event, mean > middle, mean <= middle)


def _sites_shut_days(event: PlayedEvent, _: float) -> float:
    days, active = event.series["day"] - event.onset, event.series["sites_active"]
    before = active[days < 0]
    shut = np.flatnonzero((days >= 0) & (active < (before[-1] if len(before) else active.max())))
    return float(days[shut[-1]] + event.series["span"][shut[-1]]) if len(shut) else float("nan")


def _sites_closed_in_a_year(event: PlayedEvent, _: float) -> float:
    years = float(event.series["span"].sum()) / 365.0
    first = float(event.series["sites_active"][0])
    return PERCENT * float(event.series["sites_closed"].sum()) / years / first if first else float("nan")


def _still_out(event: PlayedEvent, day: float) -> float:
    out = int((event.people["displaced"] > 0).sum())
    return PERCENT * event.at_day("displaced", day) / out if out else float("nan")


def _need_ratio_by_income(event: PlayedEvent, _: float) -> float:
    adults = event.adults()
    poorest = adults & (event.people["income_quintile"] == 1)
    whole = _share(_flag(event, "hit"), adults)
    return _share(_flag(event, "hit"), poorest) / whole if whole else float("nan")


def _loss_ratio(event: PlayedEvent, one: np.ndarray, other: np.ndarray) -> float:
    loss = event.people["loss"]
    second = float(loss[other].mean()) if other.any() else float("nan")
    return float(loss[one].mean()) / second if one.any() and second else float("nan")


MEASURES: dict[str, Measure] = {
    # needs, asking, help
    "adults_in_need": lambda e, _: _share(_flag(e, "hit"), e.adults()),
    "needy_beyond_own": lambda e, _: _share(_flag(e, "beyond_own"), e.adults()),
    "needy_beyond_home": lambda e, _: _share(_flag(e, "beyond_home"), e.adults()),
    "needy_who_asked": lambda e, _: _share(_flag(e, "asked"), _beyond(e)),
    "askers_helped": lambda e, _: _share(_flag(e, "helped_by_persons") | _flag(e, "helped_by_sites")
                                         | _flag(e, "helped_by_institutions"), _flag(e, "asked") & _beyond(e)),
    "needy_helped_by_nobody": lambda e, _: _share(~_flag(e, "helped_by_persons"), _beyond(e)),
    "needy_without_sites_and_institutions": lambda e, _: _share(
        ~_flag(e, "helped_by_sites") & ~_flag(e, "helped_by_institutions"), _beyond(e)),
    "adults_helped_by_sites": lambda e, _: _share(_flag(e, "helped_by_sites"), e.adults()),
    "adults_who_helped_a_neighbour": _adults_who_helped_a_neighbour,
    "asked_over_institution": _requests_over_institution,
    "institution_share_first_days": lambda e, at: _source_share(e, ("institution",), 0, at),
    "group_volunteers_peak": lambda e, _: PERCENT * float(e.series["group_volunteers"].max()) / int(e.adults().sum()),
    "group_activity_change": _group_fall,
    "first_institution_day": _first_institution_day,
    "receivers_aged_75": lambda e, _: _share(_age(e, OLD_AGE), e.adults() & (e.people["received"] > 0)),
    "need_of_poorest_over_all": _need_ratio_by_income,
    "with_power_kit": lambda e, _: _share(_flag(e, "kit_power"), e.adults()),
    "nobody_next_door_to_ask": lambda e, _: _share(_flag(e, "nobody_to_ask"), e.adults()),
    # recovery
    "back_on_day": _well_on_day,
    "not_back_on_day": lambda e, at: PERCENT - _well_on_day(e, at),
    "days_back_50": lambda e, _: float(e.run["back_50"]),
    "days_back_80": lambda e, _: float(e.run["back_80"]),
    "days_back_95": lambda e, _: float(e.run["back_95"]),
    "lost_something_for_good": lambda e, at: _share(e.people["lost_for_good"] > at, _flag(e, "hit")),
    "still_displaced_on_day": _still_out,
    "displaced_share": lambda e, _: _share(_flag(e, "displaced"), e.people["alive_onset"] > 0),
    "first_lodged_by_institution": lambda e, _: _share(e.people["first_lodging"] == 2, _flag(e, "displaced")),
    "lasting_loss_many_over_few_ties": _many_over_few_ties,
    "lasting_loss_high_over_low_support": _high_over_low_support,
    "sites_shut_days": _sites_shut_days,
    "sites_closed_in_a_year": _sites_closed_in_a_year,
    "loss_of_frail_over_others": lambda e, _: _loss_ratio(
        e, e.adults() & (e.people["frailty"] > 0.5), e.adults() & (e.people["frailty"] <= 0.5)),
    "loss_of_poorest_over_all": lambda e, _: _loss_ratio(e, e.people["income_quintile"] == 1, e.people["age"] >= 0),
    # heat
    "excess_deaths": lambda e, _: _excess_percent(e, e.people["age"] >= 0),
    "excess_deaths_75": lambda e, _: _excess_percent(e, _age(e, OLD_AGE)),
    "excess_women_over_men": lambda e, _: _excess_ratio(e, e.people["sex"] == 1, e.people["sex"] == 0),
    "excess_55_over_45": lambda e, _: _excess_ratio(e, _age(e, 55, 75), _age(e, 45, 55)),
    "excess_75_over_45": lambda e, _: _excess_ratio(e, _age(e, 75, 95), _age(e, 45, 55)),
    "excess_95_over_45": lambda e, _: _excess_ratio(e, _age(e, 95), _age(e, 45, 55)),
    "excess_by_day": lambda e, at: PERCENT * float(e.series["deaths_expected"][
        np.searchsorted(e.series["day"] - e.onset, at, side="left") - 1]) / float(e.series["deaths_expected"][-1]),
    "excess_on_day": lambda e, at: PERCENT * float(_daily_excess(e)[1][int(at) - 1]) / float(_daily_excess(e)[1].sum()),
    "excess_worst_day": lambda e, _: float(_daily_excess(e)[0][_daily_excess(e)[1].argmax()]),
    "excess_days": lambda e, at: float((_daily_excess(e)[1] > at * _daily_excess(e)[1].max()).sum()),
    "deaths_at_home": lambda e, _: PERCENT * float(e.people["home_hazard"].sum())
    / float(e.people["excess_hazard"].sum()),
    "deaths_share_from_age": lambda e, at: PERCENT * float(e.people["excess_hazard"][_age(e, at)].sum())
    / float(e.people["excess_hazard"].sum()),
    "alone_over_not_65": lambda e, _: _ratio_at_equal_age(e, _flag(e, "lives_alone"), _age(e, 65)),
    "isolated_over_not_65": lambda e, _: _ratio_at_equal_age(
        e, _flag(e, "isolated") & _flag(e, "lives_alone"), _age(e, 65)),
    "low_class_over_others_65": lambda e, _: _ratio_at_equal_age(e, e.people["ses"] == 0, _age(e, 65)),
    "frail_over_not": lambda e, at: _ratio_at_equal_age(e, e.people["frailty"] > at, _age(e, 65)),
    "observed_over_usual_75": lambda e, _: 1.0 + _excess_percent(e, _age(e, OLD_AGE)) / PERCENT,
    "observed_over_usual_75_couple": lambda e, _: 1.0 + _excess_percent(
        e, _age(e, OLD_AGE) & ~_flag(e, "lives_alone")) / PERCENT,
    "observed_over_usual_75_alone": lambda e, _: 1.0 + _excess_percent(
        e, _age(e, OLD_AGE) & _flag(e, "lives_alone")) / PERCENT,
    "deaths_richest_over_poorest": _deaths_in_richest_over_poorest_places,
    "deaths_after_the_wave": lambda e, at: float(e.series["deaths_expected"][-1]) - e.at_day("deaths_expected", at),
}
"""Name of a measure -> how it is taken."""
