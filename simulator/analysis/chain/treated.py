"""The effect on the treated: sets of residents fixed by identity from a pair of runs, and what both runs do to them.

The same random numbers rule both runs of a pair, so that a resident's difference between them is what the lever did
to that resident, directly or through others. Members are never compared with non-members: who joins differs from who
does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ..effects.arms import Arm
from ..effects.cost_effectiveness import PricePerDay, estimate_price_per_day
from ..effects.paired_comparison import CONFIDENCE_LEVEL, NAN
from .residents import ResidentPair, compute_days_not_back
from .table import OPEN, ChainInput, read_sign

CALM = "calm"
NOTICED_DAYS = 1.0
"""Person-days, or days until back, from which a difference of one resident counts as better or worse."""
FEW_HIT = 200
"""Below so many residents hit, pooled over seeds, a set is marked as too small to conclude from."""

ResidentSets = Mapping[str, np.ndarray]
"""Name of a set to bool[n]."""


def mark_helped_by(pair: ResidentPair, givers: np.ndarray) -> np.ndarray:
    """bool[n]: residents whom one of these (bool[n]) helped since the crisis began, in the run with levers."""
    out = np.zeros(len(givers), bool)
    acts = pair.pairs
    since = (acts["period"] != CALM) & (acts["acts"] > 0) & (acts["giver"] >= 0)
    giver, receiver = pair.locate(acts["giver"][since]), pair.locate(acts["receiver"][since])
    out[receiver[(giver >= 0) & (receiver >= 0) & givers[giver]]] = True
    return out


def list_treated_sets(pair: ResidentPair) -> dict[str, np.ndarray]:
    """The four sets of the treated, the hit who are in none of them, and all hit.

    offered, served: by a lever. joined: member at onset with the levers and not without. helped: neither served nor
    joined, and helped in the crisis by somebody who was.
    """
    offered, served = pair.reach["offered"], pair.reach["served"]
    joined = (pair.with_["site"] >= 0) & (pair.without["site"] < 0)
    treated = served | joined
    helped = mark_helped_by(pair, treated) & ~treated
    none = pair.hit & ~(offered | treated | helped)
    return {"offered": offered, "served": served, "joined": joined, "helped": helped, "none": none, "hit": pair.hit}


def list_member_sets(pair: ResidentPair) -> dict[str, np.ndarray]:
    """Members at onset of the run with sites, who of the others one of them helped, the other hit, and all hit."""
    member = pair.with_["site"] >= 0
    helped = mark_helped_by(pair, member) & ~member
    return {"members": member, "helped_by_members": helped, "other_hit": pair.hit & ~(member | helped),
            "hit": pair.hit}


@dataclass(frozen=True)
class Measure:
    """What is summed over a set in one run. of: people table, horizon to float64[n]. only_hit: over the hit alone."""

    unit: str
    of: Callable[[Mapping[str, np.ndarray], float], np.ndarray]
    only_hit: bool


def _is_unhelped(people: Mapping[str, np.ndarray], horizon: float) -> np.ndarray:
    return (people["beyond_home"] > 0) & (people["first_contact"] < 0) & (people["first_need"] >= 0)


MEASURES = {
    "loss": Measure("person-days a person", lambda people, horizon: people["loss"], False),
    "loss_hit": Measure("person-days a person hit", lambda people, horizon: people["loss"], True),
    "days_not_back": Measure("days a person hit", compute_days_not_back, True),
    "lost_for_good": Measure("0-1 a person hit", lambda people, horizon: people["lost_for_good"], True),
    "never_reached": Measure("share of the hit", _is_unhelped, True),
}


@dataclass(frozen=True)
class TreatedEffect:
    """One measure of one set. persons: a seed, over which the measure is; n: seeds. difference: ratio of sums.

    better, worse: persons a seed whose loss falls, or rises, by a person-day or more (of days_not_back: a day or more).
    few: fewer than FEW_HIT hit in all seeds together.
    """

    arm: Arm
    set: str
    measure: str
    n: int
    persons: float
    baseline: float
    difference: float
    low: float
    high: float
    better: float
    worse: float
    few: bool

    @property
    def relative(self) -> float:
        """Difference over the value without levers."""
        return self.difference / self.baseline if self.baseline else NAN

    @property
    def sign(self) -> str:
        """What the interval says of its direction; not told where too few are hit."""
        return OPEN if self.few else read_sign(self.low, self.high, self.baseline)


@dataclass(frozen=True)
class ReachPrice:
    """How many a lever reaches (set: offered, served or joined), and what one of them costs.

    euros: per person. to_reach: persons reached for one who recovers sooner, on balance. n: seeds.
    """

    arm: Arm
    set: str
    n: int
    persons: float
    euros: PricePerDay
    to_reach: PricePerDay


def estimate_change_per_person(change: np.ndarray, persons: np.ndarray,
                               level: float = CONFIDENCE_LEVEL) -> tuple[float, float, float]:
    """Ratio of sums, sum(change) / sum(persons) over seeds float64[n], with its interval by linearisation.

    NaN without persons; no interval where fewer than two seeds hold any. Source: Cochran 1977, Sampling
    Techniques, section 6.3, with Student's t.
    """
    from scipy.special import stdtrit

    total, n = float(persons.sum()), change.size
    if total == 0:
        return NAN, NAN, NAN
    ratio = float(change.sum()) / total
    if (persons > 0).sum() < 2:
        return ratio, NAN, NAN
    rest = change - ratio * persons
    error = sqrt(float((rest**2).sum()) / (n - 1) / n) / (total / n)
    half = float(stdtrit(n - 1, 0.5 + level / 2.0)) * error
    return ratio, ratio - half, ratio + half


def measure_sets(arm: Arm, groups: Sequence[Sequence[ResidentPair]],
                 list_sets: Callable[[ResidentPair], ResidentSets]) -> list[TreatedEffect]:
    """The effect on each set by each measure. groups: the pairs that count as one observation, for each observation."""
    marked = [[(pair, list_sets(pair)) for pair in group] for group in groups]
    names = list(marked[0][0][1]) if marked and marked[0] else []
    return [_measure_set(arm, marked, name, measure) for name in names for measure in MEASURES]


def _measure_set(arm: Arm, marked: Sequence[Sequence[tuple[ResidentPair, ResidentSets]]], name: str,
                 measure: str) -> TreatedEffect:
    """One measure of one set."""
    totals = np.array([np.sum([_sum_pair(pair, sets[name], MEASURES[measure]) for pair, sets in group], axis=0)
                       for group in marked])
    persons, without, change, better, worse = totals.T
    pairs = [(pair, sets[name]) for group in marked for pair, sets in group]
    hit = sum(int((pair.hit & mask).sum()) for pair, mask in pairs)
    everybody = float(persons.sum())
    return TreatedEffect(arm, name, measure, len(totals), everybody / len(pairs),
                         float(without.sum()) / everybody if everybody else NAN,
                         *estimate_change_per_person(change, persons), float(better.sum()) / len(pairs),
                         float(worse.sum()) / len(pairs), hit < FEW_HIT)


def _sum_pair(pair: ResidentPair, mask: np.ndarray, measure: Measure) -> np.ndarray:
    """float64[5]: persons, their sum without levers, its change, how many fare better and worse."""
    who = mask & (pair.without["alive_onset"] > 0) & (pair.hit if measure.only_hit else True)
    without = measure.of(pair.without, pair.horizon)[who].astype(np.float64)
    change = measure.of(pair.with_, pair.horizon)[who].astype(np.float64) - without
    return np.array([who.sum(), without.sum(), change.sum(), (change <= -NOTICED_DAYS).sum(),
                     (change >= NOTICED_DAYS).sum()], np.float64)


def group_pairs(chain_input: ChainInput, arm: Arm) -> list[list[ResidentPair]]:
    """The observed pairs of an arm, those that count as one observation together; empty without any."""
    groups = [[chain_input.pair(arm, seed) for seed in arm.seeds_by_set.get(first, (first,))]
              for first in chain_input.seeds]
    known = [[pair for pair in group if pair is not None] for group in groups]
    return [group for group in known if group]


def build_treated(chain_input: ChainInput) -> tuple[list[TreatedEffect], list[ReachPrice]]:
    """Effects on the treated and prices of reach, of every arm whose runs observed people and reached."""
    effects, prices = list[TreatedEffect](), list[ReachPrice]()
    for arm in chain_input.others:
        groups = group_pairs(chain_input, arm)
        if groups and has_reach(chain_input):
            effects += measure_sets(arm, groups, list_treated_sets)
            prices += _price_reach(arm, groups)
    return effects, prices


def has_reach(chain_input: ChainInput) -> bool:
    """True if runs recorded whom levers reach."""
    return "reached" in chain_input.opened.tables and bool(len(chain_input.opened.tables["reached"]["run"]))


def _price_reach(arm: Arm, groups: Sequence[Sequence[ResidentPair]]) -> list[ReachPrice]:
    """Cost per person reached, and persons reached for one who is back sooner on balance, of all hit."""
    measure, out = MEASURES["days_not_back"], []
    sums = [[_sum_pair(pair, pair.hit, measure) for pair in group] for group in groups]
    sooner = np.array([sum(one[3] - one[4] for one in group) for group in sums])
    cost = np.array([sum(pair.cost for pair in group) for group in groups])
    for name in ("offered", "served", "joined"):
        persons = np.array([sum(float(list_treated_sets(pair)[name].sum()) for pair in group) for group in groups])
        out.append(ReachPrice(arm, name, len(groups), float(persons.sum()) / sum(map(len, groups)),
                              estimate_price_per_day(cost, persons), estimate_price_per_day(persons, sooner)))
    return out


TREATED_HEADS = ("context", "levers", "arm", "set", "measure", "unit", "n", "persons", "baseline", "difference", "low",
                 "high", "relative", "sign", "better", "worse", "few_hit")
"""Columns of treated.csv."""
REACH_HEADS = ("context", "levers", "arm", "set", "n", "persons", "euros_per_person", "euros_low", "euros_high",
               "persons_per_sooner", "sooner_low", "sooner_high", "sooner_status")
"""Columns of reach.csv."""


def list_treated_rows(context: str, effects: Sequence[TreatedEffect], lang: str) -> list[tuple[object, ...]]:
    """The rows of treated.csv, numbers unrounded."""
    return [(context, "+".join(one.arm.levers), one.arm.label[lang], one.set, one.measure, MEASURES[one.measure].unit,
             one.n, one.persons, one.baseline, one.difference, one.low, one.high, one.relative, one.sign, one.better,
             one.worse, int(one.few)) for one in effects]


def list_reach_rows(context: str, prices: Sequence[ReachPrice], lang: str) -> list[tuple[object, ...]]:
    """The rows of reach.csv, numbers unrounded."""
    return [(context, "+".join(one.arm.levers), one.arm.label[lang], one.set, one.n, one.persons, one.euros.value,
             one.euros.low, one.euros.high, one.to_reach.value, one.to_reach.low, one.to_reach.high,
             one.to_reach.status) for one in prices]
