"""The door: from the composed configuration to settled runs. Past here nothing knows Hydra."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ..cards.reader import Where, build
from ..crises.card import Crisis
from ..crises.card import from_mapping as crisis_from
from ..i18n.app_texts import LANGUAGES
from ..i18n.refusal import Refusal
from ..levers.card import AT_LEVERS, Lever
from ..levers.card import from_mapping as lever_from
from ..parameters import Model
from ..records.observed.schema import OBSERVED
from ..scenario.run import Calendar, Run, Scenario
from ..world.sites.site_card import SiteCard
from .arms import named_arms
from .budget import share_out
from .ensemble import file_of
from .ensemble import models as ensemble
from .ensemble import seeds as looks
from .errors import Refused, UsageError, choices, one_line, refused
from .source import CardSource
from .territory import territory

LONGEST = 20
"""Years from the start that a date may lie away, or that ties may be followed."""


def _site_from(mapping: Mapping[str, Any], where: Where | str) -> SiteCard:
    card = build(SiteCard, mapping, where)
    card.check()
    return card


READERS: dict[str, Callable[..., Any]] = {"lever": lever_from, "crisis": crisis_from, "site": _site_from}


@dataclass
class Job:
    """What a command plays: one run without levers, the levers, the seeds, and everything around them."""

    command: str
    territory_name: str
    baseline: Run
    levers: tuple[Lever, ...]
    seeds: tuple[int, ...]
    together: bool
    workers: int | None
    threads: int | None
    results: str | None
    lang: str
    plain: dict[str, Any]
    """The composed configuration as plain data."""
    joint: tuple[Lever, ...] = ()
    """The levers of the arm that has them all, when a budget or posts make it different from the levers alone."""
    named: dict[str, tuple[Lever, ...]] = field(default_factory=dict)
    """Portfolios by name (arms=), instead of an arm for each lever."""
    sets: tuple[Model, ...] = ()
    """The parameter sets of an ensemble; empty for the baseline's own numbers."""

    def arms(self) -> dict[str, tuple[Lever, ...]]:
        """Name of each arm of a comparison to its levers; the first has none."""
        arms: dict[str, tuple[Lever, ...]] = {"baseline": ()}
        if self.named:
            return arms | self.named
        arms |= {lever.id: (lever,) for lever in self.levers}
        if self.together:
            arms["together"] = self.joint or self.levers
        return arms

    def run(self, levers: tuple[Lever, ...], seed: int) -> Run:
        """The run of one arm with one seed. Of an ensemble, seed 1 has the first set, and sets come round again."""
        model = self.sets[(seed - 1) % len(self.sets)] if self.sets else self.baseline.model
        return replace(self.baseline, model=model, levers=levers, seed=seed)


def settle(command: str, config: DictConfig, folders: Sequence[Path] = ()) -> Job:
    """The job of a configuration. UsageError naming the first setting that cannot be.

    folders: the user's own config folders, where an ensemble may lie.
    """
    try:
        plain: Any = OmegaConf.to_container(config, resolve=True)
        calendar, model = OmegaConf.to_object(config.calendar), OmegaConf.to_object(config.model)
    except OmegaConfBaseException as problem:
        raise refused(problem, "settings") from None
    assert isinstance(plain, dict) and isinstance(calendar, Calendar) and isinstance(model, Model)
    _around(plain)
    levers, crises = _cards("lever", plain["lever"]), _cards("crisis", plain["crisis"])
    check_numbers(calendar, model)
    check_dates(calendar, levers, crises)
    if command == "compare":
        _arms(plain, levers)
    sites = cards_of(plain)
    place, sites = territory(plain["territory"], sites)
    scenario = Scenario(territory=place, sites=tuple(sites), calendar=calendar, crises=tuple(crises))
    sets = ensemble(plain.get("ensemble", 0), model, file_of(folders))
    seeds = seeds_of(plain["seeds"]) if command in ("compare", "portfolio", "validate") else (
        looks(_whole(plain, "seed", 0, 2**32 - 1), len(sets)) if command == "run" else (1,))
    run = Run(scenario, model, (), seeds[0], observed(plain["observe"]))
    named = named_arms(plain, levers)
    levers, joint = share_out(plain, run, levers)
    return Job(command, scenario.territory.id, run, tuple(levers), seeds, plain.get("together", False),
               plain.get("workers"), plain["threads"], plain["results"], plain["lang"], plain, tuple(joint), named,
               sets)


def _around(plain: dict[str, Any]) -> None:
    if plain["lang"] not in LANGUAGES:
        raise UsageError("lang", value=one_line(plain["lang"]))
    if plain["results"] is not None and not plain["results"].strip():
        raise UsageError("results_empty")
    for name in ("workers", "threads"):
        if plain.get(name) is not None:
            _whole(plain, name, 1, 1024)
    if "lean" in plain:
        _whole(plain, "lean", 0, 10_000)
    if "years" in plain:
        _whole(plain, "years", 0, LONGEST)


