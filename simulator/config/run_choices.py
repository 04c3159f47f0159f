"""Settings of a run that are choices: how long losses are followed, which channels are switched off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..crises.card import Crisis
from ..i18n.translation import Message
from ..rules.channels import CHANNELS
from ..scenario.run import ABLATION_STARTS, Calendar
from .errors import UsageError, to_usage_error

DEFAULT_HORIZON_DAYS, MIN_HORIZON_DAYS, MAX_HORIZON_DAYS = 365, 30, 1825
"""Days over which losses count: without a crisis, at least, at most."""


def resolve_horizon(calendar: Calendar, crises: Sequence[Crisis]) -> Calendar:
    """The calendar with its horizon: as given, or for 0 as long as the crises' cards follow losses.

    UsageError for a horizon of less than a month.
    """
    days = calendar.horizon_days or max((crisis.follow_days for crisis in crises), default=DEFAULT_HORIZON_DAYS)
    if days < MIN_HORIZON_DAYS:
        raise UsageError("calendar.horizon_days = {value}: expected {low} to {high}, or 0 for what the crises' cards "
                         "say", value=days, low=MIN_HORIZON_DAYS, high=MAX_HORIZON_DAYS)
    return replace(calendar, horizon_days=days)


def resolve_ablated_channels(names: Sequence[str]) -> tuple[str, ...]:
    """The channels to switch off, each once, in the order of CHANNELS. UsageError for an unknown name."""
    for name in names:
        if name not in CHANNELS:
            raise to_usage_error(Message("ablate: there is no channel {name} to switch off; expected some of {known}",
                                         name=name, known=tuple(CHANNELS)))
    return tuple(name for name in CHANNELS if name in names)


def resolve_ablation_start(value: str) -> str:
    """When channels are switched off, one of ABLATION_STARTS. UsageError for anything else."""
    if value not in ABLATION_STARTS:
        raise UsageError("ablate_from = {value!r}: expected {known}", value=value, known=ABLATION_STARTS)
    return value
