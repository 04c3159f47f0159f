"""The sequence of 7-day and 1-day steps, a function of the scenario's dates alone (model section 3)."""

from __future__ import annotations

from ..levers.card import AT_LEVERS
from ..scenario.run import Run, Scenario

WEEK = 7


def find_onset_day(scenario: Scenario) -> int | None:
    """Day on which the first crisis begins, None without one. Severity 0 counts: all arms keep the same calendar."""
    return min((scenario.calendar.day(start) for crisis in scenario.crises for start in crisis.starts), default=None)


def compute_end_day(run: Run) -> int:
    """First day after the run: the first onset + horizon, or the last crisis + recovery if later, in whole weeks."""
    calendar, crises = run.scenario.calendar, run.scenario.crises
    onset = find_onset_day(run.scenario)
    if onset is None:
        return _round_up_to_week(calendar.day(calendar.levers) + calendar.horizon_days)
    recovered = max(calendar.day(crisis.starts[-1]) + max(crisis.days, calendar.recovery_days) for crisis in crises)
    return _round_up_to_week(max(onset + calendar.horizon_days, recovered))


def list_steps(run: Run) -> list[tuple[int, int]]:
    """(first day, days) of every step: one day while a crisis lasts and recovery_days from its start, else a week."""
    steps: list[tuple[int, int]] = []
    for monday in range(0, compute_end_day(run), WEEK):
        if not is_calm_week(run.scenario, monday):
            steps += [(monday + day, 1) for day in range(WEEK)]
        else:
            steps.append((monday, WEEK))
    return steps


def is_calm_week(scenario: Scenario, day: int) -> bool:
    """True if the week of `day` is one step: no crisis is on, nor began within recovery_days. Severity 0 counts."""
    monday, calendar = day // WEEK * WEEK, scenario.calendar
    return not any(start < monday + WEEK and monday < start + max(crisis.days, calendar.recovery_days)
                   for crisis in scenario.crises for start in map(calendar.day, crisis.starts))


def find_latest_crisis(scenario: Scenario, day: int) -> tuple[int | None, float]:
    """First day of the crisis that began last, up to `day`, and its institutions' delay in days; None before any."""
    calendar = scenario.calendar
    begun = [(start, float(crisis.institution_delay)) for crisis in scenario.crises
             for start in map(calendar.day, crisis.starts) if crisis.severity > 0 and start <= day]
    return max(begun) if begun else (None, 0.0)


def compute_calm_end(runs: list[Run]) -> int:
    """Day until which no crisis of these runs acts: start of the week of the first onset, or the end of a run."""
    onsets = [day // WEEK * WEEK for run in runs if (day := find_onset_day(run.scenario)) is not None]
    return min([*onsets, *map(compute_end_day, runs)])


def compute_fork_day(runs: list[Run]) -> int:
    """Start of the week in which a lever of these runs can first act: until then the runs are the same."""
    days = []
    for run in runs:
        calendar = run.scenario.calendar
        days += [calendar.day(calendar.levers if lever.window.start == AT_LEVERS else lever.window.start)
                 for lever in run.levers]
    return max(0, min(days, default=0)) // WEEK * WEEK


def list_new_years(scenario: Scenario, day: int, span: int) -> tuple[int, ...]:
    """Calendar years whose 1 January falls in [day, day + span), after the first day of the run."""
    first, last = scenario.calendar.date(day), scenario.calendar.date(day + span)
    return tuple(year for year in range(first.year, last.year + 1)
                 if max(1, day) <= scenario.calendar.day(f"{year}-01-01") < day + span)


def _round_up_to_week(day: int) -> int:
    return -(-day // WEEK) * WEEK
