"""Joining and leaving: the reference resident, the sign of every term, the clock of choices."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.parameters.projects import Joining
from simulator.rules.joining import (
    AT_MOST,
    NEVER,
    affinity,
    barrier_total,
    highest_rate,
    joining_rate,
    leaving_rate,
    waiting_time,
)

P = Joining().numbers
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


def test_more_friends_and_more_trust_never_join_later() -> None:
    """Who would not join with all ties members and trusted in full need not be looked at more closely."""
    for ties in range(25):
        most = AT_MOST * rate(friends=ties, trust=1.0)
        assert all(rate(friends=n, trust=t) <= most for n in range(ties + 1) for t in (0.0, 0.4, 0.999999, 1.0))


@pytest.mark.parametrize("changed", [{}, {"agency": -1.5, "affinity": -1.0}, {"friends": -0.5}, {"trust": -2.0}])
def test_no_resident_with_so_many_ties_exceeds_the_highest_rate(changed: dict[str, float]) -> None:
    p, rng = P._replace(**changed), np.random.default_rng(1)
    for _ in range(5000):
        ties, trust = rng.integers(0, 25), rng.uniform()
        found = joining_rate(rng.exponential(0.1), rng.integers(0, ties + 1), *rng.integers(0, 2, 3), trust,
                             rng.choice([-1.0, 1.0]), rng.exponential(0.1), rng.uniform(0, p.welcome), -0.3, p)
        assert found <= AT_MOST * highest_rate(ties, 0.3, True, p)


def test_where_barriers_draw_people_no_rate_is_the_highest() -> None:
    assert highest_rate(3, 0.0, False, P) == NEVER


def test_friends_have_diminishing_returns() -> None:
    steps = [rate(friends=n + 1) / rate(friends=n) for n in range(5)]
    assert steps == sorted(steps, reverse=True) and steps[-1] > 1


def test_facilitation_helps_only_those_who_meet_a_barrier() -> None:
    assert rate(quality=0.9) == rate(quality=0.2)
    assert rate(barrier=0.7, quality=0.9) > rate(barrier=0.7, quality=0.2)


def test_affinity_spans_minus_one_to_one() -> None:
    assert affinity(40, 1, 40.0, 30.0, 1.0, 1.0) == 1.0
    assert affinity(90, 2, 20.0, 30.0, 0.0, 1.0) == -1.0
    assert affinity(60, 2, 40.0, 30.0, 0.5, 2.0) > affinity(60, 2, 40.0, 30.0, 0.5, 1.0)


def test_barriers_never_become_an_attraction() -> None:
    assert barrier_total(0.1, 0.2, 0.1, 0.0, 1.0, -5.0) == 0.0
    assert math.isclose(barrier_total(0.1, 0.2, 0.3, 0.4, 2.0, 0.0), 2 * 0.4 + 0.6)


def test_waiting_time_is_exponential() -> None:
    assert math.isclose(waiting_time(0.5, 1.0), 365 * math.log(2))
    assert math.isclose(waiting_time(0.5, 2.0), 365 * math.log(2) / 2)


def test_leaving_rises_with_overload_and_falls_with_satisfaction() -> None:
    assert math.isclose(leaving_rate(0.5, 0.0, P), P.leave)
    assert leaving_rate(0.5, P.bearable, P) == leaving_rate(0.5, 0.0, P)
    assert leaving_rate(0.5, 10.0, P) > leaving_rate(0.5, 0.0, P) > leaving_rate(0.9, 0.0, P)
