"""Who is hit by a crisis, and how strongly."""

from __future__ import annotations

import numpy as np

from ..kernel.draw import uniform
from ..kernel.name import hash31
from ..kernel.stream import HIT
from ..world.world import World
from .card import Crisis


def exposure(card: Crisis, world: World) -> np.ndarray:
    """float32[n], 0 to 1: shares of the card that hold for each resident, added, times severity.

    The cash cushion of `after_cushion` is left out here: see `spared`.
    """
    spec, people, homes = card.exposure, world.people, world.households
    by_home = np.full(homes.rows, spec.base, np.float64)
    for share, hit in ((spec.top_floor, under_roof), (spec.poor_insulation, _insulated_badly),
                       (spec.heat_island, _in_heat_island), (spec.flood_zone_ground_floor, _floodable),
                       (spec.failing_building, _failing)):
        if share > 0:
            by_home += share * hit(world)
    if spec.low_income > 0:
        by_home += spec.low_income * (homes.quintile <= spec.low_income_quintile)
    if spec.feeder > 0 and spec.feeder_share > 0:
        by_home += spec.feeder * cut_off(card, world)[homes.building]
    return np.minimum(by_home * card.severity, 1.0).astype(np.float32)[people.household]


def under_roof(world: World) -> np.ndarray:
    """bool[h]: on the highest floor lived on in the building, from the second floor above ground upwards."""
    homes = world.households
    top = np.zeros(world.buildings.rows, np.int64)
    np.maximum.at(top, homes.building, homes.floor)
    return (homes.floor == top[homes.building]) & (homes.floor >= 2)


def _insulated_badly(world: World) -> np.ndarray:
    return world.buildings.poor_insulation[world.households.building] == 1


def _in_heat_island(world: World) -> np.ndarray:
    return world.neighbourhoods.heat_island[world.buildings.neighbourhood[world.households.building]] == 1


def _floodable(world: World) -> np.ndarray:
    zone = world.neighbourhoods.flood_zone[world.buildings.neighbourhood[world.households.building]] == 1
    return zone & (world.households.floor == 0)


def _failing(world: World) -> np.ndarray:
    return world.buildings.failing[world.households.building] == 1


def cut_off(card: Crisis, world: World) -> np.ndarray:
    """bool[b]: buildings on a feeder that fails. Keyed on the feeder, so a wider failure contains a narrower one.

    At least one feeder fails, however small the territory: a cut that cuts nobody off is not a power cut.
    """
    feeder, which = np.unique(world.buildings.feeder, return_inverse=True)
    name = hash31(card.id)
    luck = np.array([uniform(world.key, int(one), name, 0, HIT) for one in feeder], np.float64)
    return ((luck < card.exposure.feeder_share) | (luck == luck.min()))[which]


def spared(card: Crisis, world: World) -> np.ndarray:
    """float32[n]: days a resident's household lives on its cash cushion before need begins, 0 without one."""
    if not card.exposure.after_cushion:
        return np.zeros(world.people.rows, np.float32)
    gap = min(1.0, card.exposure.income_gap * card.severity)
    days = world.households.cushion.astype(np.float64) / gap
    return days.astype(np.float32)[world.people.household]
