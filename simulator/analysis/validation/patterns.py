"""The published patterns, measured on the records of one run: one function each; NaN if the run cannot tell.

Residents are those of the people table alive at onset; adults are aged 15 and over, as in the surveys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .mortality_ratio import estimate_mortality_ratio

PatternTable = Mapping[str, np.ndarray]
"""Columns of one table of a run, by name."""
MIN_ADULT_AGE, MIN_SENIOR_AGE = 15, 65
YES_TRUST = 0.5
"""A trust from this value on answers yes to a yes-or-no question."""
CLOSE_TIE_TRUST = 0.25
"""Mean trust of both residents from which a tie counts as close: the strength from which they look after each other."""
DAYS_PER_YEAR, PERSISTENCE_YEARS = 365.0, 7
NO_DIPLOMA, HIGHER_EDUCATION = 0, 2
OLD_AND_YOUNG_AGES = ((75, 94), (45, 54))
"""First and last ages of two bands of published excess deaths."""
TIE_CENSUS_DAYS = 91
"""Days between two observations of the ties."""


def mark_adults(residents: PatternTable) -> np.ndarray:
    """bool[n]: aged 15+ and alive at onset."""
    return (residents["age"] >= MIN_ADULT_AGE) & (residents["alive_onset"] > 0)


def _share(flag: np.ndarray, among: np.ndarray) -> float:
    return float(flag[among].mean()) if among.any() else float("nan")


def measure_isolated(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults with too few contacts a year."""
    r = tables["people"]
    return _share(r["isolated"] > 0, mark_adults(r))


def _near(r: PatternTable, kinds: tuple[str, ...], far: np.ndarray) -> float:
    """Share of adults who know somebody of these kinds within 1 km.

    far: ties of theirs off the map, each of which is within 1 km with probability near_far.
    """
    nobody = sum(r[f"near_{kind}"] for kind in kinds) == 0
    return _share(1.0 - nobody * (1.0 - r["near_far"]) ** far, mark_adults(r))


