"""Settings of a run that are choices: how long losses are followed, which channels are switched off, what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..analysis.effects.verdict import parse_threshold
from ..crises.card import Crisis
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


def resolve_horizon(calendar: Calendar, crises: Sequence[Crisis]) -> Calendar:
    """The calendar with its horizon: as given, or for 0 as long as the crises' cards follow losses.

    UsageError for a horizon of less than a month.
    """
    days = calendar.horizon_days or max((crisis.follow_days for crisis in crises), default=DEFAULT_HORIZON_DAYS)
    if days < MIN_HORIZON_DAYS:
        raise UsageError("calendar.horizon_days = {value}: expected {low} to {high}, or 0 for what the crises' cards "
                         "say", value=days, low=MIN_HORIZON_DAYS, high=MAX_HORIZON_DAYS)
    return replace(calendar, horizon_days=days)


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
