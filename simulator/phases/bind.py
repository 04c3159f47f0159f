"""New ties in everyday places: the building, friends' friends, elsewhere (model 7.3; foci, Feld 1981).

Handles: territory.meet (factor on meeting somebody new outside the building), resident.mingling (factor on meeting
neighbours of the building). Plays on weekly steps.
Each adult may propose one tie a week in each focus. Proposals are made in parallel from the same state, then begun one
after the other in an order that only uids decide (phases/birth).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compiled import parallel, portion, rule
from ..kernel.prefetch import ahead
from ..kernel.random import decision, draw_two, draws_of, empty_draws, uniform, unit, words
from ..kernel.stream import BIND_ACCEPT, BIND_BUILDING, BIND_FRIEND, BIND_OTHER
from ..kernel.threads import most_pieces
from ..rules.belief import DAYS_A_YEAR, chance
from ..rules.binding import ADULT, acceptance, distance, jump, pick, same_person_or_home, stays_on_map
from ..rules.contact import WEEK
from ..rules.kind import FRIEND, NEIGHBOUR, OTHER
from ..world.places.atlas import neighbourhood_at
from ..world.ties.tie import Births, columns, slot_of
from ..world.ties.tie_read import ahead_of
from ..world.world import World
from .step.columns import read
from .step.context import Moment
from .ties.tie_creation import WRITES as BIRTH_WRITES
from .ties.tie_creation import bear, first_impressions

WRITES = BIRTH_WRITES
NOBODY = -1
FOCI = (NEIGHBOUR, FRIEND, OTHER)
"""Building, friend of a friend, elsewhere: the kind of tie that each begins."""
FOCUS_COUNT = len(FOCI)
BLOCK = 256
"""Rows whose luck is drawn in one pass, several at a time."""


class Folk(NamedTuple):
    """Columns of people, n rows."""

    uid: np.ndarray
    age: np.ndarray
    group: np.ndarray
    ses: np.ndarray
    household: np.ndarray
    building: np.ndarray
    neighbourhood: np.ndarray
    alive: np.ndarray
    far_kin: np.ndarray
    far_other: np.ndarray


class Ground(NamedTuple):
    """Rolls of adults by building and by neighbourhood, homes' places, the map's raster, climate."""

    x: np.ndarray
    y: np.ndarray
    building_first: np.ndarray
    building_adults: np.ndarray
    first: np.ndarray
    adults: np.ndarray
    roll: np.ndarray
    place_roll: np.ndarray
    cells: np.ndarray
    x0: float
    y0: float
    size: float
    climate: np.ndarray


def folk(world: World) -> Folk:
    """People's columns as kernels take them."""
    people = world.people
    return Folk(*(people.arrays()[name] for name in Folk._fields))


def ground(world: World) -> Ground:
    """The places' columns as kernels take them."""
    b, z, atlas = world.buildings, world.neighbourhoods, world.atlas
    return Ground(b.x, b.y, b.first_adult, b.adults, z.first_adult, z.adults, world.roll, world.place_roll, atlas.cells,
                  float(atlas.x0), float(atlas.y0), float(atlas.size), z.climate)


@rule
def may_come_about(u, rate, days):
    """False where `comes_about` is False whatever its exponential: a chance is never above rate days / 365."""
    return u < rate * days / DAYS_A_YEAR


@rule
def comes_about(u, rate, days):
    """True when a meeting of `rate` per year comes about within `days`, at luck u: the same as u < chance(rate, days).

    Most residents are spared its exponential.
    """
    return may_come_about(u, rate, days) and u < chance(rate, days)


@rule
def in_building(i, folk, ground, key, day, p, more):
    """Row of the adult of one's building met this week, NOBODY if none."""
    w = words(key, folk.uid[i], 0, day, BIND_BUILDING)
    home = folk.building[i]
    if not comes_about(unit(w[0]), p.building * more, WEEK) or ground.building_adults[home] == 0:
        return NOBODY
    return ground.roll[ground.building_first[home] + pick(unit(w[1]), ground.building_adults[home])]


@rule
def favourite(t, i, besides, actor, folk, key, day, turn):
    """Row of one of i's ties, all equally likely: the actor's keyed luck with each decides, so lists may change."""
    found, best = NOBODY, -1.0
    for k in range(t.degree[i]):
        j = t.other[i, k]
        u = uniform(key, folk.uid[actor], folk.uid[j], day, BIND_FRIEND, 0, turn)
        if j != besides and u > best:
            found, best = j, u
    return found


@rule
def ties_off_map(i, folk):
    """Ties of a resident that leave the map: they bring friends' friends too, but not here."""
    return np.int64(folk.far_kin[i]) + np.int64(folk.far_other[i])


@rule
def through_friend(i, t, folk, key, day, p, factor):
    """Row of a tie's tie met this week, NOBODY if none or if the way leads off the map."""
    w = words(key, folk.uid[i], 0, day, BIND_FRIEND)
    if not comes_about(unit(w[0]), p.friend * factor, WEEK):
        return NOBODY
    if not stays_on_map(unit(w[1]), t.degree[i], ties_off_map(i, folk)):
        return NOBODY
    friend = favourite(t, i, i, i, folk, key, day, 1)
    if friend == NOBODY or not stays_on_map(unit(w[2]), t.degree[friend], ties_off_map(friend, folk)):
        return NOBODY
    return favourite(t, friend, i, i, folk, key, day, 2)


