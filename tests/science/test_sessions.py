"""Closed forms of sessions: the number of partners (A11), and how often a session is full (model 7.3)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.parameters import Model
from simulator.phases.projects.encounters import list_encounters
from simulator.phases.projects.sessions import compute_session_capacity, form_sessions
from simulator.phases.step.context import StepContext
from simulator.rules.meeting import facilitation_quality
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles
from tests.science.crowd import crowd

STRAND = 12


def members(sites: int, per_site: int, places: float, attendance: float) -> World:
    """Sites to which their whole crowd belongs; members attend with this probability."""
    settings = Model()
    settings.meeting.attendance, settings.meeting.participation = attendance, 1.0
    world = crowd(settings, sites, per_site, places)
    with world.writable(["people.member", "sites.members", "sites.group_size"]):
        world.people.member[:] = world.people.candidate[:, 0]
        world.sites.members[:], world.sites.group_size[:] = per_site, STRAND
    return world


def week(world: World, day: int) -> StepContext:
    return StepContext(day, 7, world.key, PlainHandles(world, **{"site.homophily": 0.0}))


@pytest.mark.parametrize("staff", [0.5, 2.5])
def test_a11_partners_are_binomial(staff: float) -> None:
    """In a full strand without homophily one works with Binomial(11, 6 q / 11) of the 11 others, 6 q on average."""
    world = members(sites=3000, per_site=STRAND, places=STRAND, attendance=1.0)
    context = week(world, 0)
    sessions = form_sessions(world, context)
    assert (np.diff(sessions.first) == STRAND).all() and len(sessions.first) == 3001
    q = facilitation_quality(staff, 150, world.settings.meeting.numbers)
    met = list_encounters(world, context, sessions, np.full(3000, q)).met
    distribution = stats.binom(STRAND - 1, 6 * q / (STRAND - 1))
    assert distribution.mean() == pytest.approx(6 * q)
    # Partners come in pairs, so only half of the counts are independent of each other.
    assert abs(met.mean() - distribution.mean()) < 4 * math.sqrt(2 * distribution.var() / met.size)
    assert met.var() == pytest.approx(distribution.var(), rel=0.05)
    assert np.abs(np.bincount(met, minlength=STRAND) / met.size - distribution.pmf(np.arange(STRAND))).max() < 0.01


def test_sessions_are_rarely_full() -> None:
    """150 members on 8 strands at attendance .6: more than 18 come to .0174 of sessions, more than 12 to about .34."""
    world = members(sites=600, per_site=150, places=90, attendance=0.6)
    capacity, came, turned_away, sessions = int(compute_session_capacity(world)[0]), 0, 0, 0
    above = 0
    for day in range(0, 70, 7):
        held = form_sessions(world, week(world, day))
        sizes = np.diff(held.first)
        sessions += len(sizes)
        above += int((sizes > STRAND).sum())
        assert set(held.turned_away_site) <= set(held.site[held.first[:-1]][sizes == capacity])
        turned_away += len(held.turned_away)
        came += int(sizes.sum()) + len(held.turned_away)
    assert capacity == 18 and sessions == pytest.approx(600 * 8 * 10, rel=0.001)
    distribution = stats.binom(150, 0.6 / 8)
    assert distribution.sf(18) == pytest.approx(0.0174, abs=5e-5)
    assert above / sessions == pytest.approx(distribution.sf(12), abs=0.015)
    lost = sum((k - 18) * distribution.pmf(k) for k in range(19, 151)) / distribution.mean()
    assert turned_away / came == pytest.approx(lost, rel=0.25)
