"""Who is hit by a crisis, and how strongly."""

from __future__ import annotations

import numpy as np

from ..kernel.name_hash import hash31
from ..kernel.random import uniform
from ..kernel.stream import HIT
from ..world.world import World
from .card import Crisis

NEIGHBOURHOOD, BUILDING, SITE, RUNOFF = 1, 2, 3, 4
"""Luck of what is struck is drawn apart for each kind of place (feeders: 0)."""
STAIRS_FROM, STAIRS_OVER = 2, 6
"""A lift that fails weighs from the floor above this one, in full so many floors higher (model 7.9)."""
OLD, ILL, PRAM, GROWN = 70, 0.4, 3, 18
"""Assumed: old from this age, ill from this frailty, in a pram below this age; years."""


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
    if spec.evacuated > 0:
        by_home += spec.evacuated * emptied(card, world)[homes.building]
    if spec.runoff_ground_floor > 0:
        wet = runoff(card, world)[world.buildings.neighbourhood[homes.building]]
        by_home += spec.runoff_ground_floor * (wet & (homes.floor == 0))
    if spec.neighbourhood > 0:
        by_home += spec.neighbourhood * struck(card, world)[world.buildings.neighbourhood[homes.building]]
    one_by_one = spec.lift_failure > 0 or spec.heating_failure > 0 or spec.site_users > 0
    hit = by_home[people.household] + (_one_by_one(card, world) if one_by_one else 0.0)
    return np.minimum(hit * card.severity, 1.0).astype(np.float32)


def _one_by_one(card: Crisis, world: World) -> np.ndarray:
    """float64[n]: parts of the exposure that differ inside a household."""
    spec, people, homes, where = card.exposure, world.people, world.households, world.buildings
    out = np.zeros(people.rows)
    if spec.lift_failure > 0 or spec.heating_failure > 0:
        floor, house = homes.floor[people.household].astype(np.float64), people.building
        stairs = np.clip((floor - STAIRS_FROM) / STAIRS_OVER, 0, 1) * where.lift[house]
        out += (spec.lift_failure * stairs + spec.heating_failure) * where.failing[house] * held_back(world)
    if spec.site_users > 0:
        closed = shut_sites(card, world)
        out += spec.site_users * ((people.member >= 0) & np.append(closed, False)[people.member])
    return out


def held_back(world: World) -> np.ndarray:
    """bool[n]: old, ill, or an adult with a child in a pram: for whom stairs, or a cold home, are a burden."""
    people = world.people
    pram = np.zeros(world.households.rows, bool)
    pram[people.household[people.age < PRAM]] = True
    weak = (people.age >= OLD) | (people.frailty >= ILL) | (people.age < PRAM)
    return weak | (pram[people.household] & (people.age >= GROWN))


def _luck(card: Crisis, world: World, uid: np.ndarray, domain: int) -> np.ndarray:
    """float64[k] in (0, 1) of one card, by identity: a wider crisis contains a narrower one."""
    name = hash31(card.id)
    return np.array([uniform(world.key, int(one), name, 0, HIT, domain) for one in uid], np.float64)


def _chosen(luck: np.ndarray, able: np.ndarray, share: float) -> np.ndarray:
    """bool[k]: a share of those able, at least one of them."""
    least = np.where(able, luck, np.inf).min(initial=np.inf)
    return able & ((luck < share) | (luck == least))


def struck(card: Crisis, world: World) -> np.ndarray:
    """bool[z]: neighbourhoods that are struck; of priority districts only, where there are any, if the card says so."""
    table = world.neighbourhoods
    able = table.priority == 1
    if card.exposure.neighbourhood_among == "all" or not able.any():
        able = np.ones(table.rows, bool)
    return _chosen(_luck(card, world, table.uid, NEIGHBOURHOOD), able, card.exposure.neighbourhood_share)


def runoff(card: Crisis, world: World) -> np.ndarray:
    """bool[z]: neighbourhoods outside flood zones where storm water gathers; none if the card knows no runoff."""
    table, spec = world.neighbourhoods, card.exposure
    dry = table.flood_zone == 0
    if spec.runoff_ground_floor == 0 or not dry.any():
        return np.zeros(table.rows, bool)
    return _chosen(_luck(card, world, table.uid, RUNOFF), dry, spec.runoff_share)


def emptied(card: Crisis, world: World) -> np.ndarray:
    """bool[b]: buildings that are emptied: of failing co-ownerships, or where there are none, of any building."""
    table = world.buildings
    able = (table.failing == 1) & (table.households > 0)
    able = able if able.any() else table.households > 0
    luck = np.ones(table.rows)
    luck[able] = _luck(card, world, table.uid[able], BUILDING)
    return _chosen(luck, able, card.exposure.evacuated_share if (table.failing == 1).any() else 0.0)


def shut_sites(card: Crisis, world: World) -> np.ndarray:
    """bool[s]: sites that are shut or slowed down."""
    table, place = world.sites, world.sites.neighbourhood
    if card.sites.where == "nowhere" or not table.rows:
        return np.zeros(table.rows, bool)
    inside = np.ones(table.rows, bool)
    if card.sites.where != "everywhere":
        wet = card.sites.where == "flooded"
        there = (world.neighbourhoods.flood_zone == 1) | runoff(card, world) if wet else struck(card, world)
        inside = (place >= 0) & there[place]
    return inside & (_luck(card, world, table.uid, SITE) < card.sites.share)


def under_roof(world: World) -> np.ndarray:
    """bool[h]: on the highest floor lived on in the building, from the second floor above ground upwards."""
    homes = world.households
    top = np.zeros(world.buildings.rows, np.int64)
    np.maximum.at(top, homes.building, homes.floor)
    return (homes.floor == top[homes.building]) & (homes.floor >= 2)


def _insulated_badly(world: World) -> np.ndarray:
    homes = world.households
    return (world.buildings.poor_insulation[homes.building] == 1) & (homes.insulated == 0)


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