def observed(asked: Sequence[str]) -> tuple[str, ...]:
    """Names of tables to keep, each once, in the order of their declaration. UsageError for one that is not there."""
    for name in asked:
        if name not in OBSERVED:
            raise Refused(Refusal("observe: there is no table {name} to keep; expected some of {known}",
                                  "observe : pas de table {name} à garder ; attendu parmi {known}", name=name,
                                  known=", ".join(OBSERVED)))
    return tuple(name for name in OBSERVED if name in asked)


def _whole(plain: Mapping[str, Any], name: str, low: int, high: int) -> int:
    value = plain[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise UsageError("whole", name=name, value=value, low=low, high=high)
    return value


def seeds_of(value: Any) -> tuple[int, ...]:
    """1 to n of a number, or the list as it stands."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10_000:
        return tuple(range(1, value + 1))
    if not isinstance(value, list) or not value or len(value) > 10_000:
        raise UsageError("seeds", value=one_line(value))
    for place, seed in enumerate(value):
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32:
            raise UsageError("seeds", value=one_line(value))
        if seed in value[:place]:
            raise UsageError("seed_double", value=seed)
    return tuple(value)


def card(group: str, name: str, mapping: Any) -> Any:
    """A card from plain data: first as its file has it (file and line in the refusal), then as it was set here."""
    original, where = CardSource.originals.get((group, name), ({}, Where(f"{group}.{name}")))
    try:
        built = READERS[group](original or mapping, where)
        if original and original != mapping:
            where = Where(f"{group}.{name}")
            built = READERS[group](mapping, where)
        if group == "lever":
            _handles(built, where)
    except (ValueError, TypeError) as problem:
        raise refused(problem) from None
    return built


def _handles(lever: Lever, where: Where) -> None:
    """UsageError for a handle that does not exist, or an operation that it does not allow."""
    from ..levers.catalogue import HANDLES

    for place, turn in enumerate(lever.turns):
        if turn.handle not in HANDLES:
            raise UsageError("handle", where=where.at(("turns", place, "handle")), word=turn.handle,
                             choices=choices(turn.handle, HANDLES))
        if turn.op not in HANDLES[turn.handle].ops:
            raise UsageError("handle_op", where=where.at(("turns", place, "op")), word=turn.op, handle=turn.handle,
                             ops=", ".join(HANDLES[turn.handle].ops) or "none")


def _cards(group: str, mapping: Mapping[str, Any]) -> list[Any]:
    cards = [card(group, name, entries) for name, entries in sorted(mapping.items())]
    for place, one in enumerate(cards):
        if one.id in [other.id for other in cards[:place]]:
            raise UsageError("double", group=f"{group} (id)", word=one.id)
    return cards


def cards_of(plain: Mapping[str, Any]) -> list[SiteCard]:
    """The site cards of a composed configuration, in order of name, before any register takes their place."""
    return _cards("site", plain["site"])


def check_numbers(calendar: Calendar, model: Model) -> None:
    """UsageError for the first number out of its range."""
    try:
        calendar.check("calendar.")
        model.check()
    except ValueError as problem:
        raise UsageError("number", text=str(problem)) from None


def check_dates(calendar: Calendar, levers: list[Lever], crises: list[Crisis]) -> None:
    """Dates that are dates, in an order in which levers may prepare for crises."""
    start = _date("calendar.start", calendar.start)
    if start.weekday():
        monday = start + timedelta(days=(-start.weekday()) % 7 if start.weekday() > 3 else -start.weekday())
        raise UsageError("monday", value=start, monday=monday)
    named = [("calendar.levers", calendar.levers)]
    named += [(f"lever.{lever.id}.window.start", lever.window.start) for lever in levers
              if lever.window.start != AT_LEVERS]
    named += [(f"crisis.{crisis.id}.start", start) for crisis in crises for start in crisis.starts]
    try:
        limit = start.replace(year=start.year + LONGEST, day=min(start.day, 28))
    except ValueError:
        raise UsageError("date", name="calendar.start", value=calendar.start) from None
    for name, text in named:
        day = _date(name, text)
        if day < start:
            raise UsageError("too_early", name=name, value=day, limit=start)
        # Groups "before the levers" are read on the levers' date: no lever may act earlier.
        if name.startswith("lever.") and day < _date("calendar.levers", calendar.levers):
            raise UsageError("before_levers", name=name, value=day, limit=calendar.levers)
        if day > limit:
            raise UsageError("too_late", name=name, value=day, limit=limit, years=LONGEST)
    if levers and crises and _date("calendar.levers", calendar.levers) >= max(_date("", c.start) for c in crises):
        raise UsageError("after_crisis", value=calendar.levers, limit=min(c.start for c in crises))


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("date", name=name, value=one_line(text)) from None


def _arms(plain: Mapping[str, Any], levers: list[Lever]) -> None:
    if not levers:
        raise UsageError("no_lever")
    if plain["together"] and len(levers) < 2:
        raise UsageError("together", chosen=", ".join(lever.id for lever in levers))
