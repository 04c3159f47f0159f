"""The same world with rows in another order: households within buildings, residents within households."""

from __future__ import annotations

import numpy as np

from simulator.world.places.place import Households
from simulator.world.population.people import People, Ties
from simulator.world.world import World


def relabelled(world: World, seed: int) -> tuple[World, np.ndarray, np.ndarray]:
    """The world, the old row of each new resident, and the old row of each new household."""
    rng = np.random.default_rng(seed)
    people, homes = world.people, world.households
    house_order = np.lexsort((rng.random(len(homes)), homes.building))
    house_rank = np.argsort(house_order)
    order = np.lexsort((rng.random(len(people)), house_rank[people.household]))
    rank = np.argsort(order)
    columns = {name: array[order] for name, array in people.arrays().items()}
    columns["household"] = house_rank[people.household[order]]
    columns["promise"] = relabel_rows(columns["promise"], rank)
    houses = {name: array[house_order] for name, array in homes.arrays().items()}
    houses["first"] = np.cumsum(houses["size"]) - houses["size"]
    houses["lead"] = rank[homes.lead[house_order]]
    ties = {name: array[order] for name, array in world.ties.arrays().items()}
    for part in ("alter.first", "alter.rest"):
        ties[part] = relabel_rows(ties[part], rank)
    tables = {name: table.copy() for name, table in world.tables().items()}
    tables |= {"people": People(len(people), **columns), "households": Households(len(homes), **houses),
               "ties": Ties(len(people), **ties)}
    other = World(world.settings, world.key, **tables,
                  adults_by_building=rank[world.adults_by_building].astype(np.int32),
                  adults_by_neighbourhood=rank[world.adults_by_neighbourhood].astype(np.int32), raster=world.raster)
    return other, order, house_order


def relabel_rows(rows: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """New rows of residents in place of old ones; negative numbers stand for nobody or somebody off the map."""
    return np.where(rows >= 0, rank[rows], rows)


def mismatches(one: World, other: World, order: np.ndarray, house_order: np.ndarray) -> list[str]:
    """Names of columns, and of parts of the ledger, that differ between a world and its relabelling."""
    columns = one.people.arrays()
    columns["promise"] = relabel_rows(columns["promise"], np.argsort(order))
    out = [f"people.{name}" for name, array in columns.items()
           if name != "household" and not np.array_equal(array[order], other.people.arrays()[name])]
    houses = other.households.arrays()
    out += [f"households.{name}" for name, array in one.households.arrays().items()
            if name not in ("first", "lead") and not np.array_equal(array[house_order], houses[name])]
    out += [f"ties.{name}" for name in ("degree", "trust", "alter_trust", "kind")
            if not np.array_equal(getattr(one.ties, name)[order], getattr(other.ties, name))]
    out += [f"sites.{name}" for name, array in one.sites.arrays().items()
            if not np.array_equal(array, other.sites.arrays()[name])]
    return out + [f"ledger.{name}" for name, array in one.ledger.arrays().items()
                  if not np.array_equal(array, getattr(other.ledger, name))]
