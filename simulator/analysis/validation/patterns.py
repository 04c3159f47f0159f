"""The published patterns, measured on the records of one run: one function each, NaN where the run cannot tell.

Residents are those of the people table alive at onset; adults are aged 15 and over, as in the surveys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .mortality_ratio import adjusted_ratio

Table = Mapping[str, np.ndarray]
ADULT, SENIOR = 15, 65
HALF = 0.5
"""A trust above this answers yes to a question with two answers."""
CLOSE = 0.25
"""Mean trust of both from which a tie counts as close (the strength at which ties look after one another)."""
YEAR, SEVEN = 365.0, 7
NONE, HIGHER = 0, 2
LOOK = 91
"""Days between two looks at the ties."""


def adults(residents: Table) -> np.ndarray:
    """bool[n]: aged 15+ and alive at onset."""
    return (residents["age"] >= ADULT) & (residents["alive_onset"] > 0)


def _share(flag: np.ndarray, among: np.ndarray) -> float:
    return float(flag[among].mean()) if among.any() else float("nan")


def isolated(tables: Mapping[str, Table]) -> float:
    """Share of adults with too few contacts a year."""
    r = tables["people"]
    return _share(r["isolated"] > 0, adults(r))


def _near(r: Table, kinds: tuple[str, ...], far: np.ndarray) -> float:
    """Share of adults who know somebody of these kinds within 1 km; ties beyond the map count by their chance of it."""
    nobody = sum(r[f"near_{kind}"] for kind in kinds) == 0
    return _share(1.0 - nobody * (1.0 - r["near_far"]) ** far, adults(r))


def near_kin(tables: Mapping[str, Table]) -> float:
    """Share of adults who know kin within 1 km of home."""
    return _near(tables["people"], ("kin",), tables["people"]["far_kin"])


def near_friend(tables: Mapping[str, Table]) -> float:
    """Share of adults who know a friend within 1 km of home; friends made at projects count."""
    return _near(tables["people"], ("friend", "project"), tables["people"]["far_friend"])


def near_neighbour(tables: Mapping[str, Table]) -> float:
    """Share of adults who know a neighbour personally."""
    return _near(tables["people"], ("neighbour",), np.zeros(len(tables["people"]["age"])))


def near_any(tables: Mapping[str, Table]) -> float:
    """Share of adults who know anybody within 1 km of home."""
    r = tables["people"]
    return _near(r, ("kin", "friend", "neighbour", "other", "project"), r["far_kin"] + r["far_other"])


def gave(tables: Mapping[str, Table]) -> float:
    """Share of adults who helped somebody outside their household in 8 calm weeks."""
    r = tables["people"]
    return _share(r["calm_gave"] > 0, adults(r))


def received(tables: Mapping[str, Table]) -> float:
    """Share of adults who asked for help in 8 calm weeks and got it from somebody outside their household."""
    r = tables["people"]
    return _share(r["calm_received"] > 0, adults(r))


def seven_years(tables: Mapping[str, Table]) -> float:
    """Share of the close ties of the run's first week that are there seven years later; NaN in a shorter run."""
    t = tables["ties"]
    first = t["panel"] == "start"
    close = first & ((t["trust_low"] + t["trust_high"]) / 2 >= CLOSE)
    until = t["begun"] + SEVEN * YEAR
    if not close.any() or (t["until"][close] < until[close]).any():
        return float("nan")
    return _share(t["seen"] >= until - LOOK, close)


def trust_general(tables: Mapping[str, Table]) -> float:
    """Share of adults who find that most people can be trusted."""
    r = tables["people"]
    return _share(r["trust_general"] >= HALF, adults(r))


def trust_institutions(tables: Mapping[str, Table]) -> float:
    """Share of adults who trust local institutions."""
    r = tables["people"]
    return _share(r["trust_institutions"] >= HALF, adults(r))


def members(tables: Mapping[str, Table]) -> float:
    """Share of adults who belong to a project."""
    r = tables["people"]
    return _share(r["site"] >= 0, adults(r))


def gradient(tables: Mapping[str, Table]) -> float:
    """Membership of those with higher education over that of those without a diploma."""
    r, grown = tables["people"], adults(tables["people"])
    low = _share(r["site"] >= 0, grown & (r["diploma"] == NONE))
    return _share(r["site"] >= 0, grown & (r["diploma"] == HIGHER)) / low if low > 0 else float("nan")


def dropout(tables: Mapping[str, Table]) -> float:
    """Share of members who no longer belong to their project a year later."""
    r = tables["people"]
    were = (r["site_before"] >= 0) & (r["alive_onset"] > 0) & (r["site_days"] > 0)
    stays = _share(r["site"] == r["site_before"], were)
    return 1.0 - stays ** (YEAR / float(r["site_days"][were][0])) if were.any() else float("nan")


def _heat(tables: Mapping[str, Table], group: Callable[[Table], np.ndarray]) -> float:
    """Ratio of expected excess deaths since onset among those aged 65+, age and frailty being equal.

    Excess, since the published cases are deaths that the heat caused, not all deaths of those days.
    """
    r = tables["people"]
    old = (r["age"] >= SENIOR) & (r["alive_onset"] > 0)
    if not r["excess_hazard"][old].any():
        return float("nan")
    return adjusted_ratio(r["excess_hazard"][old], group(r)[old], r["age"][old], r["frailty"][old])


def contact_ratio(tables: Mapping[str, Table]) -> float:
    """Heat deaths at 65+ of those with a tie nearby over those without, age and frailty being equal."""
    return _heat(tables, lambda r: r["ties"] > 0)


def alone_ratio(tables: Mapping[str, Table]) -> float:
    """Heat deaths at 65+ of those who live alone over the others, age and frailty being equal."""
    return _heat(tables, lambda r: r["alone"] > 0)


PATTERNS: dict[str, Callable[[Mapping[str, Table]], float]] = {
    function.__name__: function for function in (
        isolated, near_kin, near_friend, near_neighbour, near_any, gave, received, seven_years, trust_general,
        trust_institutions, members, gradient, dropout, contact_ratio, alone_ratio)}
"""In the order of the published table (model 11: P1, P3, P4, P8, P10, P11, P12)."""

NEEDS = ("people", "ties")
"""What a run must observe for all patterns to be measured."""


def measured(tables: Mapping[str, Table]) -> dict[str, float]:
    """Every pattern of one run's tables (as records.folder.Opened.of gives them)."""
    return {name: function(tables) for name, function in PATTERNS.items()}
