"""Residents one by one, where runs observed them: who they are, whom a lever reached, and sums over any set of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, nan

import numpy as np

from ...records.files.run_files import RunTables
from ...records.recovery.hit_measures import BACK_LEVELS, compute_days_back
from ..effects.hit_panel import CRISIS_HIT_TABLE, HIT_TABLE

SUMMED = ("ties", "ties_alike", "ties_milieu", "ties_age", "ties_class", "tie_trust", "host_trust",
          "trust_institutions", "agency", "know_how")
"""Columns of the people table that are summed over adults."""
ADULT_AGE = 15


@dataclass(frozen=True)
class ResidentPair:
    """The residents of two runs of one seed, row by row the same: without and with levers.

    reach: offered, served to bool[n] over these rows. pairs: the pairs table with levers. cost: EUR of the levers.
    horizon: days.
    """

    without: Mapping[str, np.ndarray]
    with_: Mapping[str, np.ndarray]
    reach: Mapping[str, np.ndarray]
    pairs: Mapping[str, np.ndarray]
    cost: float
    horizon: float

    @property
    def hit(self) -> np.ndarray:
        """bool[n]: hit in either run, so that the set is the same in both."""
        return (self.without["hit"] > 0) | (self.with_["hit"] > 0)

    def locate(self, uid: np.ndarray) -> np.ndarray:
        """int64[k]: rows of these residents, -1 for who is not there."""
        known = self.without["uid"]
        at = np.minimum(np.searchsorted(known, uid), len(known) - 1)
        return np.where(known[at] == uid, at, -1)


def pair_residents(opened: RunTables, without: str, with_: str, cost: float, horizon: float) -> ResidentPair | None:
    """The residents of two stored runs; None where one of them was played without `observe=people`.

    ValueError if they are not the same residents.
    """
    first, second = (read_residents(opened, run) for run in (without, with_))
    if not len(first["uid"]) or not len(second["uid"]):
        return None
    if not np.array_equal(first["uid"], second["uid"]):
        raise ValueError("runs of one seed hold different residents")
    reached, rows = opened.of("reached", with_), len(first["uid"])
    reach = {what: np.isin(first["uid"], reached["uid"][reached["what"] == what]) for what in ("offered", "served")}
    assert all(len(mask) == rows for mask in reach.values())
    return ResidentPair(first, second, reach, opened.of("pairs", with_), cost, horizon)


def read_residents(opened: RunTables, run: str) -> dict[str, np.ndarray]:
    """The people table of a run, with what its table of the hit tells: losses to the horizon, days not back.

    days_back: day back from the first crisis, -1 if not by the end of its clock; away: -1 if not back by the horizon.
    """
    people, hit = dict(opened.of("people", run)), opened.of(HIT_TABLE, run)
    if not len(people["uid"]):
        return people
    rows = np.searchsorted(people["uid"], hit["uid"])
    for name, column in (("loss", "loss"), ("days_back", "back"), ("away", "back"), ("days", "days"), ("hit", "hit"),
                         ("lost_for_good", "permanent")):
        people[name] = np.zeros(len(people["uid"]), hit[column].dtype)
        people[name][rows] = hit[column]
    several = opened.of(CRISIS_HIT_TABLE, run)
    if len(several["uid"]):
        people["days_back"][:], first = 0, several["crisis"] == 1
        people["days_back"][np.searchsorted(people["uid"], several["uid"][first])] = several["back"][first]
    return people


def compute_days_not_back(people: Mapping[str, np.ndarray], horizon: float) -> np.ndarray:
    """float64[n]: days until a resident is back, at most the horizon, which counts for who never is.

    Of several crises the sum, each timed until the next.
    """
    return np.minimum(people["days"].astype(np.float64), horizon)


def sum_residents(people: Mapping[str, np.ndarray], who: np.ndarray, hit: np.ndarray, reached: np.ndarray,
                  horizon: float) -> dict[str, float]:
    """The columns of the groups table that links read, for the residents of `who`, and their days until back.

    who, hit, reached: bool[n]; hit: those whose return is timed.
    """
    here = who & (people["alive_onset"] > 0)
    adult, own_hit = here & (people["age"] >= ADULT_AGE), here & (people["hit"] > 0)
    needy = here & (people["first_need"] >= 0)
    unhelped = needy & (people["beyond_home"] > 0) & (people["first_contact"] < 0)
    counts = {"n": here, "adults": adult, "reached": here & reached, "aware": adult & (people["aware"] > 0),
              "members": adult & (people["site"] >= 0), "in_need": needy, "never_reached": unhelped, "hit": own_hit,
              "not_back": own_hit & (people["away"] < 0)}
    marks = {"asked": people["asked"] > 0, "helped_by_persons": people["helped_by_persons"] > 0,
             "helped_by_sites": people["helped_by_sites"] > 0,
             "helped_by_institutions": people["helped_by_institutions"] > 0,
             "helped_by_groups": (people["helped_by_groups"] > 0) | (people["helped_by_reserves"] > 0)}
    counts |= {name: adult & own_hit & mark for name, mark in marks.items()}
    amounts = {**{name: people[name][adult].sum() for name in SUMMED},
               **{name: people[name][here].sum() for name in ("loss", "given", "received")},
               "permanent_loss": people["lost_for_good"][own_hit].sum()}
    days = people["days_back"].astype(np.float64)[here & hit]
    days = np.where((days < 0) | (days > horizon), inf, days)
    back = {f"back_{level}": compute_days_back(days, level) for level in BACK_LEVELS}
    total = compute_days_not_back(people, horizon)[here & hit]
    back["days_not_back"] = float(total.mean()) if len(total) else nan
    return {**{name: float(mask.sum()) for name, mask in counts.items()},
            **{name: float(value) for name, value in amounts.items()}, **back}


def list_groups(pair: ResidentPair) -> dict[str, np.ndarray]:
    """Group to bool[n], the same residents in both runs: fixed before the crisis, or by what the lever reached."""
    base = pair.without
    return {
        "members_before": (base["member_before"] > 0) & (base["age"] >= ADULT_AGE),
        "participants": (base["site"] >= 0) & (base["age"] >= ADULT_AGE),
        "reached": pair.reach["offered"],
        "poorest": base["income_quintile"] == 1,
        "isolated": base["isolated_before"] > 0,
        "75+": base["age"] >= 75,
        "lone_parents": base["household_type"] == 3,
    }
