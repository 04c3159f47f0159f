"""Proposals of initial ties: how many each adult makes, to which place, and to whom there (model 5.4)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import allocating_parallel_kernel, chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform, draw_words, poisson_quantile, to_uniform
from ...kernel.random_streams import TIE_ACCEPT, TIE_COUNT, TIE_DESTINATION
from ...rules.tie_formation import (
    ADULT_AGE,
    displace_point,
    is_same_person_or_household,
    pick_index,
    social_distance,
    tie_acceptance_probability,
)
from ...rules.tie_kinds import FRIEND, KIN, NEIGHBOUR, OTHER
from ..places.place import Buildings, Neighbourhoods
from ..places.raster import NeighbourhoodRaster, neighbourhood_at
from ..population.people import People

INITIAL_KINDS = 4
"""Kinds of tie that exist at the start, kin to other: all but those made at projects."""
MAX_ATTEMPTS = 16
"""Partners that are tried in a place before a proposal is dropped."""
OFF_MAP, NOBODY = -2, -1
"""Stand for the alter's row: the tie leaves the map; no partner is found."""
OUTGOING, INCOMING = 0, 1
"""Separate the random numbers of ties proposed on the map from those of ties proposed outside it."""


class ResidentTraits(NamedTuple):
    """Columns of People, n rows each; hours: social_hours, h/week."""

    uid: np.ndarray
    age: np.ndarray
    group: np.ndarray
    ses: np.ndarray
    household: np.ndarray
    building: np.ndarray
    hours: np.ndarray


class MeetingPlaces(NamedTuple):
    """Where partners are met: the lists of adults of each place, and the map.

    neighbourhood: int32[n], of each resident. x, y: km, of each building. building_first_adult, building_adults: each
    building's part of adults_by_building; first, adults: each neighbourhood's part of adults_by_neighbourhood. cells,
    x0, y0, size: NeighbourhoodRaster.
    """

    neighbourhood: np.ndarray
    x: np.ndarray
    y: np.ndarray
    building_first_adult: np.ndarray
    building_adults: np.ndarray
    first: np.ndarray
    adults: np.ndarray
    adults_by_building: np.ndarray
    adults_by_neighbourhood: np.ndarray
    cells: np.ndarray
    x0: float
    y0: float
    size: float


def gather_meeting_places(people: People, neighbourhoods: Neighbourhoods, buildings: Buildings,
                          adults_by_building: np.ndarray, adults_by_neighbourhood: np.ndarray,
                          raster: NeighbourhoodRaster) -> MeetingPlaces:
    """The meeting places of a territory. adults_by_building, adults_by_neighbourhood, raster: as in `World`."""
    return MeetingPlaces(people.neighbourhood, buildings.x, buildings.y, buildings.first_adult, buildings.adults,
                         neighbourhoods.first_adult, neighbourhoods.adults, adults_by_building, adults_by_neighbourhood,
                         raster.cells, float(raster.x0), float(raster.y0), float(raster.size))


@rule
def mean_initial_ties(kind, hours, start):
    """Mean number of ties of a kind that an adult proposes: in proportion to social time (h/week), except for kin."""
    scale = hours / start.social_hours
    if kind == KIN:
        return start.kin
    if kind == FRIEND:
        return start.friend * scale
    if kind == NEIGHBOUR:
        return start.neighbour * scale
    return start.other * scale


@rule
def sample_destination(i, k, kind, direction, residents, places, key, tie_formation):
    """Row of the neighbourhood to which resident i's k-th tie of a kind leads, OFF_MAP if it leaves the map.

    Neighbours are met in the building. direction: OUTGOING or INCOMING.
    """
    if kind == NEIGHBOUR:
        return places.neighbourhood[i]
    w = draw_words(key, residents.uid[i], k, 0, TIE_DESTINATION, kind, direction)
    same = tie_formation.same_neighbourhood_other if kind == OTHER else tie_formation.same_neighbourhood
    if to_uniform(w[0]) < same:
        return places.neighbourhood[i]
    home = residents.building[i]
    x, y = displace_point(np.float64(places.x[home]), np.float64(places.y[home]), to_uniform(w[1]), to_uniform(w[2]),
                          tie_formation.mean_distance)
    z = neighbourhood_at(x, y, places.cells, places.x0, places.y0, places.size)
    return z if z >= 0 else OFF_MAP


