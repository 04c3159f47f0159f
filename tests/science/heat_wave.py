"""A wave of heat in the neighbourhoods around the three sites, frozen as they stand at the start: only heat acts."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from simulator.cards.reader import build_card, read_yaml_card
from simulator.crises.active_crisis import activate_crises, compute_service_factors, list_local_factors
from simulator.crises.card import Crisis
from simulator.levers.modifiers import ModifierValues
from simulator.parameters import Model
from simulator.phases import heat as heat_phase
from simulator.phases.step.context import StepContext
from simulator.rules import heat
from simulator.world.build import build_world
from simulator.world.places.territory import Territory
from simulator.world.world import World
from tests.crises.example import shipped
from tests.properties.trial_run import CONFIGS, site_cards

P = Model().heat.numbers
DAYS = 36
"""Days of a trial: hot days and the strain that they leave."""
AUGUST = 20
"""Days over which the excess of August 2003 was counted, nine of them very hot."""


class FirstDay:
    """A calendar on which every date is day 0."""

    def day(self, iso: str) -> int:
        """0."""
        return 0


@lru_cache
def three_sites(seed: int = 1) -> World:
    """The territory of the main job, as built."""
    place = build_card(Territory, *read_yaml_card(CONFIGS / "territory" / "three_sites.yaml"))
    return build_world(place, Model(), seed, {card.id: card for card in site_cards()})


class Wave:
    """A wave in a copy of a world in which nothing else happens. by_day: expected excess deaths, cumulated."""

    def __init__(self, card: Crisis, seed: int = 1, change=lambda world: None, days: int = DAYS) -> None:
        self.world = three_sites(seed).copy()
        change(self.world)
        crises, by_day = activate_crises([card], FirstDay()), []
        for day in range(days):
            handles = ModifierValues(self.world, (), compute_service_factors(crises, day), day,
                                     list_local_factors(crises, day, self.world))
            states = [crisis.state_at(day, 1, self.world) for crisis in crises]
            context = StepContext(day, 1, self.world.key, handles, [state for state in states if state], onset=0)
            self.world.ledger.clear()
            with self.world.writable(heat_phase.WRITES):
                heat_phase.step(self.world, context)
            by_day.append(self.world.people.excess_hazard.sum(dtype=np.float64))
        self.by_day = np.array(by_day)
        people = self.world.people
        self.age, self.excess, self.home, self.usual = (column.astype(np.float64) for column in (
            people.age, people.excess_hazard, people.home_hazard, people.baseline_hazard))

    def over_usual(self, of: np.ndarray) -> float:
        """Excess over usual deaths of the residents bool[n]."""
        return float(self.excess[of].sum() / self.usual[of].sum())

    def percent_of_august(self) -> float:
        """Excess in per cent of the usual deaths of 20 days."""
        people = self.world.people
        factors = heat_phase.tabulate_income_factors(Model())[self.world.households.quintile[people.household]]
        a_day = sum(heat.usual_deaths_a_day(float(age), int(sex), float(factor), P)
                    for age, sex, factor in zip(people.age, people.sex, factors, strict=True))
        return float(100 * self.excess.sum() / (AUGUST * a_day))

    def ratio_at_home(self, group: np.ndarray, among: np.ndarray, others: np.ndarray | None = None) -> float:
        """Deaths at home over usual ones in a group and outside it, at equal age: means over bands of five years."""
        sums, others = np.zeros(2), ~group if others is None else others
        for first in range(65, 100, 5):
            band = among & (self.age >= first) & (self.age < first + 5)
            inside, outside = band & group, band & others
            if inside.sum() >= 5 and outside.sum() >= 5:
                sums += [self.usual[inside].sum() * self.home[rows].sum() / self.usual[rows].sum()
                         for rows in (inside, outside)]
        return float(sums[0] / sums[1])


@lru_cache
def wave(name: str, **entries) -> Wave:
    """A wave of a shipped card with these entries."""
    return Wave(replace(shipped(name), **entries))