def measure_near_kin(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who know kin within 1 km of home."""
    return _near(tables["people"], ("kin",), tables["people"]["far_kin"])


def measure_near_friend(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who know a friend within 1 km of home; friends made at projects count."""
    return _near(tables["people"], ("friend", "project"), tables["people"]["far_friend"])


def measure_near_neighbour(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who know a neighbour personally."""
    return _near(tables["people"], ("neighbour",), np.zeros(len(tables["people"]["age"])))


def measure_near_any(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who know anybody within 1 km of home."""
    r = tables["people"]
    return _near(r, ("kin", "friend", "neighbour", "other", "project"), r["far_kin"] + r["far_other"])


def measure_gave(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who helped somebody outside their household in 8 calm weeks."""
    r = tables["people"]
    return _share(r["calm_gave"] > 0, mark_adults(r))


def measure_received(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who asked for help in 8 calm weeks and got it from somebody outside their household."""
    r = tables["people"]
    return _share(r["calm_received"] > 0, mark_adults(r))


def measure_seven_years(tables: Mapping[str, PatternTable]) -> float:
    """Share of the close ties of the run's first week that still exist seven years later; NaN in a shorter run."""
    t = tables["ties"]
    first = t["panel"] == "start"
    close = first & ((t["trust_low"] + t["trust_high"]) / 2 >= CLOSE_TIE_TRUST)
    until = t["panel_day"] + PERSISTENCE_YEARS * DAYS_PER_YEAR
    if not close.any() or (t["until"][close] < until[close]).any():
        return float("nan")
    return _share(t["seen"] >= until - TIE_CENSUS_DAYS, close)


def measure_trust_general(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who find that most people can be trusted."""
    r = tables["people"]
    return _share(r["trust_general"] >= YES_TRUST, mark_adults(r))


def measure_trust_institutions(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who trust local institutions."""
    r = tables["people"]
    return _share(r["trust_institutions"] >= YES_TRUST, mark_adults(r))


def measure_members(tables: Mapping[str, PatternTable]) -> float:
    """Share of adults who belong to a project."""
    r = tables["people"]
    return _share(r["site"] >= 0, mark_adults(r))


def measure_gradient(tables: Mapping[str, PatternTable]) -> float:
    """Membership of those with higher education over that of those without a diploma."""
    r, adults = tables["people"], mark_adults(tables["people"])
    low = _share(r["site"] >= 0, adults & (r["diploma"] == NO_DIPLOMA))
    return _share(r["site"] >= 0, adults & (r["diploma"] == HIGHER_EDUCATION)) / low if low > 0 else float("nan")


def measure_dropout(tables: Mapping[str, PatternTable]) -> float:
    """Share of members who no longer belong to their project a year later."""
    r = tables["people"]
    former_members = (r["site_before"] >= 0) & (r["alive_onset"] > 0) & (r["site_days"] > 0)
    if not former_members.any():
        return float("nan")
    stays = _share(r["site"] == r["site_before"], former_members)
    return 1.0 - stays ** (DAYS_PER_YEAR / float(r["site_days"][former_members][0]))


def _heat_mortality_ratio(tables: Mapping[str, PatternTable], group: Callable[[PatternTable], np.ndarray]) -> float:
    """Ratio of expected excess deaths at home among those aged 65+, adjusted for age, sex and frailty.

    Excess deaths, because the published cases are deaths caused by the heat, not all deaths of those days; at home,
    because they are residents who lived there.
    """
    r = tables["people"]
    old = (r["age"] >= MIN_SENIOR_AGE) & (r["alive_onset"] > 0)
    if not r["home_hazard"][old].any():
        return float("nan")
    return estimate_mortality_ratio(r["home_hazard"][old], group(r)[old], r["age"][old], r["sex"][old],
                                    r["frailty"][old])


def measure_contact_ratio(tables: Mapping[str, PatternTable]) -> float:
    """Heat deaths at 65+ of those with a tie nearby over those without, adjusted for age and frailty."""
    return _heat_mortality_ratio(tables, lambda r: r["ties"] > 0)


def measure_alone_ratio(tables: Mapping[str, PatternTable]) -> float:
    """Heat deaths at 65+ of those who live alone over the others, adjusted for age and frailty."""
    return _heat_mortality_ratio(tables, lambda r: r["lives_alone"] > 0)


def _excess_over_usual(r: PatternTable, among: np.ndarray) -> float:
    """Expected excess deaths over expected usual deaths on the days of heat; NaN without heat."""
    usual = float(r["baseline_hazard"][among].sum())
    return float(r["excess_hazard"][among].sum()) / usual if usual > 0 else float("nan")


def measure_heat_excess(tables: Mapping[str, PatternTable]) -> float:
    """Excess over usual deaths on the days of heat."""
    r = tables["people"]
    return _excess_over_usual(r, r["alive_onset"] > 0)


def measure_heat_age_ratio(tables: Mapping[str, PatternTable]) -> float:
    """Excess over usual deaths of those aged 75 to 94, over that of those aged 45 to 54."""
    r = tables["people"]
    old, young = (_excess_over_usual(r, (r["age"] >= low) & (r["age"] <= high) & (r["alive_onset"] > 0))
                  for low, high in OLD_AND_YOUNG_AGES)
    return old / young if young > 0 else float("nan")


def measure_heat_isolated_ratio(tables: Mapping[str, PatternTable]) -> float:
    """Heat deaths at 65+ of those who live alone and are isolated over the others, adjusted as above."""
    return _heat_mortality_ratio(tables, lambda r: (r["lives_alone"] > 0) & (r["isolated"] > 0))


PATTERNS: dict[str, Callable[[Mapping[str, PatternTable]], float]] = {
    function.__name__.removeprefix("measure_"): function
    for function in (measure_isolated, measure_near_kin, measure_near_friend, measure_near_neighbour, measure_near_any,
                     measure_gave, measure_received, measure_seven_years, measure_trust_general,
                     measure_trust_institutions, measure_members, measure_gradient, measure_dropout,
                     measure_contact_ratio, measure_alone_ratio, measure_heat_excess, measure_heat_age_ratio,
                     measure_heat_isolated_ratio)
}
"""Pattern to its function, in the order of the published table (model 11: P1, P3, P4, P8, P10 to P13, P19, P20)."""


def measure_patterns(tables: Mapping[str, PatternTable]) -> dict[str, float]:
    """Measure every pattern on one run's tables (each as `RunTables.of` gives it)."""
    return {name: function(tables) for name, function in PATTERNS.items()}
