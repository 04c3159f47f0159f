"""Members come, come to sessions, and drop out as in the CAPS trial of community gardens (Litt et al. 2023).

Of 145 people given a plot, 97 gardened the whole season (67 %); the median gardener spent 90 minutes a week there; 48 %
came to an event in a season (doi:10.1038/s41598-024-63889-w).
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.keyed_random import draw_uniform, make_random_key
from simulator.kernel.random_streams import LEAVE
from simulator.parameters import Model
from simulator.phases.projects.sessions import form_sessions
from simulator.phases.step.context import StepContext
from simulator.rules.hearing import event_occurs
from simulator.rules.joining import leaving_rate
from simulator.world.sites.member_traits import draw_restlessness
from tests.phases.plain_handles import PlainHandles
from tests.science.crowd import crowd

SEASON_WEEKS = 26
NEWCOMERS = 6000


def draw_spells(weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """bool[newcomers, weeks]: still a member at the end of each week; float64[newcomers]: their restlessness."""
    p, key = Model().joining.numbers, make_random_key(3)
    stays = np.ones((NEWCOMERS, weeks), bool)
    restless = np.array([draw_restlessness(key, member, 1, p) for member in range(NEWCOMERS)])
    for member in range(NEWCOMERS):
        rate = leaving_rate(p.first_satisfaction, 0.0, restless[member], p)
        for week in range(weeks):
            if event_occurs(draw_uniform(key, member, 1, 7 * week, LEAVE), rate, 7):
                stays[member, week:] = False
                break
    return stays, restless


def test_two_thirds_of_newcomers_stay_for_a_season() -> None:
    stays, _ = draw_spells(SEASON_WEEKS)
    assert stays[:, -1].mean() == pytest.approx(97 / 145, abs=0.025)


def test_members_at_large_leave_at_the_declared_rate() -> None:
    """In a stock at rest members are there in proportion to 1 / rate, so that the mean of the factor is 1."""
    _, restless = draw_spells(1)
    assert 1 / np.mean(1 / restless) == pytest.approx(1.0, abs=0.05)
    assert restless.mean() == pytest.approx(np.exp(Model().joining.leave_spread ** 2), rel=0.1)


def test_half_of_the_members_come_to_sessions_and_the_median_one_for_ninety_minutes_a_week() -> None:
    settings = Model()
    world = crowd(settings, sites=20, per_site=150, places=90)
    with world.writable(["people.member", "sites.members"]):
        world.people.member[:], world.sites.members[:] = world.people.candidate[:, 0], 150
    handles, came = PlainHandles(world), np.zeros(len(world.people))
    for week in range(SEASON_WEEKS):
        held = form_sessions(world, StepContext(7 * week, 7, world.key, handles))
        came[held.row] += 1
    share = (came > 0).mean()
    assert share == pytest.approx(0.48, abs=0.03)
    hours = settings.meeting.length * came[came > 0] / SEASON_WEEKS
    assert np.median(hours) == pytest.approx(1.5, abs=0.1)
