"""Whom a crisis exposes, and how strongly."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.keyed_random import draw_uniform, draw_words, normal_quantile, to_uniform
from ..kernel.name_hash import hash31
from ..kernel.random_streams import CRISIS_EXPOSURE, CRISIS_NEED
from ..rules.need_domains import DOMAINS
from ..rules.needing import ADULT_AGE
from ..world.world import World
from .card import Crisis

NEIGHBOURHOOD_DRAW, BUILDING_DRAW, SITE_DRAW, RUNOFF_DRAW = 1, 2, 3, 4
"""Sub-streams of CRISIS_EXPOSURE, one for each kind of place (power feeders use 0)."""
STAIRS_FIRST_FLOOR, STAIRS_FLOOR_RANGE = 2, 6
"""A failed lift counts from the floor above the first number on, in full so many floors higher (model 7.9)."""
OLD_AGE, ILL_FRAILTY, PRAM_AGE, CARER_AGE = 70, 0.4, 3, 18
"""Assumed: old from this age, ill from this frailty, in a pram below this age, a carer from this age; years."""


def compute_exposure(card: Crisis, world: World) -> np.ndarray:
    """float32[n], 0 to 1: the sum of the card's shares that apply to a resident, times severity.

    It leaves out `after_cushion`, which delays exposure: see `compute_cushion_days`.
    """
    spec, people, homes = card.exposure, world.people, world.households
    by_home = np.full(homes.rows, spec.base, np.float64)
    neighbourhood = world.buildings.neighbourhood[homes.building]
    for share, flag_homes in ((spec.top_floor, flag_top_floor_homes),
                              (spec.poor_insulation, _flag_poorly_insulated_homes),
                              (spec.heat_island, _flag_heat_island_homes),
                              (spec.flood_zone_ground_floor, _flag_floodable_homes),
                              (spec.failing_building, _flag_failing_homes)):
        if share > 0:
            by_home += share * flag_homes(world)
    if spec.low_income > 0:
        by_home += spec.low_income * (homes.quintile <= spec.low_income_quintile)
    if spec.feeder > 0 and spec.feeder_share > 0:
        by_home += spec.feeder * select_buildings_without_power(card, world)[homes.building]
    if spec.evacuated > 0:
        by_home += spec.evacuated * select_evacuated_buildings(card, world)[homes.building]
    if spec.runoff_ground_floor > 0:
        runoff = select_runoff_neighbourhoods(card, world)[neighbourhood]
        by_home += spec.runoff_ground_floor * (runoff & (homes.floor == 0))
    if spec.neighbourhood > 0:
        by_home += spec.neighbourhood * select_struck_neighbourhoods(card, world)[neighbourhood]
    individual = spec.lift_failure > 0 or spec.heating_failure > 0 or spec.site_users > 0
    total = by_home[people.household] + (_compute_individual_exposure(card, world) if individual else 0.0)
    return np.minimum(total * card.severity, 1.0).astype(np.float32)


def _compute_individual_exposure(card: Crisis, world: World) -> np.ndarray:
    """float64[n]: the parts of exposure that differ within a household."""
    spec, people, homes, buildings = card.exposure, world.people, world.households, world.buildings
    out = np.zeros(people.rows)
    if spec.lift_failure > 0 or spec.heating_failure > 0:
        floor, building = homes.floor[people.household].astype(np.float64), people.building
        stairs = np.clip((floor - STAIRS_FIRST_FLOOR) / STAIRS_FLOOR_RANGE, 0, 1) * buildings.lift[building]
        failure = spec.lift_failure * stairs + spec.heating_failure
        out += failure * buildings.failing[building] * flag_vulnerable_residents(world)
    if spec.site_users > 0:
        closed = select_closed_sites(card, world)
        out += spec.site_users * ((people.member >= 0) & np.append(closed, False)[people.member])
    return out


def flag_vulnerable_residents(world: World) -> np.ndarray:
    """bool[n]: burdened by stairs or a cold home: old, ill, a small child, or an adult whose household has one."""
    people = world.people
    pram = np.zeros(world.households.rows, bool)
    pram[people.household[people.age < PRAM_AGE]] = True
    weak = (people.age >= OLD_AGE) | (people.frailty >= ILL_FRAILTY) | (people.age < PRAM_AGE)
    return weak | (pram[people.household] & (people.age >= CARER_AGE))


def _draw_place_numbers(card: Crisis, world: World, uid: np.ndarray, domain: int) -> np.ndarray:
    """float64[k]: uniform numbers in (0, 1) keyed on uid and card id: a wider crisis contains a narrower one."""
    name = hash31(card.id)
    return np.array([draw_uniform(world.key, int(each), name, 0, CRISIS_EXPOSURE, domain) for each in uid], np.float64)


def _select_share(numbers: np.ndarray, eligible: np.ndarray, share: float) -> np.ndarray:
    """bool[k]: a share of the eligible, at least one: those whose number lies below the share."""
    least = np.where(eligible, numbers, np.inf).min(initial=np.inf)
    return eligible & ((numbers < share) | (numbers == least))


def select_struck_neighbourhoods(card: Crisis, world: World) -> np.ndarray:
    """bool[z]: struck neighbourhoods; in priority districts only, where there are any, if the card says so."""
    table = world.neighbourhoods
    eligible = table.priority == 1
    if card.exposure.neighbourhood_among == "all" or not eligible.any():
        eligible = np.ones(table.rows, bool)
    return _select_share(_draw_place_numbers(card, world, table.uid, NEIGHBOURHOOD_DRAW), eligible,
                         card.exposure.neighbourhood_share)


def select_runoff_neighbourhoods(card: Crisis, world: World) -> np.ndarray:
    """bool[z]: neighbourhoods outside flood zones where storm water gathers; none for a card without runoff."""
    table, spec = world.neighbourhoods, card.exposure
    dry = table.flood_zone == 0
    if spec.runoff_ground_floor == 0 or not dry.any():
        return np.zeros(table.rows, bool)
    return _select_share(_draw_place_numbers(card, world, table.uid, RUNOFF_DRAW), dry, spec.runoff_share)


def select_evacuated_buildings(card: Crisis, world: World) -> np.ndarray:
    """bool[b]: evacuated buildings: a share of failing co-ownerships, or one building where there are none."""
    table = world.buildings
    eligible = (table.failing == 1) & (table.households > 0)
    eligible = eligible if eligible.any() else table.households > 0
    numbers = np.ones(table.rows)
    numbers[eligible] = _draw_place_numbers(card, world, table.uid[eligible], BUILDING_DRAW)
    return _select_share(numbers, eligible, card.exposure.evacuated_share if (table.failing == 1).any() else 0.0)


def select_closed_sites(card: Crisis, world: World) -> np.ndarray:
    """bool[s]: sites that the crisis closes or slows down."""
    table, place = world.sites, world.sites.neighbourhood
    if card.sites.where == "nowhere" or not table.rows:
        return np.zeros(table.rows, bool)
    inside = np.ones(table.rows, bool)
    if card.sites.where != "everywhere":
        if card.sites.where == "flooded":
            struck = (world.neighbourhoods.flood_zone == 1) | select_runoff_neighbourhoods(card, world)
        else:
            struck = select_struck_neighbourhoods(card, world)
        inside = (place >= 0) & struck[place]
    return inside & (_draw_place_numbers(card, world, table.uid, SITE_DRAW) < card.sites.share)


def flag_top_floor_homes(world: World) -> np.ndarray:
    """bool[h]: homes on the highest inhabited floor of their building, if that is the second floor or higher."""
    homes = world.households
    top = np.zeros(world.buildings.rows, np.int64)
    np.maximum.at(top, homes.building, homes.floor)
    return (homes.floor == top[homes.building]) & (homes.floor >= 2)


def _flag_poorly_insulated_homes(world: World) -> np.ndarray:
    homes = world.households
    return (world.buildings.poor_insulation[homes.building] == 1) & (homes.insulated == 0)


def _flag_heat_island_homes(world: World) -> np.ndarray:
    return world.neighbourhoods.heat_island[world.buildings.neighbourhood[world.households.building]] == 1


def _flag_floodable_homes(world: World) -> np.ndarray:
    zone = world.neighbourhoods.flood_zone[world.buildings.neighbourhood[world.households.building]] == 1
    return zone & (world.households.floor == 0)


def _flag_failing_homes(world: World) -> np.ndarray:
    return world.buildings.failing[world.households.building] == 1


def select_buildings_without_power(card: Crisis, world: World) -> np.ndarray:
    """bool[b]: buildings on a power feeder that fails. Keyed on the feeder: a wider failure contains a narrower one.

    At least one feeder fails, however small the territory.
    """
    feeder, which = np.unique(world.buildings.feeder, return_inverse=True)
    name = hash31(card.id)
    numbers = np.array([draw_uniform(world.key, int(each), name, 0, CRISIS_EXPOSURE) for each in feeder], np.float64)
    return ((numbers < card.exposure.feeder_share) | (numbers == numbers.min()))[which]


def compute_need_weights(card: Crisis, start_day: int, world: World) -> np.ndarray:
    """float32[n, d]: factor on each resident's need in each domain: 0 for children and for those whom it spares.

    Drawn once for a resident and an occurrence of the crisis (start_day): the same people are in need all along, and
    who has a rare need also has the frequent ones.
    """
    people = world.people
    out = np.zeros((people.rows, len(DOMAINS)), np.float32)
    for d, domain in enumerate(DOMAINS):
        rate = getattr(card.needs, domain)
        if rate.base > 0 or rate.frailty > 0:
            _draw_need_weights(world.key, people.uid, people.age, hash31(card.id), start_day, d, rate.share,
                               rate.spread, out)
    out.flags.writeable = False
    return out


@kernel
def _draw_need_weights(key, uid, age, code, day, domain, share, spread, out):
    for i in range(uid.size):
        if age[i] >= ADULT_AGE:
            if draw_uniform(key, uid[i], code, day, CRISIS_NEED) < share:
                z = normal_quantile(to_uniform(draw_words(key, uid[i], code, day, CRISIS_NEED, domain)[1]))
                out[i, domain] = math.exp(spread * z)


def compute_cushion_days(card: Crisis, world: World) -> np.ndarray:
    """float32[n]: days a household lives on its cash cushion before its needs begin; 0 without `after_cushion`."""
    if not card.exposure.after_cushion:
        return np.zeros(world.people.rows, np.float32)
    gap = min(1.0, card.exposure.income_gap * card.severity)
    days = world.households.cushion.astype(np.float64) / gap
    return days.astype(np.float32)[world.people.household]
