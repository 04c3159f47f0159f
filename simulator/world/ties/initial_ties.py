"""Begun ties: how many each adult begins, where they lead, who is met there (model 5.4)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import making_parallel, parallel, portion, rule
from ...kernel.random import poisson, uniform, unit, words
from ...kernel.stream import TIE_ACCEPT, TIE_COUNT, TIE_PLACE
from ...rules.binding import ADULT, acceptance, distance, jump, pick, same_person_or_home
from ...rules.kind import FRIEND, KIN, NEIGHBOUR, OTHER
from ..places.atlas import Atlas, neighbourhood_at
from ..places.place import Buildings, Neighbourhoods
from ..population.people import People

BEGUN = 4
"""Kinds of tie that exist at the start: all but those made at projects."""
TRIES = 16
"""Candidates looked at in one place before a tie is given up."""
OFF_MAP, NOBODY = -2, -1
INCOMING = 1
"""Turn of the draws for ties begun outside the map."""


class Residents(NamedTuple):
    """Columns of people, n rows."""

    uid: np.ndarray
    age: np.ndarray
    group: np.ndarray
    ses: np.ndarray
    household: np.ndarray
    building: np.ndarray
    hours: np.ndarray


class Places(NamedTuple):
    """Where people are to be met: rolls of adults and the map."""

    neighbourhood: np.ndarray
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


def meeting_places(people: People, neighbourhoods: Neighbourhoods, buildings: Buildings, roll: np.ndarray,
                   place_roll: np.ndarray, atlas: Atlas) -> Places:
    """The places of a territory. roll, place_roll: rows of adults by (building, uid) and (neighbourhood, uid)."""
    return Places(people.neighbourhood, buildings.x, buildings.y, buildings.first_adult, buildings.adults,
                  neighbourhoods.first_adult, neighbourhoods.adults, roll, place_roll, atlas.cells,
                  float(atlas.x0), float(atlas.y0), float(atlas.size))


@rule
def begun_mean(kind, hours, start):
    """Mean number of ties of a kind that an adult with so much social time begins. Kin do not depend on time."""
    scale = hours / start.social_hours
    if kind == KIN:
        return start.kin
    if kind == FRIEND:
        return start.friend * scale
    if kind == NEIGHBOUR:
        return start.neighbour * scale
    return start.other * scale


@rule
def landing(i, at, kind, turn, residents, places, key, binding):
    """Row of the neighbourhood where a tie leads, OFF_MAP if it leaves. Neighbours are met in the building."""
    if kind == NEIGHBOUR:
        return places.neighbourhood[i]
    w = words(key, residents.uid[i], at, 0, TIE_PLACE, kind, turn)
    same = binding.same_place_other if kind == OTHER else binding.same_place
    if unit(w[0]) < same:
        return places.neighbourhood[i]
    home = residents.building[i]
    x, y = jump(np.float64(places.x[home]), np.float64(places.y[home]), unit(w[1]), unit(w[2]), binding.jump)
    z = neighbourhood_at(x, y, places.cells, places.x0, places.y0, places.size)
    return z if z >= 0 else OFF_MAP


@rule
def suits(i, j, kind, residents, key, binding):
    """True when two residents take to each other, one keyed draw a pair."""
    if same_person_or_home(i, j, residents.household[i], residents.household[j]):
        return False
    apart = distance(residents.group[i], residents.group[j], residents.age[i], residents.age[j], residents.ses[i],
                     residents.ses[j], binding)
    a, b = residents.uid[i], residents.uid[j]
    return uniform(key, min(a, b), max(a, b), 0, TIE_ACCEPT, kind) < acceptance(apart, binding.homophily)


@rule
def someone(i, at, kind, z, residents, places, key, binding):
    """Row of the first of a few candidates in the place who suits, NOBODY if none does."""
    first, count, roll = places.first[z], places.adults[z], places.place_roll
    if kind == NEIGHBOUR:
        home = residents.building[i]
        first, count, roll = places.building_first[home], places.building_adults[home], places.roll
    if count == 0:
        return NOBODY
    for attempt in range(TRIES):
        u = uniform(key, residents.uid[i], at, 0, TIE_PLACE, kind, 2 + attempt)
        j = roll[first + pick(u, count)]
        if suits(i, j, kind, residents, key, binding):
            return j
    return NOBODY


@parallel
def count_begun(residents, key, start, counts, piece, pieces):
    """Write uint16[n, BEGUN]: ties of each kind that each adult begins."""
    for i in portion(residents.uid.size, piece, pieces):
        if residents.age[i] >= ADULT:
            for kind in range(BEGUN):
                u = uniform(key, residents.uid[i], 0, 0, TIE_COUNT, kind)
                counts[i, kind] = poisson(u, begun_mean(kind, np.float64(residents.hours[i]), start))


@parallel
def begin(residents, places, counts, first, key, binding, other, kinds, piece, pieces):
    """Write other side int32[m] (row, OFF_MAP, NOBODY) and kind uint8[m] of begun ties; i's are first[i]:first[i+1]."""
    for i in portion(residents.uid.size, piece, pieces):
        slot = first[i]
        for kind in range(BEGUN):
            for at in range(counts[i, kind]):
                z = landing(i, at, kind, 0, residents, places, key, binding)
                other[slot] = z if z == OFF_MAP else someone(i, at, kind, z, residents, places, key, binding)
                kinds[slot] = kind
                slot += 1


@rule
def incoming(i, kind, residents, places, key, start, binding):
    """Number of ties begun outside the map that lead to i: as many as i would begin at mean social time and lose."""
    u = uniform(key, residents.uid[i], 0, 0, TIE_COUNT, kind, INCOMING)
    far = 0
    for at in range(poisson(u, begun_mean(kind, start.social_hours, start))):
        far += landing(i, at, kind, INCOMING, residents, places, key, binding) == OFF_MAP
    return far


@making_parallel
def count_far(residents, places, first, begun, kinds, key, start, binding, kin, rest, piece, pieces):
    """Write uint8[n] twice: out-of-map ties with kin, and with others, begun on either side."""
    for i in portion(residents.uid.size, piece, pieces):
        if residents.age[i] >= ADULT:
            far = np.zeros(BEGUN, np.int64)
            for slot in range(first[i], first[i + 1]):
                far[kinds[slot]] += begun[slot] == OFF_MAP
            for kind in range(BEGUN):
                far[kind] += incoming(i, kind, residents, places, key, start, binding)
            kin[i] = min(far[KIN], 255)
            rest[i] = min(far[FRIEND] + far[OTHER], 255)
