"""The run that properties are tested on: 500 residents, four sites, calm weeks, two overlapping crises, calm weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from simulator.cards.reader import build_card, read_yaml_card
from simulator.crises.card import Crisis, Exposure, Heat, NeedRate, NeedRates, Service, Services
from simulator.engine.loop import Engine, set_num_threads
from simulator.levers.card import Lever
from simulator.parameters import Model
from simulator.records.record import Record
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.build import build_world
from simulator.world.places.territory import Territory
from simulator.world.sites.site_card import SiteCard
from simulator.world.world import World
from tests.agents.village import closure, heat
from tests.levers.example import shipped

CONFIGS = Path(__file__).parents[2] / "configs"
PLACE = Territory("village", communes=["93071"], residents=500, generic_sites_per_neighbourhood=2)
LEVERS_DAY, ONSET = 21, 57
HEAT = replace(heat("2025-02-04", 5),
               needs=NeedRates(food=NeedRate(0.5, 1.0), equipment=NeedRate(1.5), assistance=NeedRate(1.0, 6.0)),
               heat=Heat(dose=5.0, rise=5.0, rise_days=3, after_days=5),
               exposure=Exposure(base=0.6, top_floor=0.2, poor_insulation=0.2),
               services=Services(visits=Service(0.5), phone=Service(0.5)))
CLOSURE = closure("2025-02-06", 3)
"""Harder than the cards: in a village where everybody is somebody's neighbour, little goes unmet."""
WHO = ("run", "levers", "portfolio")
"""Columns that only identify the run."""
EUROS = ("cost_low", "cost", "cost_high")


@lru_cache
def site_cards() -> tuple[SiteCard, ...]:
    """The cards of configs/site."""
    return tuple(build_card(SiteCard, *read_yaml_card(path)) for path in sorted((CONFIGS / "site").glob("*.yaml")))


def trial(*levers: Lever, seed: int = 1, crises: Sequence[Crisis] = (HEAT, CLOSURE), place: Territory = PLACE,
          model: Model | None = None, **dates: Any) -> Run:
    """The run with these levers, which may begin on day 21; heat comes on day 57, closures two days later."""
    calendar = Calendar(**{"start": "2024-12-09", "levers": "2024-12-30", "recovery_days": 14, "horizon_days": 35,
                           **dates})
    return Run(Scenario(place, site_cards(), calendar, tuple(crises)), model or Model(), levers, seed)


def quick(name: str, lead: int = 7, ramp: int = 14, **window: Any) -> Lever:
    """A shipped lever that begins and ramps up in days instead of months."""
    card = shipped(name)
    return replace(card, window=replace(card.window, lead_time_days=lead, ramp_days=ramp, **window))


def every_lever() -> tuple[Lever, ...]:
    """All shipped levers, quick; one of them ends before the run does, and one opens two sites one after the other."""
    cards = {path.stem: quick(path.stem) for path in sorted((CONFIGS / "lever").glob("*.yaml"))}
    cards["outreach"] = quick("outreach", days=28)
    cards["stable_funding"] = quick("stable_funding", lead=0, ramp=0)
    cards["open_project"] = replace(quick("open_project"), dose=2.0)
    cards["insulation"] = replace(cards["insulation"], dose=1.0)
    return tuple(cards.values())


def played(run: Run, world: World | None = None) -> Engine:
    """The run played to its end on one thread, from `world` or from the world that it builds."""
    set_num_threads(1)
    engine = Engine(run, world=world)
    while not engine.is_done:
        engine.step()
    engine.finish_record()
    return engine


def fresh(run: Run) -> World:
    """The world in which a run begins."""
    return build_world(run.scenario.territory, run.model, run.seed, {card.id: card for card in run.scenario.sites})


def unlike(one: Record, other: Record, but: Sequence[str] = WHO) -> list[str]:
    """table.column of what differs between two finished records, to the last bit, but for some columns."""
    out = []
    for name, table in one.tables.items():
        for column, values in table.items():
            others = other.tables[name][column]
            same = (values.tolist() == others.tolist() if values.dtype == object
                    else values.tobytes() == others.tobytes())
            if column not in but and not same:
                out.append(f"{name}.{column}")
    return out


def column(engine: Engine, name: str) -> np.ndarray:
    """A column of the finished run's series."""
    return engine.record.tables["series"][name]
