"""Social time, visits, and what they do to trust (model 7.2).

Source: time and trust shape layered networks, Sutcliffe, Wang & Dunbar 2012, doi:10.18564/jasss.1931; hours that make
a friend, Hall 2019, doi:10.1177/0265407518761225.
"""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import making_rule, rule
from .belief import DAYS_A_YEAR, chance, gain
from .kind import KINDS

WEEK = 7.0
"""Days in a week: social time is quoted per week."""
MOST_VISITS = 1000
"""The Poisson draw stops here."""


@rule
def free_hours(hours, busy, p):
    """Social time left for one's ties, h/week, after `busy` hours in projects. p: contact numbers."""
    return max(hours - busy, p.least_free * hours)


@rule
def company(trust, p):
    """Weight of a tie in the sharing of social time: trust to the power of concentration."""
    if p.concentration == 1.0:
        return trust
    return trust**p.concentration


@rule
def rate_of(free, weights):
    """Hours per week and unit of weight: free time over the sum of weights, 0 for who has nobody."""
    if weights <= 0.0:
        return 0.0
    return free / weights


@rule
def visits_expected(mine, yours, factor, days, p):
    """Mean number of visits in `days` when each side wants to give `mine` and `yours` h/week."""
    return factor * 0.5 * (mine + yours) / p.visit * (days / WEEK)


@rule
def after_visits(trust, worn, kept):
    """Trust after wear (factor `worn`) and visits (factor `kept` of what is missing): the operator of rules/belief."""
    return 1.0 - (1.0 - trust * worn) * kept


@rule
def after_hours(trust, hours, p):
    """Trust after effective hours together."""
    return gain(trust, p.gain * hours)


@rule
def is_over(trust, mirror, u, ending, p):
    """True when a tie ends: too little trust on either side, or a life event (u below its probability)."""
    return trust < p.least_trust or mirror < p.least_trust or u < ending


@rule
def settled_trust(expected, worn, moved):
    """Mean trust on which a tie with a constant mean number of visits a step settles, wear first, visits then.

    moved: share of what is missing that one visit moves, belief.jump(p.gain p.visit).
    """
    kept = math.exp(-expected * moved)
    return (1.0 - kept) / (1.0 - worn * kept)


@rule
def keep_of(visits, p):
    """Share of missing trust that so many visits leave."""
    return math.exp(-p.gain * p.visit * visits)


@rule
def _worn(rate, days):
    return math.exp(-rate * days / DAYS_A_YEAR)


def wear_by_kind(p, days: float) -> np.ndarray:
    """float64[kinds]: the factor that `days` of wear put on trust."""
    return np.array([_worn(getattr(p, f"wear_{kind}"), days) for kind in KINDS])


def ending_by_kind(p, days: float) -> np.ndarray:
    """float64[kinds]: probability that a life event ends a tie within `days`."""
    return np.array([chance(getattr(p, f"end_{kind}"), days) for kind in KINDS])


@making_rule
def keep_by_visits(p):
    """float64[MOST_VISITS + 1]: share of missing trust that so many visits leave."""
    kept = np.empty(MOST_VISITS + 1)
    for count in range(MOST_VISITS + 1):
        kept[count] = keep_of(float(count), p)
    return kept


def far_weights(start, p) -> tuple[float, float]:
    """Weights of one kin tie and of one other tie that leave the map, at the seed trust of their kind.

    Friends and others are not told apart beyond the map: the mean of both, by how many of each are begun.
    """
    begun = start.friend + start.other
    other = (start.friend * company(start.trust_friend, p) + start.other * company(start.trust_other, p)) / begun
    return company(start.trust_kin, p), other
