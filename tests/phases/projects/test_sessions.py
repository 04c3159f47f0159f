"""Sessions: stable strands, weekdays, seats."""

from __future__ import annotations

import numpy as np

from simulator.kernel.keyed_random import make_random_key
from simulator.phases.projects.sessions import (
    assign_strand,
    assign_weekday,
    compute_session_capacity,
    draw_seat_number,
    form_sessions,
)
from simulator.phases.step.context import StepContext
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def sessions(world, day: int, span: int, **overrides):
    return form_sessions(world, StepContext(day, span, world.key, PlainHandles(world, **overrides)))


def test_a_week_has_the_sessions_of_its_seven_days() -> None:
    world = small_world(1, 300)
    week = sessions(world, 70, 7)
    days = [sessions(world, 70 + d, 1) for d in range(7)]
    assert set(zip(week.row, week.day, strict=True)) == {x for d in days for x in zip(d.row, d.day, strict=True)}
    assert len(week.row) == sum(len(d.row) for d in days) > 0


def test_no_session_exceeds_its_capacity() -> None:
    """V7: attendance of a strand is at most floor(1.5 n)."""
    world = small_world(1, 400)
    with world.writable(["people.member"]):
        world.people.member[world.people.age >= 15] = 0
    week = sessions(world, 0, 7)
    assert np.diff(week.first).max() <= compute_session_capacity(world).max() and len(week.turned_away) > 0
    assert not set(week.row) & set(week.turned_away)


def test_seats_go_by_keyed_priority() -> None:
    """Those overrides away from a full session drew higher numbers than all who sit in it."""
    world = small_world(1, 400)
    with world.writable(["people.member"]):
        world.people.member[world.people.age >= 15] = 0
    week, uid = sessions(world, 0, 7), world.people.uid
    strands = int(np.ceil(PlainHandles(world).site("places")[0] / world.sites.group_size[0]))
    strand_of = {int(row): assign_strand(world.key, uid[row], world.sites.uid[0], strands)
                 for row in (*week.row, *week.turned_away)}
    sat = {int(strand): max(number(world, row, day) for row, day in zip(week.row, week.day)
                            if strand == strand_of[int(row)]) for strand in np.unique(week.strand)}
    for row in week.turned_away:
        strand = strand_of[int(row)]
        day = assign_weekday(world.key, world.sites.uid[0], strand)
        assert number(world, row, day) > sat[strand]


def number(world, row: int, day: int) -> int:
    return int(draw_seat_number(world.key, world.people.uid[row], world.sites.uid[0], day))


def test_without_site_activity_there_are_no_sessions() -> None:
    world = small_world(1, 300)
    assert len(sessions(world, 0, 7, **{"territory.site_activity": 0.0}).row) == 0


def test_a_strand_is_kept_when_another_is_added() -> None:
    """Rendezvous hashing: only those who move to the new strand change."""
    key = make_random_key(4)
    before = np.array([assign_strand(key, uid, 9, 7) for uid in range(4000)])
    after = np.array([assign_strand(key, uid, 9, 8) for uid in range(4000)])
    moved = before != after
    assert (after[moved] == 7).all() and 0.1 < moved.mean() < 0.15
    assert np.bincount(before).min() > 4000 / 7 * 0.85


def test_weekdays_cover_the_week() -> None:
    days = [assign_weekday(make_random_key(4), site, strand) for site in range(50) for strand in range(8)]
    assert set(days) == set(range(7))
