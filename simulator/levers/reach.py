"""Whom a lever reaches, determined once, on the day it begins to act."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel
from ..kernel.keyed_random import draw_uniform
from ..kernel.name_hash import hash31
from ..kernel.random_streams import LEVER_COVERAGE
from ..rules.need_domains import KIT_KINDS, MILLI
from ..world.ties.isolation import flag_isolated_residents
from ..world.world import World
from .card import HOUSEHOLD_TYPES, Lever, LeverTarget, NeighbourhoodRule

SUM_SCALE = 1 << 20
"""Fixed point of sums over residents: integers, so that the order of rows cannot matter."""
LANGUAGE_BARRIER = 0
"""Column of the language barrier in people.barrier."""
STRONG_AGENCY = 0.7
"""Power to act from which residents start projects by themselves (model 7.6)."""
HIGH_BARRIER = 0.5
"""Barrier from which a resident counts as held back: joining falls by 40 % at a site of average welcome (assumed)."""


@dataclass(frozen=True)
class LeverReach:
    """Rows reached, ascending: int64[...] of sites, residents, institutions and neighbourhoods."""

    sites: np.ndarray
    residents: np.ndarray
    institutions: np.ndarray
    neighbourhoods: np.ndarray

    def rows(self, owner: str) -> np.ndarray:
        """Rows of one kind of owner; the territory has the one row 0, of a lever that reaches anything at all."""
        if owner == "territory":
            return np.zeros(int(any(array.size for array in self.arrays().values())), np.int64)
        return getattr(self, {"site": "sites", "resident": "residents", "institution": "institutions"}[owner])

    def arrays(self) -> dict[str, np.ndarray]:
        """Its arrays, for a snapshot; `LeverReach(**arrays)` restores it."""
        return {name: getattr(self, name) for name in ("sites", "residents", "institutions", "neighbourhoods")}


def resolve_reach(lever: Lever, world: World) -> LeverReach:
    """Whom the lever reaches in the current world."""
    target = lever.target
    neighbourhoods = select_target_neighbourhoods(target, world)
    sites = select_target_sites(target, world, neighbourhoods)
    residents = _select_target_residents(target, world, neighbourhoods, sites)
    if target.coverage < 1.0:
        residents &= draw_coverage(lever.id, target.coverage, world, target.coverage_of)
    institutions = np.ones(world.communes.rows, bool)
    if codes := target.institutions or target.communes:
        institutions = np.isin(world.communes.code[world.institutions.commune], codes)
    return LeverReach(sites, *map(np.flatnonzero, (residents, institutions, neighbourhoods)))


def select_target_neighbourhoods(target: LeverTarget, world: World) -> np.ndarray:
    """bool[z]: neighbourhoods in the target's communes and districts that its rule selects."""
    table = world.neighbourhoods
    inside = np.ones(table.rows, bool)
    if target.communes:
        inside &= np.isin(world.communes.code[table.commune], target.communes)
    if target.priority_district:
        inside &= table.priority == 1
    return _apply_neighbourhood_rule(target.neighbourhoods, world, inside)


def _apply_neighbourhood_rule(rule: NeighbourhoodRule, world: World, inside: np.ndarray) -> np.ndarray:
    """bool[z]: the `count` lowest or highest of the neighbourhoods inside bool[z]; equal ones go to the smaller uid."""
    if rule.rule == "all":
        return inside
    score = score_neighbourhoods(rule.by, world)
    order = np.lexsort((world.neighbourhoods.uid, -score if rule.rule == "highest" else score))
    chosen = np.zeros(len(inside), bool)
    chosen[order[inside[order]][:rule.count]] = True
    return chosen


def score_neighbourhoods(by: str, world: World) -> np.ndarray:
    """float64[z]: a criterion by neighbourhood.

    neighbourhood_support: as in Neighbourhoods. places: places a week of open or planned sites, per adult. The others
    are means over living residents: awareness (share who know a site), frailty, income, unmet needs, and for agency
    the share with power to act of STRONG_AGENCY or more.
    """
    people, z = world.people, world.neighbourhoods.rows
    if by == "neighbourhood_support":
        return world.neighbourhoods.support.astype(np.float64)
    if by == "places":
        sites = world.sites
        counted = (sites.neighbourhood >= 0) & ((sites.open == 1) | (sites.planned == 1))
        total = _sum_by_group(sites.neighbourhood[counted], sites.places[counted].astype(np.float64), z)
        return total / np.maximum(world.neighbourhoods.adults, 1)
    value = {"awareness": lambda: (people.aware > 0).astype(np.float64), "frailty": lambda: people.frailty,
             "income": lambda: world.households.income[people.household],
             "unmet": lambda: people.backlog.sum(axis=1) / MILLI,
             "agency": lambda: people.agency >= STRONG_AGENCY}[by]()
    living = people.alive == 1
    count = np.bincount(people.neighbourhood[living], minlength=z)
    return _sum_by_group(people.neighbourhood[living], np.asarray(value, np.float64)[living], z) / np.maximum(count, 1)


