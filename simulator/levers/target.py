"""Whom a lever reaches, worked out once, on the day it begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernel.compiled import parallel, portion
from ..kernel.name_hash import hash31
from ..kernel.random import uniform
from ..kernel.stream import COVER
from ..rules.domain import MILLI
from ..world.ties.isolation import isolated
from ..world.world import World
from .card import KINDS, Lever, Places, Target

FIXED = 1 << 20
"""Sums are taken in this fixed point, so that the order of rows cannot matter."""
LANGUAGE = 0
"""Which of the four barriers is language."""
STRONG_AGENCY = 0.7
"""Power to act of those who start something by themselves (model 7.6)."""
HELD_BACK = 0.5
"""A barrier this high holds back: joining falls by 40 % in a site of middling welcome (assumed)."""


@dataclass(frozen=True)
class Reach:
    """Rows reached, ascending: int64[...] of sites, residents, institutions and neighbourhoods."""

    sites: np.ndarray
    residents: np.ndarray
    institutions: np.ndarray
    neighbourhoods: np.ndarray

    def rows(self, owner: str) -> np.ndarray:
        """Rows of one kind of owner; the territory has the one row 0."""
        if owner == "territory":
            return np.zeros(1, np.int64)
        return getattr(self, {"site": "sites", "resident": "residents", "institution": "institutions"}[owner])

    def arrays(self) -> dict[str, np.ndarray]:
        """For a snapshot; `Reach(**arrays)` restores it."""
        return {name: getattr(self, name) for name in ("sites", "residents", "institutions", "neighbourhoods")}


def resolve(lever: Lever, world: World) -> Reach:
    """Whom the lever reaches in the world as it is now."""
    target = lever.target
    places = neighbourhoods(target, world)
    sites = sites_of(target, world, places)
    mask = _residents(target, world, places, sites)
    if target.coverage < 1.0:
        mask &= covered(lever.id, target.coverage, world, target.coverage_of)
    wanted = np.ones(world.communes.rows, bool)
    if target.institutions:
        wanted = np.isin(world.communes.code[world.institutions.commune], target.institutions)
    elif target.communes:
        wanted = np.isin(world.communes.code[world.institutions.commune], target.communes)
    return Reach(sites, np.flatnonzero(mask), np.flatnonzero(wanted), np.flatnonzero(places))


def neighbourhoods(target: Target, world: World) -> np.ndarray:
    """bool[z]: neighbourhoods within the target's communes and districts, then chosen by its rule."""
    table = world.neighbourhoods
    inside = np.ones(table.rows, bool)
    if target.communes:
        inside &= np.isin(world.communes.code[table.commune], target.communes)
    if target.priority_district:
        inside &= table.priority == 1
    return _ruled(target.neighbourhoods, world, inside)


def _ruled(places: Places, world: World, inside: np.ndarray) -> np.ndarray:
    """bool[z]: the lowest or highest few of those inside; ties go to the smaller uid."""
    if places.rule == "all":
        return inside
    rank = neighbourhood_rank(places.by, world)
    order = np.lexsort((world.neighbourhoods.uid, -rank if places.rule == "highest" else rank))
    chosen = np.zeros(len(inside), bool)
    chosen[order[inside[order]][: places.count]] = True
    return chosen


def neighbourhood_rank(by: str, world: World) -> np.ndarray:
    """float64[z]: climate, places per adult, or a mean over residents: awareness, frailty, income, needs unmet, and for
    agency the share of those with much power to act."""
    people, z = world.people, world.neighbourhoods.rows
    if by == "climate":
        return world.neighbourhoods.climate.astype(np.float64)
    if by == "places":
        sites = world.sites
        here = (sites.neighbourhood >= 0) & ((sites.open == 1) | (sites.planned == 1))
        total = _sum(sites.neighbourhood[here], sites.places[here].astype(np.float64), z)
        return total / np.maximum(world.neighbourhoods.adults, 1)
    value = {"awareness": lambda: (people.aware > 0).astype(np.float64), "frailty": lambda: people.frailty,
             "income": lambda: world.households.income[people.household],
             "unmet": lambda: people.backlog.sum(axis=1) / MILLI,
             "agency": lambda: people.agency >= STRONG_AGENCY}[by]()
    living = people.alive == 1
    count = np.bincount(people.neighbourhood[living], minlength=z)
    return _sum(people.neighbourhood[living], np.asarray(value, np.float64)[living], z) / np.maximum(count, 1)


