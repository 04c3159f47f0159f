"""A lever played in a world of 300 residents: half a calm year with a New Year in it, then a week of heat for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from simulator.levers.active_lever import ActiveLever
from simulator.levers.card import Lever
from simulator.levers.modifiers import ModifierValues
from simulator.levers.planned_sites import NEW_SITES_HANDLE, resolve_planned_sites
from simulator.parameters import Model
from simulator.phases.order import run_phases
from simulator.phases.step.context import StepContext
from simulator.world.ledger import Ledger
from simulator.world.sites.candidate import add_planned_sites
from simulator.world.world import World
from tests.levers.example import shipped
from tests.phases.helping import Card
from tests.phases.small_world import ADULT, small_world

WEEKS, DAYS, WEEK = 26, 7, 7
HEAT = Card("heat", "flow", [0.6, 0.8, 0.6, 0.3], [0, 0, 2.0, 0], kinds=["cooling"])


@dataclass
class Played:
    """The result of a small run: the world, and the sums of its ledger over calm and crisis."""

    world: World
    calm: Ledger
    crisis: Ledger

    def count(self, name: str) -> int:
        """Events of one kind in the whole run."""
        place = Ledger.COUNTS.index(name)
        return int(self.calm.counts[place] + self.crisis.counts[place])

    def good(self, name: str) -> int:
        """Flow of one kind of goods in the whole run."""
        place = Ledger.GOODS.index(name)
        return int(self.calm.goods[place] + self.crisis.goods[place])


def model() -> Model:
    """Parameters at which enough happens among 300 residents in half a year."""
    settings = Model()
    settings.joining.rate, settings.joining.no_time, settings.joining.distance = 2.0, 2.0, 2.0
    settings.hearing.visibility, settings.hearing.word_of_mouth = 0.3, 1.3
    settings.funding.renewal, settings.asking.ask = 0.7, 0.4
    return settings


@lru_cache
def initial_world() -> World:
    """The world in which all small runs begin: large sites with empty pools, known only to their members."""
    world = small_world(3, 300, model())
    with world.writable(["sites.places", "sites.pool", "people.aware"]):
        world.sites.places[:] *= 3
        world.sites.pool[:] = 0
        world.people.aware[world.people.member < 0] = 0
    return world


def immediate(card: Lever) -> Lever:
    """The lever without lead time, at its greatest dose (but for new sites), for everybody its target allows."""
    target = replace(card.target, coverage=1.0, near_sites_km=0.0)
    dose = card.dose if any(modifier.handle == NEW_SITES_HANDLE for modifier in card.modifiers) else card.dose_high
    days = 0 if card.window.days > WEEKS * WEEK + DAYS else card.window.days
    ramp = 56 if card.new_sites.days else 0
    window = replace(card.window, start="levers", lead_time_days=0, ramp_days=ramp, days=days)
    return replace(card, dose=dose, target=target, window=window)


def small_run(card: Lever | None, on_step: Callable[[World, int], None] | None = None) -> Played:
    """Play a run with this lever; on_step(world, day) is called after each step."""
    world = initial_world().copy()
    levers = [ActiveLever(card, 0)] if card else []
    for active in levers:
        active.resolve(world)
        add_planned_sites(world, resolve_planned_sites(active, world))
    played = Played(world, Ledger(), Ledger())
    exposed, onset = np.full(world.people.rows, 0.8, np.float32), WEEK * WEEKS
    adults = np.repeat((world.people.age >= ADULT)[:, None], 4, axis=1).astype(np.float32)
    for day, span in [*((WEEK * k, WEEK) for k in range(WEEKS)), *((WEEK * WEEKS + k, 1) for k in range(DAYS))]:
        in_crisis = day >= onset
        hazard = SimpleNamespace(card=HEAT, started=day == onset, days_since=day - onset, exposure=exposed, restock=1.0,
                                 need_weights=adults)
        world.ledger.clear()
        handles = ModifierValues(world, levers, day=day)
        run_phases(world, StepContext(day, span, world.key, handles, [hazard] if in_crisis else [],
                                      new_years=(2026,) if day == 13 * WEEK else (),
                                      onset=onset if in_crisis else None, crisis_day=onset if in_crisis else None,
                                      crisis_delay=float(HEAT.institution_delay)))
        flows = world.ledger.arrays()
        for name, total in (played.crisis if in_crisis else played.calm).arrays().items():
            total += flows[name]
        if on_step is not None:
            on_step(world, day)
    return played


@lru_cache
def without() -> Played:
    """The small run without levers."""
    return small_run(None)


def with_lever(name: str) -> Played:
    """The small run with a shipped lever."""
    return small_run(immediate(shipped(name)))
