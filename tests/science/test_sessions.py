"""Closed forms of sessions as they are played: who is met (A11), and how often a room is too small (model 7.3)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.parameters import Model
from simulator.phases.projects.encounter import pairs
from simulator.phases.projects.session import gather, seats
from simulator.phases.step.context import Moment
from simulator.rules.meeting import quality
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles
from tests.science.crowd import crowd

STRAND = 12


def members(sites: int, per_site: int, places: float, attendance: float) -> World:
    """Sites whose crowd all belong, and come with this probability."""
    settings = Model()
    settings.meeting.attendance = attendance
    world = crowd(settings, sites, per_site, places)
    with world.lend(["people.member", "sites.members", "sites.strand"]):
        world.people.member[:] = world.people.candidate[:, 0]
        world.sites.members[:], world.sites.strand[:] = per_site, STRAND
    return world


def week(world: World, day: int) -> Moment:
    return Moment(day, 7, world.key, PlainHandles(world, **{"site.mixing": 0.0}))


@pytest.mark.parametrize("staff", [0.5, 2.5])
def test_a11_partners_are_binomial(staff: float) -> None:
    """In a full strand without homophily one works with Binomial(11, 6 q / 11) of the 11 others, 6 q on average."""
    world = members(sites=3000, per_site=STRAND, places=STRAND, attendance=1.0)
    now = week(world, 0)
    sessions = gather(world, now)
    assert (np.diff(sessions.first) == STRAND).all() and len(sessions.first) == 3001
    q = quality(staff, 150, world.settings.meeting.numbers)
    met = pairs(world, now, sessions, np.full(3000, q)).met
    law = stats.binom(STRAND - 1, 6 * q / (STRAND - 1))
    assert law.mean() == pytest.approx(6 * q)
    # Partners come in pairs, so only half of the counts are independent of each other.
    assert abs(met.mean() - law.mean()) < 4 * math.sqrt(2 * law.var() / met.size)
    assert met.var() == pytest.approx(law.var(), rel=0.05)
    assert np.abs(np.bincount(met, minlength=STRAND) / met.size - law.pmf(np.arange(STRAND))).max() < 0.01


def test_rooms_are_rarely_too_small() -> None:
    """150 members on 8 strands at attendance .6: more than 18 come to .0174 of sessions, more than 12 to about .34."""
    world = members(sites=600, per_site=150, places=90, attendance=0.6)
    room, came, turned_away, sessions = int(seats(world)[0]), 0, 0, 0
    above = 0
    for day in range(0, 70, 7):
        held = gather(world, week(world, day))
        sizes = np.diff(held.first)
        sessions += len(sizes)
        above += int((sizes > STRAND).sum())
        assert set(held.away_site) <= set(held.site[held.first[:-1]][sizes == room])
        turned_away += len(held.away)
        came += int(sizes.sum()) + len(held.away)
    assert room == 18 and sessions == pytest.approx(600 * 8 * 10, rel=0.001)
    law = stats.binom(150, 0.6 / 8)
    assert law.sf(18) == pytest.approx(0.0174, abs=5e-5)
    assert above / sessions == pytest.approx(law.sf(12), abs=0.015)
    lost = sum((k - 18) * law.pmf(k) for k in range(19, 151)) / law.mean()
    assert turned_away / came == pytest.approx(lost, rel=0.25)
