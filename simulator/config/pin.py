"""Settings put on a job that is settled already, without composing it again: a study has thousands of points."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..scenario.run import Scenario
from .compose import walk
from .errors import UsageError, one_line
from .resolve import Job, card, cards_of, check_dates, check_numbers
from .territory import territory

EXPECTED = {float: "a number", int: "a whole number", bool: "true or false", str: "a text"}
MANY = {"lever": "levers", "crisis": "crises", "site": "sites"}


def pinned(job: Job, settings: Mapping[str, Any]) -> Job:
    """The job with these settings, checked as if they had been typed. UsageError naming the first that cannot be."""
    if not settings:
        return job
    grouped: dict[str, dict[str, Any]] = {}
    for name, value in settings.items():
        grouped.setdefault(name.partition(".")[0], {})[name] = value
    base = job.baseline
    calendar = _typed(base.scenario.calendar, "calendar", grouped.pop("calendar", {}))
    model = _typed(base.model, "model", grouped.pop("model", {}))
    check_numbers(calendar, model)
    sites = _cards(job, "site", cards_of(job.plain), grouped.pop("site", {}))
    crises = _cards(job, "crisis", list(base.scenario.crises), grouped.pop("crisis", {}))
    levers = _cards(job, "lever", list(job.levers), grouped.pop("lever", {}))
    place, sites = territory(_changed(job.plain["territory"], grouped.pop("territory", {}), 1), sites)
    for name in grouped:
        raise UsageError("study_setting", name=one_line(name))
    check_dates(calendar, levers, crises)
    scenario = Scenario(place, tuple(sites), calendar, tuple(crises))
    return replace(job, baseline=replace(base, scenario=scenario, model=model), levers=tuple(levers))


def _typed(tree: Any, group: str, settings: Mapping[str, Any]) -> Any:
    """A copy of a tree of dataclasses with some of its numbers changed."""
    tree = copy.deepcopy(tree) if settings else tree
    for name, value in settings.items():
        *parents, last = name.split(".")[1:]
        kind = walk(type(tree), [*parents, last], name, group)
        holder = tree
        for part in parents:
            holder = getattr(holder, part)
        setattr(holder, last, _value(name, kind, value))
    return tree


def _value(name: str, kind: Any, value: Any) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    fits = {float: number, int: number and float(value).is_integer(), bool: isinstance(value, bool),
            str: isinstance(value, str)}.get(kind, True)
    if not fits:
        raise UsageError("wrong_type", name=name, value=one_line(value), expected=EXPECTED[kind])
    return kind(value) if kind in EXPECTED else value


def _cards(job: Job, group: str, cards: list[Any], settings: Mapping[str, Any]) -> list[Any]:
    """The cards of a group, those that a setting names built anew, as strictly as from their files."""
    names = sorted(job.plain[group])
    for chosen in dict.fromkeys(name.split(".")[1] for name in settings):
        mine = {name: value for name, value in settings.items() if name.split(".")[1] == chosen}
        cards[names.index(chosen)] = card(group, chosen, _changed(job.plain[group][chosen], mine, 2))
    return cards


def _changed(mapping: Mapping[str, Any], settings: Mapping[str, Any], skip: int) -> dict[str, Any]:
    """A copy of plain data with the entries named by dotted settings changed; `skip` parts of a name come first."""
    out: Any = copy.deepcopy(dict(mapping))
    for name, value in settings.items():
        *parents, last = name.split(".")[skip:]
        holder, value = out, list(value) if isinstance(value, tuple) else value
        try:
            for part in parents:
                holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
            if isinstance(holder, list):
                holder[int(last)] = value
            else:
                holder[last] = value
        except (ValueError, IndexError, TypeError, AttributeError):
            raise UsageError("study_entry", name=one_line(name)) from None
    return out  # type: ignore[no-any-return]
