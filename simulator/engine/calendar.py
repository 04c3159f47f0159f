"""The sequence of 7-day and 1-day steps: a function of the scenario's dates alone (model section 3)."""

from __future__ import annotations

from ..scenario.run import Run, Scenario

WEEK = 7


def onset(scenario: Scenario) -> int | None:
    """Day the first crisis begins, None without one. A crisis of zero severity counts: arms must keep one calendar."""
    return min((scenario.calendar.day(start) for crisis in scenario.crises for start in crisis.starts), default=None)


def last_day(run: Run) -> int:
    """First day after the run: the horizon after the first onset, and the recovery from the last crisis, in weeks."""
    calendar, crises = run.scenario.calendar, run.scenario.crises
    first = onset(run.scenario)
    if first is None:
        return _week_after(calendar.day(calendar.levers) + calendar.horizon_days)
    over = max(calendar.day(crisis.starts[-1]) + crisis.days for crisis in crises) + calendar.recovery_days
    return _week_after(max(first + calendar.horizon_days, over))


def steps(run: Run) -> list[tuple[int, int]]:
    """(day, span) of every step: daily from the week of each onset to the end of its recovery, weekly otherwise."""
    calendar = run.scenario.calendar
    windows = []
    for crisis in run.scenario.crises:
        for begins in map(calendar.day, crisis.starts):
            windows.append((begins // WEEK * WEEK, _week_after(begins + crisis.days + calendar.recovery_days)))
    out: list[tuple[int, int]] = []
    for monday in range(0, last_day(run), WEEK):
        if any(begins <= monday < ends for begins, ends in windows):
            out += [(monday + day, 1) for day in range(WEEK)]
        else:
            out.append((monday, WEEK))
    return out


def calm(scenario: Scenario, day: int) -> bool:
    """True when no day of the week that holds `day` is a day of a crisis. Severity does not count: arms agree."""
    monday, calendar = day // WEEK * WEEK, scenario.calendar
    return not any(begins < monday + WEEK and monday < begins + crisis.days
                   for crisis in scenario.crises for begins in map(calendar.day, crisis.starts))


def calm_until(runs: list[Run]) -> int:
    """Until that day the crises of these runs do nothing: start of the week of the first, or the end of a run."""
    onsets = [day // WEEK * WEEK for run in runs if (day := onset(run.scenario)) is not None]
    return min([*onsets, *map(last_day, runs)])


def fork_day(runs: list[Run]) -> int:
    """Start of the week in which any of these runs' levers can first act: until then they are one run."""
    days = [run.scenario.calendar.day(lever.window.start if lever.window.start != "levers" else
                                      run.scenario.calendar.levers) for run in runs for lever in run.levers]
    return max(0, min(days, default=0)) // WEEK * WEEK


def year_turns(scenario: Scenario, day: int, span: int) -> tuple[int, ...]:
    """Calendar years whose 1 January falls in [day, day + span), after the first day of the run."""
    first, last = scenario.calendar.date(day), scenario.calendar.date(day + span)
    return tuple(year for year in range(first.year, last.year + 1)
                 if max(1, day) <= (scenario.calendar.day(f"{year}-01-01")) < day + span)


def _week_after(day: int) -> int:
    return -(-day // WEEK) * WEEK
