"""Small worlds in which a crisis has left something open, and single phases played on them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from simulator.parameters import Model
from simulator.world.population.people import HIT
from simulator.world.world import World
from tests.phases.helping import FLOOD, hazard, moment
from tests.phases.small_world import ADULT, small_world

N = 200
EVERYONE = np.ones(N, np.float32)


def model(**numbers: float) -> Model:
    """The model with other numbers: model(aftermath_home=0.0)."""
    out = Model()
    for name, value in numbers.items():
        group = next(group for group in vars(out) if name.startswith(f"{group}_"))
        setattr(getattr(out, group), name.removeprefix(f"{group}_"), value)
    return out


def without_own_means(**numbers: float) -> Model:
    """The model in which nobody has a pace of their own or of the home, or is insured."""
    none = {f"aftermath_{kind}_{domain}": 0.0 for kind, domains in
            (("pace", ("food", "equipment", "assistance", "know_how")), ("income", ("food", "equipment")))
            for domain in domains}
    return model(**none, aftermath_home=0.0, aftermath_insured=0.0, **numbers)


def hit_world(need: int = 0, aftermath: int = 0, *, seed: int = 2, settings: Model | None = None,
              **columns: Any) -> World:
    """Every adult has a crisis need, every household has aftermath, in each domain; thousandths. All are hit.

    columns: other columns to set, such as people_functioning=1.0. Stocks and kits at home are empty.
    """
    world = small_world(seed, N, settings)
    adults = world.people.age >= ADULT
    written = {"people_crisis_backlog": np.where(adults[:, None], need, 0),
               "people_crisis_need": np.where(adults[:, None], need, 0),
               "people_first_need": np.where(adults & (need > 0), 0, -1), "people_crisis_marks": HIT,
               "households_aftermath": aftermath, "households_aftermath_made": aftermath,
               "households_aftermath_on": 0 if aftermath else -1, "households_stock": 0, "households_kit": 0, **columns}
    for name, value in written.items():
        table, _, column = name.partition("_")
        with world.writable([f"{table}.{column}"]):
            getattr(getattr(world, table), column)[:] = value
    return world


def play_phase(world: World, phase: ModuleType, day: int = 0, span: int = 1, *, card: Any = FLOOD,
               since: int | None = 1, exposure: np.ndarray = EVERYONE, crisis_day: int | None = None,
               cuts: tuple[str, ...] = (), **handles: Any) -> World:
    """Play one phase in a step of a crisis that began `since` days ago, None for a crisis that is over."""
    hazards = () if since is None else (hazard(card, exposure, since),)
    world.ledger.clear()
    with world.writable(phase.WRITES):
        phase.step(world, moment(world, day, span, hazards, crisis_day=crisis_day, cuts=cuts, **handles))
    return world


def open_needs(world: World) -> np.ndarray:
    """int64[4]: open crisis needs and aftermath, by domain."""
    return (world.people.crisis_backlog.sum(axis=0, dtype=np.int64)
            + world.households.aftermath.sum(axis=0, dtype=np.int64))
