"""Changes settings of a resolved job without composing it again: a study has thousands of points."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...cards.reader import CARD_TYPE_NAMES
from ...scenario.run import Scenario
from ..cards.field_types import resolve_field_type
from ..errors import UsageError, flatten_text
from ..job import Job, build_config_card, build_site_cards
from ..parameter_ranges import check_parameter_ranges
from ..places.territory import resolve_territory
from ..population.fit import check_population_fits
from ..scenario_dates import check_scenario_dates


def apply_settings(job: Job, settings: Mapping[str, Any]) -> Job:
    """The job with these settings, checked as on the command line. UsageError naming the first invalid one."""
    if not settings:
        return job
    grouped: dict[str, dict[str, Any]] = {}
    for name, value in settings.items():
        grouped.setdefault(name.partition(".")[0], {})[name] = value
    base = job.baseline
    calendar = _apply_typed_settings(base.scenario.calendar, "calendar", grouped.pop("calendar", {}))
    model = _apply_typed_settings(base.model, "model", grouped.pop("model", {}))
    check_parameter_ranges(calendar, model)
    sites = _rebuild_cards(job, "site", build_site_cards(job.settings), grouped.pop("site", {}))
    crises = _rebuild_cards(job, "crisis", list(base.scenario.crises), grouped.pop("crisis", {}))
    levers = _rebuild_cards(job, "lever", list(job.levers), grouped.pop("lever", {}))
    place, sites = resolve_territory(_apply_entries(job.settings["territory"], grouped.pop("territory", {}), 1), sites)
    for name in grouped:
        raise UsageError("setting {name!r} cannot vary in a study; expected territory, behaviour, crisis, lever, "
                         "member, seed, or a number of a model, calendar, crisis, lever, site or territory such as "
                         "crisis.heatwave.severity", name=name)
    check_scenario_dates(calendar, levers, crises)
    scenario = Scenario(place, tuple(sites), calendar, tuple(crises))
    if place != base.scenario.territory:
        check_population_fits(job.settings["population"], scenario, model)
    return replace(job, baseline=replace(base, scenario=scenario, model=model), levers=tuple(levers))


def _apply_typed_settings(tree: Any, group: str, settings: Mapping[str, Any]) -> Any:
    """A copy of a tree of dataclasses with these values changed. group: the first part of their names."""
    tree = copy.deepcopy(tree) if settings else tree
    for name, value in settings.items():
        *parents, last = name.split(".")[1:]
        kind = resolve_field_type(type(tree), [*parents, last], name, group)
        holder = tree
        for part in parents:
            holder = getattr(holder, part)
        setattr(holder, last, _convert_value(name, kind, value))
    return tree


def _convert_value(name: str, kind: Any, value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    fits = {float: is_number, int: is_number and float(value).is_integer(), bool: isinstance(value, bool),
            str: isinstance(value, str)}.get(kind, True)
    if not fits:
        raise UsageError("{name} = {value!r}: expected {expected}", name=name, value=flatten_text(value),
                         expected=CARD_TYPE_NAMES[kind])
    return kind(value) if kind in CARD_TYPE_NAMES else value


def _rebuild_cards(job: Job, group: str, cards: list[Any], settings: Mapping[str, Any]) -> list[Any]:
    """The cards of a group; those that a setting names are built and checked again."""
    names = sorted(job.settings[group])
    for chosen in dict.fromkeys(name.split(".")[1] for name in settings):
        own_settings = {name: value for name, value in settings.items() if name.split(".")[1] == chosen}
        entries = _apply_entries(job.settings[group][chosen], own_settings, 2)
        cards[names.index(chosen)] = build_config_card(group, chosen, entries)
    return cards


def _apply_entries(mapping: Mapping[str, Any], settings: Mapping[str, Any], skip: int) -> dict[str, Any]:
    """A copy of plain data with the entries of dotted names changed. skip: parts of a name before the entry."""
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
            raise UsageError("setting {name!r}: no such entry on the card; write it as resilience describe shows it",
                             name=name) from None
    return out  # type: ignore[no-any-return]
