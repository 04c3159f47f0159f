"""Settings of a run that are choices: how long losses are followed, which channels are switched off, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ..analysis.effects.verdict import parse_threshold
from ..crises.card import Crisis
from ..i18n.translation import Message
from ..records.observed.schema import OBSERVED_SCHEMAS
from ..rules.channels import CHANNELS
from ..scenario.run import Calendar
from ..scenario.run_checks import check_ablation, check_observed_tables
from .errors import UsageError, to_usage_error

DEFAULT_HORIZON_DAYS, MIN_HORIZON_DAYS, MAX_HORIZON_DAYS = 365, 30, 1825
"""Days over which losses count: without a crisis, at least, at most."""


def check_threshold(value: object) -> None:
    """UsageError for a threshold of verdicts that cannot be read."""
    try:
        parse_threshold(value)
    except ValueError as problem:
        raise to_usage_error(problem, "worth") from None


def align_crises(settings: Mapping[str, Any], crises: Sequence[Crisis]) -> list[Crisis]:
    """The crises as their cards have them; with same_day=true, all begin on the day of the earliest.

    Their later occurrences (again) move by as many days. UsageError for fewer than two crises.
    """
    if not settings.get("same_day"):
        return list(crises)
    if len(crises) < 2:
        chosen = ", ".join(crisis.id for crisis in crises) or Message("none", context="list")
        raise UsageError("same_day=true needs two crises or more, such as crisis=[heatwave,power_cut]; chosen: "
                         "{chosen}", chosen=chosen)
    first = min(date.fromisoformat(crisis.start) for crisis in crises)
    return [_move_crisis(crisis, first - date.fromisoformat(crisis.start)) for crisis in crises]


def _move_crisis(crisis: Crisis, by: timedelta) -> Crisis:
    start, *again = [(date.fromisoformat(day) + by).isoformat() for day in crisis.starts]
    return replace(crisis, start=start, again=again)


def resolve_horizon(calendar: Calendar, crises: Sequence[Crisis], are_alternatives: bool = False) -> Calendar:
    """The calendar with its horizon: as given, or for 0 as long as the crises' cards follow losses.

    Each occurrence is followed as long as its card says, so that losses count until the last of them. are_alternatives:
    True where each run has only some of these crises, as in a study: then from the first day of each crisis, not of
    all. UsageError for a horizon of less than a month.
    """
    days = calendar.horizon_days or _count_followed_days(crises, are_alternatives)
    if days < MIN_HORIZON_DAYS:
        raise UsageError("calendar.horizon_days = {value}: expected {low} to {high}, or 0 for what the crises' cards "
                         "say", value=days, low=MIN_HORIZON_DAYS, high=MAX_HORIZON_DAYS)
    return replace(calendar, horizon_days=days)


def _count_followed_days(crises: Sequence[Crisis], are_alternatives: bool) -> int:
    """Days from the first onset until the last occurrence of a crisis is followed to its end; the default without any.

    A date that is none is refused later, by its name; until then it counts as no date.
    """
    try:
        starts = {crisis.id: [date.fromisoformat(day) for day in crisis.starts] for crisis in crises}
    except ValueError:
        starts = {crisis.id: [date.min] for crisis in crises}
    first = min((days[0] for days in starts.values()), default=date.min)
    return min(MAX_HORIZON_DAYS, max(
        ((starts[crisis.id][-1] - (starts[crisis.id][0] if are_alternatives else first)).days + crisis.follow_days
         for crisis in crises), default=DEFAULT_HORIZON_DAYS))


def resolve_ablation(names: Sequence[str], start: str) -> tuple[tuple[str, ...], str]:
    """The channels to switch off, each once, in the order of CHANNELS, and from when. UsageError for unknown words."""
    try:
        check_ablation(names, start)
    except ValueError as problem:
        raise to_usage_error(problem) from None
    return tuple(name for name in CHANNELS if name in names), start


def resolve_observed_tables(names: Sequence[str]) -> tuple[str, ...]:
    """The observed tables to record, each once, in the order of their schemas. UsageError for an unknown name."""
    try:
        check_observed_tables(names)
    except ValueError as problem:
        raise to_usage_error(problem) from None
    return tuple(name for name in OBSERVED_SCHEMAS if name in names)