def _sum_by_group(group: np.ndarray, value: np.ndarray, size: int) -> np.ndarray:
    """float64[size]: sum of the values of each group, exact in any order (integers below 2^53 in fixed point)."""
    return np.bincount(group, weights=np.rint(value * SUM_SCALE), minlength=size) / SUM_SCALE


def select_target_sites(target: LeverTarget, world: World, neighbourhoods: np.ndarray) -> np.ndarray:
    """int64[k]: rows of the open sites of the target.

    neighbourhoods bool[z]: those of the target. Sites are limited to them, but for `ids`; `nearest` are the sites
    nearest to the centre of any of them.
    """
    table, place = world.sites, world.sites.neighbourhood
    open_now = table.open == 1
    if target.sites == "none":
        return np.zeros(0, np.int64)
    if target.sites == "ids":
        return np.flatnonzero(open_now & np.isin(table.uid, target.site_ids))
    if target.sites == "nearest":
        x, y = world.neighbourhoods.x[neighbourhoods], world.neighbourhoods.y[neighbourhoods]
        distance = _nearest_distance_km(table.x, table.y, x, y)
        count = min(target.site_count, int(open_now.sum()))
        return _select_smallest(np.where(open_now, distance, np.inf), table.uid, count)
    bounded = bool(target.communes) or target.priority_district or target.neighbourhoods.rule != "all"
    inside = open_now & (((place >= 0) & neighbourhoods[place]) if bounded else True)
    if target.sites in ("real", "generic"):
        inside &= table.real == (target.sites == "real")
    if target.sites in ("lowest", "highest"):
        value = getattr(table, target.sites_by).astype(np.float64) * (1 if target.sites == "lowest" else -1)
        return _select_smallest(np.where(inside, value, np.inf), table.uid, min(target.site_count, int(inside.sum())))
    return np.flatnonzero(inside)


def _select_smallest(value: np.ndarray, uid: np.ndarray, count: int) -> np.ndarray:
    """int64[count]: rows of the smallest values, in ascending order; equal values go to the smaller uid."""
    return np.sort(np.lexsort((uid, value))[:count])


def _nearest_distance_km(x: np.ndarray, y: np.ndarray, to_x: np.ndarray, to_y: np.ndarray) -> np.ndarray:
    """float64[len(x)]: distance from (x, y) to the nearest of the points (to_x, to_y); infinite when there are none."""
    best = np.full(len(x), np.inf)
    for px, py in zip(to_x.astype(np.float64), to_y.astype(np.float64), strict=True):
        np.minimum(best, np.hypot(x - px, y - py), out=best)
    return best


def _select_target_residents(target: LeverTarget, world: World, neighbourhoods: np.ndarray,
                             sites: np.ndarray) -> np.ndarray:
    """bool[n]: living residents for whom every condition of the target holds. sites: rows of its sites."""
    people, homes = world.people, world.households
    mask = (people.alive == 1) & neighbourhoods[people.neighbourhood]
    mask &= (people.age >= target.age_low) & (people.age <= target.age_high)
    if target.near_sites_km > 0:
        table = world.buildings
        distance = _nearest_distance_km(table.x, table.y, world.sites.x[sites], world.sites.y[sites])
        mask &= (distance <= target.near_sites_km)[people.building]
    if target.gender != "all":
        mask &= people.sex == (target.gender == "women")
    if target.quintiles:
        mask &= np.isin(homes.quintile, target.quintiles)[people.household]
    if target.households:
        mask &= np.isin(homes.kind, [HOUSEHOLD_TYPES.index(kind) for kind in target.households])[people.household]
    if target.badly_insulated:
        mask &= ((world.buildings.poor_insulation[homes.building] == 1) & (homes.insulated == 0))[people.household]
    if target.without_kit:
        mask &= (homes.kit >> KIT_KINDS.index(target.without_kit) & 1 == 0)[people.household]
    if target.language_barrier:
        mask &= people.barrier[:, LANGUAGE_BARRIER] >= HIGH_BARRIER
    if target.membership != "all":
        mask &= (people.member >= 0) == (target.membership == "members")
    if target.consenting:
        mask &= people.consent == 1
    if target.isolated:
        mask &= flag_isolated_residents(world) == 1
    return mask


def draw_coverage(name: str, coverage: float, world: World, unit: str = "resident") -> np.ndarray:
    """bool[n]: a random share of residents, keyed on uid and card id (name): a wider coverage contains a narrower one.

    unit: "resident", or "household" or "building" when all their residents are covered together.
    """
    people = world.people
    uid = {"resident": people.uid, "household": world.households.uid[people.household],
           "building": world.buildings.uid[people.building]}[unit]
    numbers = np.empty(len(uid), np.float64)
    _draw_coverage_numbers(uid, world.key, hash31(name), numbers)
    return numbers < coverage


@parallel_kernel
def _draw_coverage_numbers(uid, key, name, out, chunk, chunks):
    """Into out float64[n]: uniform numbers in (0, 1), keyed on uid and name."""
    for i in chunk_range(len(uid), chunk, chunks):
        out[i] = draw_uniform(key, uid[i], name, 0, LEVER_COVERAGE)
