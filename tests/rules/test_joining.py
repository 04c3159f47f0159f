"""Joining and leaving: the reference resident, the sign of every term, upper bounds, time to the event."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.parameters.projects import JoiningParameters
from simulator.rules.joining import (
    ROUNDING_MARGIN,
    UNBOUNDED,
    joining_rate,
    leaving_rate,
    max_joining_rate,
    site_affinity,
    time_to_event,
    total_barrier,
)

P = JoiningParameters().numbers
NEUTRAL = dict(distance=0.0, friends=0, agency=0.5, host=0.5, institution=0.5, trust=0.0, fit=0.0, barrier=0.0,
               quality=0.5, no_time=0.0)


def rate(**changed: float) -> float:
    return joining_rate(*{**NEUTRAL, **changed}.values(), P)


def test_reference_resident_joins_at_the_declared_rate() -> None:
    assert math.isclose(rate(), P.rate)


@pytest.mark.parametrize(("term", "value", "sign"), [
    ("distance", 1.0, -1), ("friends", 3, 1), ("agency", 0.9, 1), ("host", 0.8, 1), ("institution", 0.1, -1),
    ("trust", 0.4, 1), ("fit", -1.0, -1), ("barrier", 0.7, -1), ("no_time", 0.5, -1)])
def test_sign_of_each_term(term: str, value: float, sign: int) -> None:
    assert (rate(**{term: value}) - rate()) * sign > 0


def test_the_rate_with_all_ties_members_and_fully_trusted_is_a_bound() -> None:
    """The joining phase drops residents who would not join even at this rate."""
    for ties in range(25):
        most = ROUNDING_MARGIN * rate(friends=ties, trust=1.0)
        assert all(rate(friends=n, trust=t) <= most for n in range(ties + 1) for t in (0.0, 0.4, 0.999999, 1.0))


@pytest.mark.parametrize("changed", [{}, {"agency": -1.5, "affinity": -1.0}, {"friends": -0.5}, {"trust": -2.0}])
def test_no_rate_exceeds_the_bound_for_its_number_of_ties(changed: dict[str, float]) -> None:
    p, rng = P._replace(**changed), np.random.default_rng(1)
    for _ in range(5000):
        ties, trust = rng.integers(0, 25), rng.uniform()
        found = joining_rate(rng.exponential(0.1), rng.integers(0, ties + 1), *rng.integers(0, 2, 3), trust,
                             rng.choice([-1.0, 1.0]), rng.exponential(0.1), rng.uniform(0, p.welcome), -0.3, p)
        assert found <= ROUNDING_MARGIN * max_joining_rate(ties, 0.3, True, p)


def test_there_is_no_bound_where_barriers_raise_the_rate() -> None:
    assert max_joining_rate(3, 0.0, False, P) == UNBOUNDED


def test_friends_have_diminishing_returns() -> None:
    steps = [rate(friends=n + 1) / rate(friends=n) for n in range(5)]
    assert steps == sorted(steps, reverse=True) and steps[-1] > 1


def test_facilitation_helps_only_those_who_meet_a_barrier() -> None:
    assert rate(quality=0.9) == rate(quality=0.2)
    assert rate(barrier=0.7, quality=0.9) > rate(barrier=0.7, quality=0.2)


def test_affinity_spans_minus_one_to_one() -> None:
    assert site_affinity(40, 1, 40.0, 30.0, 1.0, 1.0) == 1.0
    assert site_affinity(90, 2, 20.0, 30.0, 0.0, 1.0) == -1.0
    assert site_affinity(60, 2, 40.0, 30.0, 0.5, 2.0) > site_affinity(60, 2, 40.0, 30.0, 0.5, 1.0)


def test_barriers_never_become_an_attraction() -> None:
    assert total_barrier(0.1, 0.2, 0.1, 0.0, 1.0, -5.0) == 0.0
    assert math.isclose(total_barrier(0.1, 0.2, 0.3, 0.4, 2.0, 0.0), 2 * 0.4 + 0.6)


def test_time_to_the_event_is_exponential() -> None:
    assert math.isclose(time_to_event(0.5, 1.0), 365 * math.log(2))
    assert math.isclose(time_to_event(0.5, 2.0), 365 * math.log(2) / 2)


def test_leaving_rises_with_overload_and_falls_with_satisfaction() -> None:
    assert math.isclose(leaving_rate(0.5, 0.0, 1.0, P), P.leave)
    assert leaving_rate(0.5, P.bearable_load, 1.0, P) == leaving_rate(0.5, 0.0, 1.0, P)
    assert leaving_rate(0.5, 10.0, 1.0, P) > leaving_rate(0.5, 0.0, 1.0, P) > leaving_rate(0.9, 0.0, 1.0, P)
