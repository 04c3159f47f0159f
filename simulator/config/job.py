"""From the composed configuration to a Job: checked runs, levers and seeds. Code that uses a Job needs no Hydra."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ..cards.card_texts import complete_labels
from ..cards.errors import make_removed_handle_error
from ..cards.reader import CardLocation, build_card
from ..cards.renamed import HANDLES as RENAMED_HANDLES
from ..cards.renamed import REMOVED_HANDLES
from ..crises.card import parse_crisis
from ..i18n.translation import Message
from ..levers.card import Lever, parse_lever
from ..parameters import Model
from ..scenario.run import Calendar, Run, Scenario
from ..scenario.run_checks import MAX_SEED
from ..world.sites.site_card import SiteCard
from .arms import check_comparison_levers, read_named_arms
from .budget import scale_arms_to_budget, scale_levers_to_budget
from .cards.card_files import CardSource
from .composition_errors import explain_composition_error
from .ensemble import build_ensemble_models, find_ensemble_file, list_ensemble_seeds
from .errors import UsageError, check_language, flatten_text, make_renamed_error, suggest_names, to_usage_error
from .extensions import build_extensions
from .numbers_by_seed import NumbersBySeed, resolve_numbers
from .parameter_ranges import check_parameter_ranges
from .path_cuts import PathCut, read_path_cuts
from .places.territory import resolve_territory_files
from .population.fit import check_population_fits
from .run_choices import (
    align_crises,
    check_threshold,
    resolve_ablation,
    resolve_horizon,
    resolve_observed_tables,
)
from .scenario_dates import MAX_YEARS_FROM_START, check_dates_within_run, check_scenario_dates


def _build_site_card(mapping: Mapping[str, Any], where: CardLocation | str) -> SiteCard:
    card = build_card(SiteCard, mapping, where)
    card.check()
    return card


CARD_READERS: dict[str, Callable[..., Any]] = {"lever": parse_lever, "crisis": parse_crisis, "site": _build_site_card}


MAX_WORKERS = 1024
"""Worker processes, or threads of one, at most."""


@dataclass
class Job:
    """What a command plays: the run without levers, the levers, the seeds, and how and where to play them."""

    command: str
    territory_name: str
    baseline: Run
    levers: tuple[Lever, ...]
    seeds: tuple[int, ...]
    with_combined_arm: bool
    workers: int | None
    threads: int | None
    results: str | None
    lang: str
    settings: dict[str, Any]
    """The composed configuration as plain data."""
    combined_levers: tuple[Lever, ...] = ()
    """Levers of the arm with all levers; its doses differ from those of the single arms under euros= or posts=."""
    named_portfolios: dict[str, tuple[Lever, ...]] = field(default_factory=dict)
    """Portfolios by name (arms=), which replace the arm for each lever."""
    parameter_sets: tuple[Model, ...] = ()
    """The parameter sets of an ensemble; empty for the baseline's own parameters."""
    file_notes: tuple[Message, ...] = ()
    """What was read of each file of the territory."""
    numbers: NumbersBySeed | None = None
    """The model of each seed (uncertainty=numbers); None where all play the baseline's or those of an ensemble."""
    path_cuts: tuple[PathCut, ...] = ()
    """Channels that `compare` cuts in both arms (paths=), cut by cut."""

    def arms(self) -> dict[str, tuple[Lever, ...]]:
        """Name of each arm of a comparison to its levers; the first arm is the baseline, without levers."""
        arms: dict[str, tuple[Lever, ...]] = {"baseline": ()}
        if self.named_portfolios:
            return arms | self.named_portfolios
        arms |= {lever.id: (lever,) for lever in self.levers}
        if self.with_combined_arm:
            arms["together"] = self.combined_levers or self.levers
        return arms

    def run(self, levers: tuple[Lever, ...], seed: int) -> Run:
        """The run of one arm with one seed. In an ensemble seeds take the parameter sets in turn, seed 1 the first."""
        return replace(self.baseline, model=self.choose_model(seed), levers=levers, seed=seed)

    def choose_model(self, seed: int) -> Model:
        """The numbers that all arms of a seed play."""
        sets = self.parameter_sets or (self.baseline.model,)
        return self.numbers.choose_model(seed) if self.numbers else sets[(seed - 1) % len(sets)]


def resolve_job(command: str, config: DictConfig, folders: Sequence[Path] = (),
                given: frozenset[str] = frozenset()) -> Job:
    """The job of a configuration. UsageError naming the first invalid setting.

    folders: the user's own config folders, which may hold an ensemble. given: names of the settings that somebody gave,
    which no plausible set changes (`list_given_settings`).
    """
    try:
        settings: Any = OmegaConf.to_container(config, resolve=True)
        calendar, model = OmegaConf.to_object(config.calendar), OmegaConf.to_object(config.model)
    except OmegaConfBaseException as problem:
        raise explain_composition_error(problem) from None
    assert isinstance(settings, dict) and isinstance(calendar, Calendar) and isinstance(model, Model)
    _check_common_settings(settings)
    extensions = build_extensions(settings)
    levers, crises = _build_cards("lever", settings["lever"]), _build_cards("crisis", settings["crisis"])
    check_parameter_ranges(calendar, model)
    crises = align_crises(settings, crises)
    calendar = resolve_horizon(calendar, crises, are_alternatives=command == "study")
    check_scenario_dates(calendar, levers, crises)
    if command == "compare":
        check_comparison_levers(settings, levers)
    sites = build_site_cards(settings)
    place = resolve_territory_files(settings["territory"], sites)
    scenario = Scenario(territory=place.card, sites=tuple(place.sites), calendar=calendar, crises=tuple(crises))
    notes = (*place.notes, *check_population_fits(settings["population"], scenario, model))
    sets = build_ensemble_models(settings.get("ensemble", 0), model, find_ensemble_file(folders))
    numbers = resolve_numbers(settings, model, folders, given)
    seeds = _resolve_seeds(command, settings, len(sets))
    run = Run(scenario, model, (), seeds[0], resolve_observed_tables(settings["observe"]),
              *resolve_ablation(settings["ablate"], settings["ablate_from"]), extensions=extensions)
    check_dates_within_run(run, levers)
    named = scale_arms_to_budget(settings, run, read_named_arms(settings, levers))
    levers, combined = (levers, levers) if named else scale_levers_to_budget(settings, run, levers)
    return Job(command, scenario.territory.id, run, tuple(levers), seeds, settings.get("together", False),
               settings.get("workers"), settings["threads"], settings["results"], settings["lang"], settings,
               tuple(combined), named, sets, notes, numbers,
               read_path_cuts(settings) if command == "compare" else ())


