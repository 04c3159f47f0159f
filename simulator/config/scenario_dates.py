"""Checks the dates of a scenario: their format, their order, and their distance from the start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..crises.card import Crisis
from ..engine.calendar import compute_end_day
from ..levers.card import AT_LEVERS, Lever
from ..scenario.run import Calendar, Run
from .errors import UsageError

LAST_START_YEAR = 2200
MAX_YEARS_FROM_START = 20
"""Most years from the start to any date of a scenario, and most years over which ties are followed."""


def check_scenario_dates(calendar: Calendar, levers: Sequence[Lever], crises: Sequence[Crisis]) -> None:
    """UsageError for the first date that is none, lies out of range, or leaves no time between levers and crises."""
    start = _parse_date("calendar.start", calendar.start)
    if start.year > LAST_START_YEAR:
        raise UsageError("{name} = {value}: expected {limit} or earlier; move it", name="calendar.start", value=start,
                         limit=date(LAST_START_YEAR, 12, 31))
    if start.weekday():
        monday = start + timedelta(days=(-start.weekday()) % 7 if start.weekday() > 3 else -start.weekday())
        raise UsageError("calendar.start = {value}: expected a Monday; the nearest is {monday}", value=start,
                         monday=monday)
    named = [("calendar.levers", calendar.levers)]
    named += [(f"lever.{lever.id}.window.start", lever.window.start) for lever in levers
              if lever.window.start != AT_LEVERS]
    lead = {f"lever.{lever.id}.window.start": lever.window.lead_time_days for lever in levers
            if lever.window.start != AT_LEVERS}
    named += [(f"crisis.{crisis.id}.start", start) for crisis in crises for start in crisis.starts]
    limit = start.replace(year=start.year + MAX_YEARS_FROM_START, day=min(start.day, 28))
    for name, text in named:
        day = _parse_date(name, text)
        if day < start:
            raise UsageError("{name} = {value}: expected {limit} or later, since the run starts on {limit}; move "
                             "it, or calendar.start", name=name, value=day, limit=start)
        # The groups of residents are observed on the levers' date: no lever may act earlier, but it may be prepared.
        if name in lead and day + timedelta(days=lead[name]) < _parse_date("calendar.levers", calendar.levers):
            raise UsageError("{name} = {value}: expected {limit} or later, since no lever acts before "
                             "calendar.levers; move it, or calendar.levers", name=name, value=day,
                             limit=calendar.levers)
        if day > limit:
            raise UsageError("{name} = {value}: expected {limit} or earlier ({years} years after the start); move "
                             "it, or calendar.start", name=name, value=day, limit=limit, years=MAX_YEARS_FROM_START)
    if levers and crises:
        last_start = max(_parse_date("", crisis.start) for crisis in crises)
        if _parse_date("calendar.levers", calendar.levers) >= last_start:
            raise UsageError("calendar.levers = {value}: levers start after every crisis has begun (first: "
                             "{limit}), so they cannot prepare for any; move one of the two", value=calendar.levers,
                             limit=min(crisis.start for crisis in crises))


def check_dates_within_run(run: Run, levers: Sequence[Lever]) -> None:
    """UsageError for the first date on which a lever starts, or all do, that lies after the end of the run."""
    calendar = run.scenario.calendar
    end = calendar.date(compute_end_day(run))
    for name, text in [("calendar.levers", calendar.levers),
                       *((f"lever.{lever.id}.window.start", lever.window.start) for lever in levers)]:
        if text != AT_LEVERS and _parse_date(name, text) >= end:
            raise UsageError("{name} = {value}: expected a date before {limit}, when the run ends; move it, or "
                             "lengthen calendar.horizon_days", name=name, value=text, limit=end)


def _parse_date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("{name} = {value!r}: expected a date, year-month-day, such as 2027-08-04", name=name,
                         value=text) from None
