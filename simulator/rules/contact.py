"""Social time, visits, what they do to trust, and when ties end (model 7.2).

Source: time and trust shape layered networks, Sutcliffe, Wang & Dunbar 2012, doi:10.18564/jasss.1931; hours that make
a friend, Hall 2019, doi:10.1177/0265407518761225.
"""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import allocating_rule, rule
from .belief import DAYS_PER_YEAR, apply_gain, event_probability
from .tie_kinds import TIE_KINDS

WEEK = 7.0
"""Days in a week: social time is quoted per week."""
MAX_VISITS = 1000
"""Visits of one tie in one step at most: the Poisson count stops here."""


@rule
def free_hours(hours, project_hours, p):
    """Social time left for ties, h/week: `hours` less those of projects, but never below the share p.min_free_share."""
    return max(hours - project_hours, p.min_free_share * hours)


@rule
def contact_weight(trust, p):
    """Weight of a tie when social time is shared out: trust to the power of p.concentration."""
    if p.concentration == 1.0:
        return trust
    return trust**p.concentration


@rule
def contact_rate(free, weights):
    """Hours a week per unit of weight: free time over the sum of weights, 0 for a resident without ties."""
    if weights <= 0.0:
        return 0.0
    return free / weights


@rule
def expected_visits(mine, yours, factor, days, p):
    """Mean number of visits in `days` when the two sides have `mine` and `yours` h/week for the tie.

    factor: what handles leave of visits, 1 without them.
    """
    return factor * 0.5 * (mine + yours) / p.visit * (days / WEEK)


@rule
def trust_after_visits(trust, decay, missing_left):
    """Trust after wear (factor `decay` on trust), then visits (factor `missing_left` on 1 - trust)."""
    return 1.0 - (1.0 - trust * decay) * missing_left


@rule
def trust_after_hours(trust, hours, p):
    """Trust after so many effective hours together."""
    return apply_gain(trust, p.gain * hours)


@rule
def is_tie_over(trust, alter_trust, u, ending, p):
    """True if a tie ends: too little trust on one side (alter_trust: the other's), or a life event (u < ending)."""
    return trust < p.min_trust or alter_trust < p.min_trust or u < ending


@rule
def steady_state_trust(expected, decay, share_moved):
    """Long-run mean trust of a tie with a constant mean number of visits a step, which wears before it is visited.

    share_moved: share of missing trust that one visit adds, `dose_to_share`(p.gain p.visit).
    """
    missing_left = math.exp(-expected * share_moved)
    return (1.0 - missing_left) / (1.0 - decay * missing_left)


@rule
def missing_trust_left(visits, p):
    """Share of the missing trust, 1 - trust, that is still missing after so many visits."""
    return math.exp(-p.gain * p.visit * visits)


@rule
def _decay_factor(rate, days):
    return math.exp(-rate * days / DAYS_PER_YEAR)


def decay_by_kind(p, days: float) -> np.ndarray:
    """float64[kinds]: the factor on trust of `days` of wear, for each kind of tie."""
    return np.array([_decay_factor(getattr(p, f"decay_{kind}"), days) for kind in TIE_KINDS])


def ending_probability_by_kind(p, days: float) -> np.ndarray:
    """float64[kinds]: probability that a life event ends a tie within `days`, for each kind of tie."""
    return np.array([event_probability(getattr(p, f"end_{kind}"), days) for kind in TIE_KINDS])


@allocating_rule
def missing_trust_left_by_visits(p):
    """float64[MAX_VISITS + 1]: `missing_trust_left` after 0, 1, 2, … visits."""
    missing_left = np.empty(MAX_VISITS + 1)
    for count in range(MAX_VISITS + 1):
        missing_left[count] = missing_trust_left(float(count), p)
    return missing_left


def off_map_weights(start, p) -> tuple[float, float]:
    """`contact_weight` of one kin tie and of one other tie to people off the map, at the initial trust of their kind.

    Off the map, friends and others are one kind: its weight is the mean of both, by their initial numbers.
    """
    friend, other = contact_weight(start.trust_friend, p), contact_weight(start.trust_other, p)
    return (contact_weight(start.trust_kin, p),
            (start.friend * friend + start.other * other) / (start.friend + start.other))