@rule
def elsewhere(i, folk, ground, key, day, p, factor):
    """Row of somebody met at work, at school or in town this week, NOBODY if none or off the map."""
    goes, stays, east, north = words(key, folk.uid[i], 0, day, BIND_OTHER)
    if not comes_about(unit(goes), p.other * factor, WEEK):
        return NOBODY
    z = np.int64(folk.neighbourhood[i])
    far = words(key, folk.uid[i], 0, day, BIND_OTHER, 0, 1)
    if unit(stays) >= p.same_place_other:
        home = folk.building[i]
        x, y = jump(np.float64(ground.x[home]), np.float64(ground.y[home]), unit(east), unit(north), p.jump)
        z = neighbourhood_at(x, y, ground.cells, ground.x0, ground.y0, ground.size)
    if z < 0 or ground.adults[z] == 0:
        return NOBODY
    return ground.place_roll[ground.first[z] + pick(unit(far[0]), ground.adults[z])]


@rule
def takes_to(i, j, t, folk, key, day, p):
    """True when a candidate becomes an acquaintance: not of the home, not tied yet, alive, and the pair gets on."""
    if j < 0 or not folk.alive[j] or same_person_or_home(i, j, folk.household[i], folk.household[j]):
        return False
    if slot_of(t, i, j) >= 0:
        return False
    far = distance(folk.group[i], folk.group[j], folk.age[i], folk.age[j], folk.ses[i], folk.ses[j], p)
    a, b = folk.uid[i], folk.uid[j]
    return uniform(key, min(a, b), max(a, b), day, BIND_ACCEPT) < acceptance(far, p.homophily)


@rule
def draw_luck(first, end, uid, key, day, draws):
    """A word for each of FOCI and each of the rows first to end, those of one focus after those of the other."""
    rows, whose = end - first, uid[first:end]
    for focus in range(FOCUS_COUNT):
        stream = BIND_BUILDING if focus == 0 else BIND_FRIEND if focus == 1 else BIND_OTHER
        a, b, what = draws.a[focus * rows:], draws.b[focus * rows:], draws.what[focus * rows:]
        for c in range(rows):
            a[c], b[c], what[c] = whose[c], 0, decision(stream)
    draw_two(rows * FOCUS_COUNT, key, day, draws)


@rule
def list_lucky(first, end, folk, p, factor, mingling, luck, passes, lucky):
    """List the adults of the rows first to end whom luck may let meet somebody (`may_come_about`). Returns how many."""
    rows, age, alive = end - first, folk.age[first:end], folk.alive[first:end]
    here, there, beyond = luck[:rows], luck[rows:2 * rows], luck[2 * rows:]
    for c in range(rows):
        near = may_come_about(unit(here[c]), p.building * np.float64(at(mingling, first + c)), WEEK)
        friend = may_come_about(unit(there[c]), p.friend * factor, WEEK)
        far = may_come_about(unit(beyond[c]), p.other * factor, WEEK)
        passes[c] = (age[c] >= ADULT) & (alive[c] > 0) & (near | friend | far)
    count = 0
    for c in range(rows):
        lucky[count] = first + c
        count += passes[c]
    return count


@parallel
def met_by_focus(t, folk, ground, key, day, p, factor, mingling, rooms, flags, listed, met, piece, pieces):
    """Write int32[n, 3]: row of the new acquaintance in each of FOCI, where there is one."""
    n, draws, lucky = folk.uid.size, draws_of(rooms, piece), listed[piece]
    for b in portion((n + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = b * BLOCK, min(n, (b + 1) * BLOCK)
        draw_luck(first, end, folk.uid, key, day, draws)
        count = list_lucky(first, end, folk, p, factor, mingling, draws.first, flags[piece], lucky)
        for c in range(count):  # what the next loop will read
            ahead(folk.building, lucky[c])
            ahead_of(t.degree, t.other, lucky[c])
        for c in range(count):
            i = lucky[c]
            near = in_building(i, folk, ground, key, day, p, np.float64(at(mingling, i)))
            friend = through_friend(i, t, folk, key, day, p, factor)
            far = elsewhere(i, folk, ground, key, day, p, factor)
            if takes_to(i, near, t, folk, key, day, p):
                met[i, 0] = near
            if takes_to(i, friend, t, folk, key, day, p):
                met[i, 1] = friend
            if takes_to(i, far, t, folk, key, day, p):
                met[i, 2] = far


def propose(world: World, now: Moment) -> np.ndarray:
    """int32[n, 3]: whom each adult would add to their ties this week, by focus, NOBODY for none."""
    met = np.full((world.people.rows, FOCUS_COUNT), NOBODY, np.int32)
    room = (empty_draws(BLOCK * FOCUS_COUNT), np.empty((most_pieces(), BLOCK), np.uint8),
            np.empty((most_pieces(), BLOCK), np.int64))
    met_by_focus(columns(world.ties), folk(world), ground(world), now.key, now.day, world.settings.binding.numbers,
                 now.handles.territory("meet"), read(now.handles.resident("mingling")), *room, met)
    return met


def births(world: World, met: np.ndarray) -> Births:
    """The proposals as ties to begin; first trust follows the climate of the proposer's neighbourhood."""
    rows, focus = np.divmod(np.flatnonzero(met.reshape(-1) >= 0), FOCUS_COUNT)
    kind = np.array(FOCI, np.uint8)[focus]
    return Births(rows.astype(np.int32), met[rows, focus], kind, first_impressions(world, rows), np.zeros(rows.size))


def step(world: World, now: Moment) -> None:
    """A week of new acquaintances, on weekly boundaries."""
    if now.weekly:
        met = now.stage("bind.propose", propose)(world, now)
        now.stage("bind.bear", bear)(world, births(world, met))
