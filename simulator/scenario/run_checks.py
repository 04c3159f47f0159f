"""Checks of a run built by hand in Python: what the command line would refuse is refused before it is played."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..crises.card import Crisis
from ..i18n.translation import Message
from ..levers.card import Lever
from ..parameters import Model
from ..records.observed.schema import OBSERVED_SCHEMAS
from ..rules.channels import CHANNELS
from ..world.places.territory import Territory
from ..world.sites.site_card import SiteCard
from .run import ABLATION_STARTS, Calendar, Run, Scenario

MAX_SEED = 2**32 - 1


def check_run(run: Run) -> None:
    """ValueError naming the first entry of a run that has the wrong type, or a value that cannot be simulated."""
    _check_type("scenario", run.scenario, Scenario)
    _check_type("model", run.model, Model)
    for name, cards, kind in (("levers", run.levers, Lever), ("scenario.crises", run.scenario.crises, Crisis),
                              ("scenario.sites", run.scenario.sites, SiteCard)):
        if not isinstance(cards, (tuple, list)):
            raise _make_error(name, cards, Message("a tuple of {kind} cards", kind=kind.__name__))
        for card in cards:
            _check_type(name, card, kind)
    if isinstance(run.seed, bool) or not isinstance(run.seed, int) or not 0 <= run.seed <= MAX_SEED:
        raise _make_error("seed", run.seed, Message("a whole number, 0 to {high}", high=MAX_SEED))
    check_observed_tables(run.observe)
    check_ablation(run.ablate, run.ablate_from)
    _check_territory(run.scenario.territory)
    _check_calendar(run.scenario.calendar)
    run.model.check()


def check_observed_tables(names: Sequence[str]) -> None:
    """ValueError naming the first observed table that does not exist."""
    for name in names:
        if name not in OBSERVED_SCHEMAS:
            raise ValueError(Message("observe: there is no table {name} to keep; expected some of {known}", name=name,
                                     known=tuple(OBSERVED_SCHEMAS)))


def check_ablation(channels: Sequence[str], start: str) -> None:
    """ValueError for a channel that does not exist, or a start that is none of ABLATION_STARTS."""
    for name in channels:
        if name not in CHANNELS:
            raise ValueError(Message("ablate: there is no channel {name} to switch off; expected some of {known}",
                                     name=name, known=tuple(CHANNELS)))
    if start not in ABLATION_STARTS:
        raise ValueError(Message("ablate_from = {value!r}: expected {known}", value=start, known=ABLATION_STARTS))


def _check_territory(territory: Any) -> None:
    _check_type("scenario.territory", territory, Territory)
    if not isinstance(territory.communes, (list, tuple)) or not all(isinstance(one, str) for one in territory.communes):
        raise _make_error("territory.communes", territory.communes, Message("a list of INSEE codes as texts"))
    number = territory.residents
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise _make_error("territory.residents", number, Message("a whole number, 0 or more"))


def _check_calendar(calendar: Any) -> None:
    _check_type("scenario.calendar", calendar, Calendar)
    calendar.check("calendar.")
    for name in ("start", "levers"):
        value = getattr(calendar, name)
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            raise _make_error(f"calendar.{name}", value, Message("a date such as 2027-08-04")) from None
        if name == "start" and day.weekday():
            raise _make_error("calendar.start", value, Message("a Monday"))


def _check_type(name: str, value: Any, kind: type) -> None:
    if not isinstance(value, kind):
        raise _make_error(name, value, kind.__name__)


def _make_error(name: str, value: Any, expected: Message | str) -> ValueError:
    return ValueError(Message("{name} = {value}: expected {expected}", name=name, value=repr(value)[:80],
                              expected=expected))
