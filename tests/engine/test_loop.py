"""The loop: steps of the calendar, start of levers, the sites they open, costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engine.loop import Engine, play
from tests.properties.trial_run import column, every_lever, fresh, played, quick, trial, unlike


@pytest.fixture(scope="module")
def both() -> tuple[Engine, Engine]:
    """A run without levers and one with all of them."""
    return played(trial()), played(trial(*every_lever()))


def test_every_step_is_played_and_recorded(both) -> None:
    for engine in both:
        assert engine.is_done and engine.step_index == len(engine.steps) and engine.day == 98
        assert list(zip(column(engine, "day"), column(engine, "span"), strict=True)) == engine.steps


def test_play_gives_the_same_record_and_reports_progress(both) -> None:
    calls: list[tuple[int, int]] = []
    record = play(trial(), progress=lambda done, total: calls.append((done, total)))
    assert calls == [(k + 1, len(both[0].steps)) for k in range(len(both[0].steps))]
    assert not unlike(both[0].record, record, ())


def test_a_run_can_begin_in_a_given_world() -> None:
    run = trial()
    world = fresh(run)
    assert Engine(run, world=world).world is world


def test_planned_sites_wait_for_their_day(both) -> None:
    idle, busy = both[0].world.sites, both[1].world.sites
    assert idle.rows == 4 and busy.rows == 4 + 2 + 1 + 12, "two sites, a residents' room, twelve groups with grants"
    assert (busy.planned[4:] == 1).all() and (busy.open[4:] == 1).all()
    opened = column(both[1], "day")[column(both[1], "sites_opened") > 0]
    assert opened.tolist() == [35, 42, 49], "lead time of 7 days, half at each half of the 14-day ramp; the room"
    assert column(both[0], "sites_opened").sum() == 0


def test_the_context_holds_onset_and_crises() -> None:
    engine, seen = Engine(trial()), []
    while not engine.is_done:
        context = engine.build_context()
        seen.append((context.day, context.onset, [hazard.card.id for hazard in context.hazards]))
        engine.step_index += 1
    assert [day for day, onset, _ in seen if onset is None][-1] == 56
    assert {onset for day, onset, _ in seen if day > 56} == {57}
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


def test_crises_lower_functioning(both) -> None:
    level, day = column(both[0], "functioning"), column(both[0], "day")
    assert np.all(level[day < 57] == 1.0) and level.min() < 0.97
