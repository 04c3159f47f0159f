"""Whether a population fits a territory, and what is said of it before anything is played."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ...i18n.translation import Message
from ...kernel.keyed_random import make_random_key
from ...parameters import Model
from ...scenario.run import Scenario
from ...world.places.given_places import HomePositions, place_given_population
from ...world.places.layout import CommuneLayout
from ...world.places.selection import lay_out_territory, select_neighbourhoods
from ...world.population.given_population import GivenPopulation
from ..errors import to_usage_error
from .load import LoadedPopulation, load_population
from .official_margins import MarginRow, compare_margins

Fit = tuple[dict[int, CommuneLayout], dict[int, HomePositions], dict[int, np.ndarray]]
"""Commune code to its layout, its households, and the neighbourhoods that belong to the territory."""


def check_population_fits(population: str | None, scenario: Scenario, model: Model) -> tuple[Message, ...]:
    """What is said of the files of a population. UsageError if it does not fit the territory."""
    if not population:
        return ()
    loaded = load_population(population)
    return _list_notes(loaded, _fit(loaded.population, scenario, model))


def _list_notes(loaded: LoadedPopulation, fit: Fit) -> tuple[Message, ...]:
    """What is said of the files, and how many households lie outside the territory."""
    _, placed, masks = fit
    homes = len(loaded.population.households["commune"]) if loaded.population.households else 0
    inside = sum(int(mask[placed[code].neighbourhood].sum()) for code, mask in masks.items())
    left_out = Message("population {name}: {n} households outside the territory are left out",
                       name=loaded.population.name, n=homes - inside)
    return (*loaded.notes, left_out) if homes > inside else loaded.notes


def list_margin_rows(path: str | Path, scenario: Scenario) -> tuple[tuple[Message, ...], list[MarginRow]]:
    """(what is said of a population, its margins beside the official ones). UsageError where it is wrong."""
    try:
        loaded = load_population(path)
    except ValueError as problem:
        raise to_usage_error(problem) from None
    fit = _fit(loaded.population, scenario, Model())
    return _list_notes(loaded, fit), list(compare_margins(loaded.population, scenario, *fit))


def _fit(given: GivenPopulation, scenario: Scenario, model: Model) -> Fit:
    key, cards = make_random_key(1), {card.id: card for card in scenario.sites}
    try:
        layouts: Mapping[int, CommuneLayout] = lay_out_territory(scenario.territory, model, key)
        masks = select_neighbourhoods(scenario.territory, layouts, cards)
        return dict(layouts), place_given_population(given, layouts, scenario.territory, masks), masks
    except ValueError as problem:
        raise to_usage_error(problem) from None
