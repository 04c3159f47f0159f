"""Compares a population with the official counts that the territory carries, commune by commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ...i18n.translation import Message, mark
from ...parameters import Model
from ...scenario.run import Scenario
from ...world.places.given_places import HomePositions
from ...world.places.layout import CommuneLayout
from ...world.population.communes import AGE_BAND_STARTS, Margins
from ...world.population.given_population import GivenPopulation, classify_households
from ...world.population.household import CHILD, PARTNER

TELLING_SHARE, TELLING_RATIO = 0.05, 0.1
"""A share that is off by so much, or a count or mean by so much of itself, is marked."""
WORKING_AGES = (15, 65)
KIND_LABELS = (mark("one person"), mark("couple without children"), mark("couple with children"), mark("lone parent"),
               mark("other households"))
COUNT, SHARE, MEAN, EUROS = "count", "share", "mean", "EUR/yr"


@dataclass(frozen=True)
class MarginRow:
    """One measure of one commune. unit: count, share (0 to 1), mean (residents a household) or EUR/yr."""

    commune: str
    measure: Message
    unit: str
    found: float
    official: float

    @property
    def is_telling(self) -> bool:
        """True if the two differ by more than 5 points of a share, or a tenth of another value."""
        most = TELLING_SHARE if self.unit == SHARE else TELLING_RATIO * abs(self.official)
        return abs(self.found - self.official) > most


@dataclass(frozen=True)
class CommuneMembers:
    """A commune's part of a population, as columns. homes: rows of its households; people: of its residents."""

    margins: Margins
    homes: Mapping[str, np.ndarray]
    people: Mapping[str, np.ndarray]
    sizes: np.ndarray
    people_share: float


def compare_margins(given: GivenPopulation, scenario: Scenario, layouts: Mapping[int, CommuneLayout],
                    placed: Mapping[int, HomePositions], masks: Mapping[int, np.ndarray]) -> Iterator[MarginRow]:
    """Every measure that the files give, commune by commune. Where the territory has a part of a commune only, counts
    are those of that part, shares those of the whole commune."""
    for code, mask in masks.items():
        margins, layout = scenario.territory.margins()[code], layouts[code]
        rows = placed[code].rows[mask[placed[code].neighbourhood]]
        members = _select_members(given, rows, margins, float(layout.people[mask].sum() / margins.population))
        for measure, unit, found, official in _measure(members):
            yield MarginRow(f"{code:05d} {margins.name}", measure, unit, float(found), float(official))


def _select_members(given: GivenPopulation, rows: np.ndarray, margins: Margins, share: float) -> CommuneMembers:
    assert given.residents is not None and given.households is not None
    inside = np.zeros(len(given.households["commune"]), bool)
    inside[rows] = True
    members = inside[given.residents["household"]]
    people = {name: values[members] for name, values in given.residents.items()}
    position = np.cumsum(inside) - 1
    people["household"] = position[people["household"]]
    homes = {name: values[inside] for name, values in given.households.items()}
    return CommuneMembers(margins, homes, people, np.bincount(people["household"], minlength=int(inside.sum())), share)


def _measure(one: CommuneMembers) -> Iterator[tuple[Message, str, float, float]]:
    """(measure, unit, value of the files, official value)."""
    margins, age, count = one.margins, one.people["age"].astype(int), len(one.sizes)
    official_size = margins.population / margins.households
    yield Message("residents"), COUNT, len(age), margins.population * one.people_share
    yield Message("households"), COUNT, count, margins.households * one.people_share
    yield Message("residents per household"), MEAN, len(age) / count, official_size
    bounds = [*AGE_BAND_STARTS, 200]
    found = np.histogram(age, bounds)[0] / len(age)
    for low, high, share, official in zip(bounds[:-1], bounds[1:], found, margins.age_band_counts):
        label = Message("aged {low} to {high}", low=low, high=high - 1) if high < 200 else Message("aged {low} or more",
                                                                                                   low=low)
        yield label, SHARE, share, official / margins.population
    kinds = np.bincount(_classify(one), minlength=len(KIND_LABELS)) / count
    for label_text, share, official in zip(KIND_LABELS, kinds, margins.household_kind_counts):
        yield Message(label_text), SHARE, share, official / margins.households
    yield from _measure_resources(one)


def _classify(one: CommuneMembers) -> np.ndarray:
    home, role = one.people["household"], one.people["role"]
    children = np.bincount(home[role == CHILD], minlength=len(one.sizes))
    partners = np.bincount(home[role == PARTNER], minlength=len(one.sizes))
    return classify_households(one.sizes, children, partners > 0)


def _measure_resources(one: CommuneMembers) -> Iterator[tuple[Message, str, float, float]]:
    """Tenure, income and work, of those of whom the files tell them."""
    margins, tenure, income = one.margins, one.homes["tenure"], one.homes["income"]
    if (tenure >= 0).any():
        yield (Message("owner-occupiers"), SHARE, (tenure == 0).sum() / (tenure >= 0).sum(),
               margins.owner_occupied / margins.households)
    known = ~np.isnan(income)
    if known.any():
        weights = one.sizes[known]
        order = np.argsort(income[known], kind="stable")
        below = np.cumsum(weights[order]) / weights.sum()
        median = income[known][order][min(int(np.searchsorted(below, 0.5)), len(order) - 1)]
        yield Message("median income per consumption unit"), EUROS, median, margins.median_income_eur
        line = Model().population.poverty_line
        yield (Message("below the poverty line"), SHARE, weights[income[known] < line].sum() / weights.sum(),
               margins.poverty_pct / 100)
    age, job = one.people["age"], one.people["job"]
    active = (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1]) & (job > 0)
    if active.any():
        yield (Message("unemployed, of those who work or look for work"), SHARE, (job[active] == 1).mean(),
               margins.unemployed15_64 / max(margins.active15_64, 1))
