"""A lever played on a world of 300 people: half a year of calm with a New Year in it, then a week of heat for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from simulator.levers.active import ActiveLever
from simulator.levers.card import Lever
from simulator.levers.modifiers import Turned
from simulator.levers.project import PROJECTS, planned_sites
from simulator.parameters import Model
from simulator.phases.order import advance
from simulator.phases.step.context import Moment
from simulator.world.ledger import Ledger
from simulator.world.sites.candidate import add_planned_sites
from simulator.world.world import World
from tests.levers.example import shipped
from tests.phases.helping import Card
from tests.phases.small_world import small_world

WEEKS, DAYS, WEEK = 26, 7, 7
HEAT = Card("heat", "flow", [0.6, 0.8, 0.6, 0.3], [0, 0, 2.0, 0], damage=0.12, damage_by="frailty")
HEAT.trust_loss = 0.0  # type: ignore[attr-defined]


@dataclass
class Played:
    """What a small run leaves: the world, and the sums of its ledger over calm and crisis."""

    world: World
    calm: Ledger
    crisis: Ledger

    def count(self, name: str) -> int:
        """Events of one kind in the whole run."""
        place = Ledger.COUNTS.index(name)
        return int(self.calm.counts[place] + self.crisis.counts[place])

    def good(self, name: str) -> int:
        """Goods of one kind that flowed in the whole run."""
        place = Ledger.GOODS.index(name)
        return int(self.calm.goods[place] + self.crisis.goods[place])


def model() -> Model:
    """Numbers at which something happens among 300 people in half a year."""
    settings = Model()
    settings.joining.rate, settings.joining.no_time, settings.joining.distance = 0.5, 2.0, 2.0
    settings.hearing.visibility, settings.hearing.mouth = 0.3, 1.3
    settings.funding.renewal, settings.asking.ask = 0.7, 0.4
    return settings


@lru_cache
def ground() -> World:
    """The world all small runs begin in: large sites with empty pools, which only their members know."""
    world = small_world(3, 300, model())
    with world.lend(["sites.places", "sites.pool", "people.aware"]):
        world.sites.places[:] *= 3
        world.sites.pool[:] = 0
        world.people.aware[world.people.member < 0] = 0
    return world


def prompt(card: Lever) -> Lever:
    """The lever at once, at its greatest dose (whole sites apart), on everyone and everything it may reach."""
    target = replace(card.target, coverage=1.0, near_sites_km=0.0)
    dose = card.dose if any(turn.handle == PROJECTS for turn in card.turns) else card.dose_high
    days = 0 if card.window.days > WEEKS * WEEK + DAYS else card.window.days
    ramp = 56 if card.projects.days else 0
    window = replace(card.window, start="levers", lead_time_days=0, ramp_days=ramp, days=days)
    return replace(card, dose=dose, target=target, window=window)


def small_run(card: Lever | None, seen: Callable[[World, int], None] | None = None) -> Played:
    """Play it; seen(world, day) is called after each step."""
    world = ground().copy()
    levers = [ActiveLever(card, 0)] if card else []
    for one in levers:
        one.resolve(world)
        add_planned_sites(world, planned_sites(one, world))
    played = Played(world, Ledger(), Ledger())
    exposed = np.full(world.people.rows, 0.8, np.float32)
    for day, span in [*((WEEK * k, WEEK) for k in range(WEEKS)), *((WEEK * WEEKS + k, 1) for k in range(DAYS))]:
        hit = day >= WEEK * WEEKS
        hazard = SimpleNamespace(card=HEAT, started=day == WEEK * WEEKS, days_since=day - WEEK * WEEKS,
                                 exposure=exposed, restock=1.0)
        world.ledger.clear()
        advance(world, Moment(day, span, world.key, Turned(world, levers, day=day), [hazard] if hit else [],
                              year_turns=(2026,) if day == 13 * WEEK else (), onset=WEEK * WEEKS if hit else None))
        flows = world.ledger.arrays()
        for name, total in (played.crisis if hit else played.calm).arrays().items():
            total += flows[name]
        if seen is not None:
            seen(world, day)
    return played


@lru_cache
def without() -> Played:
    """The small run without levers."""
    return small_run(None)


def with_lever(name: str) -> Played:
    """The small run with a shipped lever."""
    return small_run(prompt(shipped(name)))
