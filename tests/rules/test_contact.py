"""Time, visits and trust."""

from __future__ import annotations

import pytest

from simulator.parameters import Model
from simulator.rules.contact import (
    WEEK,
    after_visits,
    far_weights,
    free_hours,
    is_over,
    keep_by_visits,
    rate_of,
    settled_trust,
    visits_expected,
    wear_by_kind,
)

P = Model().contact.numbers


def test_projects_never_take_all_social_time():
    assert free_hours(6.0, 1.2, P) == pytest.approx(4.8)
    assert free_hours(6.0, 9.0, P) == pytest.approx(1.2)


def test_nobody_to_see_means_no_time_given():
    assert rate_of(6.0, 0.0) == 0


def test_both_sides_expect_the_same_visits():
    assert visits_expected(1.0, 0.25, 0.35, WEEK, P) == visits_expected(0.25, 1.0, 0.35, WEEK, P)
    assert visits_expected(1.0, 1.0, 1.0, WEEK, P) == pytest.approx(0.5)


def test_a_tie_ends_on_either_side_or_by_life():
    assert is_over(0.04, 0.9, 0.9, 0.0, P) and is_over(0.9, 0.04, 0.9, 0.0, P) and is_over(0.9, 0.9, 0.1, 0.2, P)
    assert not is_over(0.9, 0.9, 0.3, 0.2, P)


def test_settled_trust_is_kept_on_average():
    worn, visits = wear_by_kind(P, WEEK)[1], 0.4
    import math

    moved = 1 - keep_by_visits(P)[1]
    trust = settled_trust(visits, worn, moved)
    assert after_visits(trust, worn, math.exp(-visits * moved)) == pytest.approx(trust, abs=1e-12)


def test_out_of_map_ties_weigh_their_seed_trust():
    start = Model().start
    start.friend, start.other = 4.0, 2.0
    assert far_weights(start, P) == pytest.approx((0.7, (4 * 0.5 + 2 * 0.3) / 6))
