"""Sessions: facilitation, who meets, and what sessions give, against the figures of the specification."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters.projects import MeetingParameters
from simulator.rules.meeting import (
    facilitation_quality,
    meeting_probability,
    skill_learned,
    target_satisfaction,
    tie_session_hours,
)

P = MeetingParameters().numbers
SHARES = st.floats(0, 1)


def test_quality_of_a_usual_site_and_with_one_more_post() -> None:
    """1.5 posts and 150 members give .493; one more gives .55 (model 7.4)."""
    assert math.isclose(facilitation_quality(1.5, 150, P), 0.493, abs_tol=5e-4)
    assert math.isclose(facilitation_quality(2.5, 150, P), 0.550, abs_tol=5e-4)
    assert facilitation_quality(0.0, 150, P) == P.quality_base
    assert facilitation_quality(5.0, 0, P) == P.quality_base + P.quality_staff


def test_partners_met_on_average() -> None:
    """Without homophily a member works with 6 q of the 11 others of a full standing group."""
    assert math.isclose(11 * meeting_probability(0.5, 3.0, 0.0, 12.0, P), 3.0)


def test_homophily_lowers_the_probability_of_meeting() -> None:
    near, far = (meeting_probability(0.5, d, 1.0, 12.0, P) for d in (0.0, 1.0))
    assert math.isclose(far / near, math.exp(-1))


def test_hours_of_a_pair_that_always_attends() -> None:
    """Effective hours a week, for sessions of two hours: .4545 at q = .5 and 1.3182 at q = 1 (model A11)."""
    for q, expected in ((0.5, 0.4545), (1.0, 1.3182)):
        share = meeting_probability(q, 0.0, 0.0, 12.0, P)
        mean = share * tie_session_hours(True, True, q, P) + (1 - share) * tie_session_hours(True, False, q, P)
        assert math.isclose(mean, expected * P.length / 2.0, abs_tol=7e-5)


def test_strangers_gain_nothing_by_sitting_in_one_room() -> None:
    assert tie_session_hours(False, False, 1.0, P) == 0.0


@given(SHARES, SHARES, SHARES)
def test_skill_flows_only_downhill(own: float, peer: float, share: float) -> None:
    gained = skill_learned(own, peer, share, 1.0, P)
    assert gained == 0.0 if peer <= own else 0.0 <= gained <= peer - own


@given(SHARES, st.integers(0, 20), st.booleans(), st.booleans(), st.floats(0, 3))
def test_satisfaction_stays_in_bounds(q: float, met: int, learns: bool, away: bool, distance: float) -> None:
    assert 0.0 <= target_satisfaction(q, met, float(learns), float(away), distance, P) <= 1.0


def test_social_distance_lowers_satisfaction_unless_facilitated() -> None:
    assert target_satisfaction(0.4, 3, 0.0, 0.0, 1.5, P) < target_satisfaction(0.4, 3, 0.0, 0.0, 0.0, P)
    assert target_satisfaction(1.0, 3, 0.0, 0.0, 1.5, P) == target_satisfaction(1.0, 3, 0.0, 0.0, 0.0, P)
