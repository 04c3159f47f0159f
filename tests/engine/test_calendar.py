"""The calendar: weekly steps in calm times, daily steps around each crisis, the same for every arm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.calendar import (
    compute_end_day,
    compute_fork_day,
    find_onset_day,
    is_calm_week,
    list_new_years,
    list_steps,
)
from simulator.levers.card import Window
from tests.agents.village import closure, heat
from tests.levers.example import lever
from tests.properties.trial_run import every_lever, trial


def days_of(run) -> list[int]:
    return [day + k for day, span in list_steps(run) for k in range(span)]


def test_days_from_the_week_of_the_onset_to_the_end_of_its_recovery() -> None:
    spans = dict(list_steps(trial()))
    assert [day for day, span in spans.items() if span == 7] == [*range(0, 56, 7), 77, 84, 91]
    assert [day for day, span in spans.items() if span == 1] == list(range(56, 77))


def test_without_a_crisis_weeks_until_the_horizon_after_the_levers() -> None:
    run = trial(crises=())
    assert find_onset_day(run.scenario) is None
    assert list_steps(run) == [(day, 7) for day in range(0, 56, 7)] and compute_end_day(run) == 21 + 35


def test_a_crisis_of_severity_zero_keeps_the_calendar() -> None:
    run = trial()
    none = tuple(replace(crisis, severity=0.0) for crisis in run.scenario.crises)
    assert list_steps(trial(crises=none)) == list_steps(run) and find_onset_day(trial(crises=none).scenario) == 57


def test_calm_weeks_are_those_no_crisis_touches_nor_its_first_days_of_recovery() -> None:
    """Fourteen days from a crisis's start: those from Tuesday 57 end on Tuesday 71, from Sunday 62 on Sunday 76."""
    for run in (trial(), trial(crises=(replace(heat("2025-02-04", 5), severity=0.0),))):
        assert [day for day in range(98) if not is_calm_week(run.scenario, day)] == list(range(56, 77))
    over_sunday = trial(crises=(heat("2025-02-09", 2),))
    assert [day for day in range(98) if not is_calm_week(over_sunday.scenario, day)] == list(range(56, 77))
    assert all(is_calm_week(trial(crises=()).scenario, day) for day in range(98))


@given(st.integers(0, 400), st.integers(1, 60), st.integers(0, 400), st.integers(14, 120), st.integers(30, 500))
def test_every_day_once_and_crises_by_day(first: int, long: int, second: int, recovery: int, horizon: int) -> None:
    dates = [date.fromordinal(date(2025, 2, 3).toordinal() + day).isoformat() for day in (first, second)]
    run = trial(crises=(heat(dates[0], long), closure(dates[1], 3)), recovery_days=recovery, horizon_days=horizon)
    calendar = run.scenario.calendar
    assert days_of(run) == list(range(compute_end_day(run))) and compute_end_day(run) % 7 == 0
    spans = {day + k: span for day, span in list_steps(run) for k in range(span)}
    for crisis in run.scenario.crises:
        begins = calendar.day(crisis.start)
        assert all(spans[day] == 1 for day in range(begins, begins + max(crisis.days, recovery)))
    assert all(day % 7 == 0 for day, span in list_steps(run) if span == 7)
    weeks_on = {(calendar.day(crisis.start) + k) // 7 for crisis in run.scenario.crises
                for k in range(max(crisis.days, recovery))}
    assert {day // 7 for day, span in spans.items() if span == 1} == weeks_on, "and no other week is played by day"
    assert compute_end_day(run) >= find_onset_day(run.scenario) + horizon


def test_levers_and_seeds_do_not_change_the_steps() -> None:
    assert list_steps(trial(*every_lever(), seed=9)) == list_steps(trial())


def test_new_year_falls_in_one_step() -> None:
    run = trial(start="2024-12-09")
    new_years = {day: years for day, span in list_steps(run) if (years := list_new_years(run.scenario, day, span))}
    assert new_years == {21: (2025,)}
    assert [list_new_years(run.scenario, day, 1) for day in (22, 23, 24)] == [(), (2025,), ()]
    assert list_new_years(run.scenario, 0, 800) == (2025, 2026, 2027)


def test_a_run_that_starts_on_new_year_does_not_count_it() -> None:
    run = trial(start="2024-01-01", levers="2024-03-04")
    assert list_new_years(run.scenario, 0, 7) == () and list_new_years(run.scenario, 365, 7) == (2025,)


def started(**window):
    return replace(lever(), window=Window(**window))


@pytest.mark.parametrize(("arms", "day"), [([[], [started()]], 21), ([[started(start="2024-12-20")], [started()]], 7),
                                           ([[started(start="2024-12-20", lead_time_days=90)]], 7), ([[]], 0),
                                           ([[started(start="2024-12-01")], []], 0)])
def test_arms_fork_in_the_week_in_which_a_lever_may_first_act(arms, day) -> None:
    assert compute_fork_day([trial(*levers) for levers in arms]) == day