def _resolve_seeds(command: str, settings: Mapping[str, Any], member_count: int) -> tuple[int, ...]:
    """The seeds of a job; one seed for a study, which plans its own."""
    if command in ("compare", "portfolio", "validate"):
        return parse_seeds(settings["seeds"])
    if command == "run":
        return list_ensemble_seeds(check_whole_number(settings, "seed", 0, MAX_SEED), member_count)
    return (1,)


def _check_common_settings(settings: dict[str, Any]) -> None:
    check_language(settings["lang"])
    if settings["results"] is not None and not settings["results"].strip():
        raise UsageError("results = '': expected the name of a folder")
    for name in ("workers", "threads"):
        if settings.get(name) is not None:
            check_whole_number(settings, name, 1, MAX_WORKERS)
    if "worth" in settings:
        check_threshold(settings["worth"])
    if "lean" in settings:
        check_whole_number(settings, "lean", 0, 10_000)
    if "years" in settings:
        check_whole_number(settings, "years", 0, MAX_YEARS_FROM_START)


def check_whole_number(settings: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """The setting of a name. UsageError unless it is a whole number from low to high."""
    value = settings[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name, value=value,
                         low=low, high=high)
    return value


def parse_seeds(value: Any) -> tuple[int, ...]:
    """Seeds 1 to n of a number n, or the list itself. UsageError for anything else, or for a seed listed twice."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10_000:
        return tuple(range(1, value + 1))
    if not isinstance(value, list) or not value or len(value) > 10_000:
        raise UsageError("seeds = {value}: expected a number from 1 to 10000, or a list such as [1,2,5] of "
                         "different whole numbers, 0 or more", value=flatten_text(value))
    for k, seed in enumerate(value):
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
            raise UsageError("seeds = {value}: expected a number from 1 to 10000, or a list such as [1,2,5] of "
                             "different whole numbers, 0 or more", value=flatten_text(value))
        if seed in value[:k]:
            raise UsageError("seeds: {value} is listed twice; every seed counts once, keep one", value=seed)
    return tuple(value)


def build_config_card(group: str, name: str, mapping: Any) -> Any:
    """A card from plain data, checked first as its file has it, then with the changes of the settings.

    UsageError, with file and line if the file is at fault.
    """
    original, where = CardSource.original_cards.get((group, name), ({}, CardLocation(f"{group}.{name}")))
    try:
        built = CARD_READERS[group](original or mapping, where)
        if original and original != mapping:
            where = CardLocation(f"{group}.{name}")
            built = CARD_READERS[group](mapping, where)
        if group == "lever":
            _check_handles(built, where)
        built = complete_labels(built)
    except (ValueError, TypeError) as problem:
        raise to_usage_error(problem) from None
    return built


def _check_handles(lever: Lever, where: CardLocation) -> None:
    """UsageError for a handle that does not exist, or an operation that it does not allow."""
    from ..levers.handles import HANDLES

    for k, modifier in enumerate(lever.modifiers):
        if modifier.handle not in HANDLES:
            place = where.at(("modifiers", k, "handle"))
            if modifier.handle in RENAMED_HANDLES:
                raise make_renamed_error("handle", modifier.handle, RENAMED_HANDLES[modifier.handle], place)
            if modifier.handle in REMOVED_HANDLES:
                raise to_usage_error(make_removed_handle_error(place, modifier.handle).args[0])
            raise UsageError("{where}: unknown handle {word!r}; nearest: {choices} (resilience describe handles)",
                             where=place, word=modifier.handle, choices=suggest_names(modifier.handle, HANDLES))
        operations = HANDLES[modifier.handle].operations
        if modifier.op not in operations:
            raise UsageError("{where}: op {word!r} is not allowed on {handle}; expected {ops} (resilience describe "
                             "handles)", where=where.at(("modifiers", k, "op")), word=modifier.op,
                             handle=modifier.handle, ops=", ".join(operations) or Message("none", context="list"))


def _build_cards(group: str, mapping: Mapping[str, Any]) -> list[Any]:
    cards = [build_config_card(group, name, entries) for name, entries in sorted(mapping.items())]
    for k, card in enumerate(cards):
        if card.id in [other.id for other in cards[:k]]:
            raise UsageError("{group}: {word!r} is listed twice; keep one", group=f"{group} (id)", word=card.id)
    return cards


def build_site_cards(settings: Mapping[str, Any]) -> list[SiteCard]:
    """The site cards of a composed configuration, in order of name, before any register replaces them."""
    return _build_cards("site", settings["site"])