def _sum(of: np.ndarray, value: np.ndarray, size: int) -> np.ndarray:
    """float64[size]: sums per row of `of`, exact whatever the order (whole numbers below 2^53)."""
    return np.bincount(of, weights=np.rint(value * FIXED), minlength=size) / FIXED


def sites_of(target: Target, world: World, places: np.ndarray) -> np.ndarray:
    """int64[k]: rows of open sites that the target names; places: bool[z] bounds all but `ids` and `nearest`."""
    table, place = world.sites, world.sites.neighbourhood
    open_now = table.open == 1
    if target.sites == "none":
        return np.zeros(0, np.int64)
    if target.sites == "ids":
        return np.flatnonzero(open_now & np.isin(table.uid, target.site_ids))
    if target.sites == "nearest":
        away = _nearest_km(table.x, table.y, world.neighbourhoods.x[places], world.neighbourhoods.y[places])
        return _first(np.where(open_now, away, np.inf), table.uid, min(target.site_count, int(open_now.sum())))
    bounded = bool(target.communes) or target.priority_district or target.neighbourhoods.rule != "all"
    inside = open_now & (((place >= 0) & places[place]) if bounded else True)
    if target.sites in ("real", "generic"):
        inside &= table.real == (target.sites == "real")
    if target.sites in ("lowest", "highest"):
        value = getattr(table, target.sites_by).astype(np.float64) * (1 if target.sites == "lowest" else -1)
        return _first(np.where(inside, value, np.inf), table.uid, min(target.site_count, int(inside.sum())))
    return np.flatnonzero(inside)


def _first(value: np.ndarray, uid: np.ndarray, count: int) -> np.ndarray:
    """int64[count]: rows of the smallest values, ascending rows; ties go to the smaller uid."""
    return np.sort(np.lexsort((uid, value))[:count])


def _nearest_km(x: np.ndarray, y: np.ndarray, to_x: np.ndarray, to_y: np.ndarray) -> np.ndarray:
    """float64[len(x)]: distance to the nearest of the other points, infinite when there are none."""
    best = np.full(len(x), np.inf)
    for px, py in zip(to_x.astype(np.float64), to_y.astype(np.float64), strict=True):
        np.minimum(best, np.hypot(x - px, y - py), out=best)
    return best


def _residents(target: Target, world: World, places: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """bool[n]: living residents for whom every condition holds."""
    people, homes = world.people, world.households
    mask = (people.alive == 1) & places[people.neighbourhood]
    mask &= (people.age >= target.age_low) & (people.age <= target.age_high)
    if target.near_sites_km > 0:
        table = world.buildings
        away = _nearest_km(table.x, table.y, world.sites.x[sites], world.sites.y[sites])
        mask &= (away <= target.near_sites_km)[people.building]
    if target.gender != "all":
        mask &= people.sex == (target.gender == "women")
    if target.quintiles:
        mask &= np.isin(homes.quintile, target.quintiles)[people.household]
    if target.households:
        mask &= np.isin(homes.kind, [KINDS.index(kind) for kind in target.households])[people.household]
    if target.badly_insulated:
        mask &= ((world.buildings.poor_insulation[homes.building] == 1) & (homes.insulated == 0))[people.household]
    if target.without_kit:
        mask &= (homes.kit == 0)[people.household]
    if target.language_barrier:
        mask &= people.barrier[:, LANGUAGE] >= HELD_BACK
    if target.membership != "all":
        mask &= (people.member >= 0) == (target.membership == "members")
    if target.consenting:
        mask &= people.consent == 1
    if target.isolated:
        mask &= isolated(world) == 1
    return mask


def covered(name: str, coverage: float, world: World, whole: str = "resident") -> np.ndarray:
    """bool[n]: the covered share, keyed on uid and the card's name: a wider coverage contains a narrower one.

    whole: whether residents, or whole households or buildings, are covered or not.
    """
    people = world.people
    uid = {"resident": people.uid, "household": world.households.uid[people.household],
           "building": world.buildings.uid[people.building]}[whole]
    luck = np.empty(len(uid), np.float64)
    _luck(uid, world.key, hash31(name), luck)
    return luck < coverage


@parallel
def _luck(uid, key, name, out, piece, pieces):
    """Write float64[n] in (0, 1)."""
    for i in portion(len(uid), piece, pieces):
        out[i] = uniform(key, uid[i], name, 0, COVER)
