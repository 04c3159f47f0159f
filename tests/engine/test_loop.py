"""The loop: steps of the calendar, levers begin on their day, sites they open, what it all cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engine.loop import Engine, play
from tests.laws.trial import column, every_lever, fresh, played, quick, trial, unlike


@pytest.fixture(scope="module")
def both() -> tuple[Engine, Engine]:
    """A run without levers and one with all of them."""
    return played(trial()), played(trial(*every_lever()))


def test_every_step_is_played_and_remembered(both) -> None:
    for engine in both:
        assert engine.done and engine.at == len(engine.steps) and engine.day == 98
        assert list(zip(column(engine, "day"), column(engine, "span"), strict=True)) == engine.steps


def test_play_is_the_same_and_tells_how_far_it_is(both) -> None:
    told: list[tuple[int, int]] = []
    record = play(trial(), progress=lambda done, all_: told.append((done, all_)))
    assert told == [(k + 1, len(both[0].steps)) for k in range(len(both[0].steps))]
    assert not unlike(both[0].record, record, ())


def test_a_world_may_be_given() -> None:
    run = trial()
    world = fresh(run)
    assert Engine(run, world=world).world is world


def test_planned_sites_wait_for_their_day(both) -> None:
    idle, busy = both[0].world.sites, both[1].world.sites
    assert idle.rows == 4 and busy.rows == 4 + 2 + 12, "two sites and twelve groups with a micro-grant"
    assert (busy.planned[4:] == 1).all() and (busy.open[4:] == 1).all()
    opened = column(both[1], "day")[column(both[1], "opened") > 0]
    assert opened.tolist() == [35, 42], "lead time of 7 days, then half of them at each half of the 14-day ramp"
    assert column(both[0], "opened").sum() == 0


def test_onset_and_crises_are_told_to_the_phases() -> None:
    engine, seen = Engine(trial()), []
    while not engine.done:
        now = engine.moment()
        seen.append((now.day, now.onset, [hazard.card.id for hazard in now.hazards]))
        engine.at += 1
    assert [day for day, begun, _ in seen if begun is None][-1] == 56
    assert {begun for day, begun, _ in seen if day > 56} == {57}
    assert {day: on for day, _, on in seen if on} == {
        57: ["heat"], 58: ["heat"], **{day: ["heat", "closure"] for day in (59, 60, 61)}}


def test_costs_are_those_of_the_levers(both) -> None:
    for engine, paid in zip(both, (False, True), strict=True):
        low, middle, high = (float(engine.record.tables["runs"][name][0]) for name in ("cost_low", "cost", "cost_high"))
        assert low <= middle <= high and (middle > 0) == paid


def test_a_lever_that_never_begins_costs_and_changes_nothing(both) -> None:
    late = played(trial(quick("coordinator", lead=400), replace(quick("open_project", lead=400), dose=2.0)))
    assert not unlike(both[0].record, late.record)
    assert late.world.sites.rows == 4


def test_the_crises_bite(both) -> None:
    level, day = column(both[0], "functioning"), column(both[0], "day")
    assert np.all(level[day < 57] == 1.0) and level.min() < 0.97