@rule
def is_compatible(i, j, kind, residents, key, tie_formation):
    """True when two residents of different households accept a tie, by homophily: one keyed draw per pair and kind."""
    if is_same_person_or_household(i, j, residents.household[i], residents.household[j]):
        return False
    distance = social_distance(residents.group[i], residents.group[j], residents.age[i], residents.age[j],
                               residents.ses[i], residents.ses[j], tie_formation)
    a, b = residents.uid[i], residents.uid[j]
    u = draw_uniform(key, min(a, b), max(a, b), 0, TIE_ACCEPT, kind)
    return u < tie_acceptance_probability(distance, tie_formation.homophily)


@rule
def sample_partner(i, k, kind, z, residents, places, key, tie_formation):
    """Row of the first compatible adult among MAX_ATTEMPTS draws in neighbourhood z, else NOBODY.

    Neighbours are drawn in the resident's building instead.
    """
    first, count, adults = places.first[z], places.adults[z], places.adults_by_neighbourhood
    if kind == NEIGHBOUR:
        b = residents.building[i]
        first, count, adults = places.building_first_adult[b], places.building_adults[b], places.adults_by_building
    if count == 0:
        return NOBODY
    for attempt in range(MAX_ATTEMPTS):
        u = draw_uniform(key, residents.uid[i], k, 0, TIE_DESTINATION, kind, 2 + attempt)
        j = adults[first + pick_index(u, count)]
        if is_compatible(i, j, kind, residents, key, tie_formation):
            return j
    return NOBODY


@parallel_kernel
def count_initial_ties(residents, key, start, counts, chunk, chunks):
    """Write uint16[n, INITIAL_KINDS]: number of ties of each kind that each adult proposes."""
    for i in chunk_range(residents.uid.size, chunk, chunks):
        if residents.age[i] >= ADULT_AGE:
            for kind in range(INITIAL_KINDS):
                u = draw_uniform(key, residents.uid[i], 0, 0, TIE_COUNT, kind)
                counts[i, kind] = poisson_quantile(u, mean_initial_ties(kind, np.float64(residents.hours[i]), start))


@parallel_kernel
def propose_initial_ties(residents, places, counts, first, key, tie_formation, alters, kinds, chunk, chunks):
    """Write alter int32[m] (its row, OFF_MAP or NOBODY) and kind uint8[m] of each proposed tie.

    Those of resident i are first[i] to first[i + 1] - 1.
    """
    for i in chunk_range(residents.uid.size, chunk, chunks):
        slot = first[i]
        for kind in range(INITIAL_KINDS):
            for k in range(counts[i, kind]):
                z = sample_destination(i, k, kind, OUTGOING, residents, places, key, tie_formation)
                alters[slot] = z if z == OFF_MAP else sample_partner(i, k, kind, z, residents, places, key,
                                                                     tie_formation)
                kinds[slot] = kind
                slot += 1


@rule
def count_incoming_ties(i, kind, residents, places, key, start, tie_formation):
    """Number of ties that residents outside the map propose to i.

    By symmetry, as many as i, with mean social time, would propose to places off the map.
    """
    u = draw_uniform(key, residents.uid[i], 0, 0, TIE_COUNT, kind, INCOMING)
    count = 0
    for k in range(poisson_quantile(u, mean_initial_ties(kind, start.social_hours, start))):
        count += sample_destination(i, k, kind, INCOMING, residents, places, key, tie_formation) == OFF_MAP
    return count


@allocating_parallel_kernel
def count_off_map_ties(residents, places, first, alters, kinds, key, start, tie_formation, off_map_kin, off_map_other,
                       chunk, chunks):
    """Write uint8[n] twice: off-map ties with kin, and with friends and others, proposed from either side."""
    for i in chunk_range(residents.uid.size, chunk, chunks):
        if residents.age[i] >= ADULT_AGE:
            counts = np.zeros(INITIAL_KINDS, np.int64)
            for slot in range(first[i], first[i + 1]):
                counts[kinds[slot]] += alters[slot] == OFF_MAP
            for kind in range(INITIAL_KINDS):
                counts[kind] += count_incoming_ties(i, kind, residents, places, key, start, tie_formation)
            off_map_kin[i] = min(counts[KIN], 255)
            off_map_other[i] = min(counts[FRIEND] + counts[OTHER], 255)
