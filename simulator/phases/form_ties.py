"""Form ties: adults meet new people in their building, through friends and elsewhere (model 7.3; foci, Feld 1981).

Weekly, for 7 days. Reads the handles territory.visits (factor on meeting somebody new outside the building) and
resident.neighbour_encounters (factor on meeting neighbours of the building).
Each adult may propose one tie a week in each focus. All propose from the same state, in parallel; the ties are then
created one after the other in an order that depends on uids alone (ties/tie_creation).
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import allocate_draw_buffers, draw_uniform, draw_words, get_draw_buffer, to_uniform
from ..kernel.prefetch import prefetch
from ..kernel.random_streams import NEW_TIE_ACCEPT, NEW_TIE_BUILDING, NEW_TIE_FRIEND, NEW_TIE_OTHER
from ..kernel.scratch import get_scratch
from ..kernel.threads import max_chunks
from ..rules.belief import event_probability
from ..rules.contact import WEEK
from ..rules.tie_formation import (
    displace_point,
    is_same_person_or_household,
    is_tie_on_map,
    pick_index,
    social_distance,
    tie_acceptance_probability,
)
from ..world.places.raster import neighbourhood_at
from ..world.ties.tie import TieProposals, find_tie_slot, get_tie_columns
from ..world.ties.tie_access import prefetch_slots
from ..world.world import World
from .step.context import StepContext
from .step.frozen_columns import are_ties_frozen
from .ties.formation_columns import view_proposers, view_tie_formation_places
from .ties.proposer_screening import FOCI, FOCUS_COUNT, can_meeting_occur, draw_focus_numbers, list_possible_proposers
from .ties.tie_creation import TIE_COLUMNS, assign_first_trust, create_ties

WRITES = TIE_COLUMNS
NOBODY = -1
DRAW_BLOCK = 256
"""Residents whose random numbers are drawn in one pass."""


def step(world: World, context: StepContext) -> None:
    """On weekly steps: adults meet new people, and ties begin."""
    if context.is_weekly and not are_ties_frozen(world):
        met = context.run_stage(propose_acquaintances, world)
        context.run_stage(create_acquaintance_ties, world, build_tie_proposals(world, met))


@rule
def sample_in_building(i, residents, places, key, day, p, factor):
    """Row of the adult of one's building met this week, NOBODY if none."""
    w = draw_words(key, residents.uid[i], 0, day, NEW_TIE_BUILDING)
    home = residents.building[i]
    if not does_meeting_occur(to_uniform(w[0]), p.building * factor, WEEK) or places.building_adults[home] == 0:
        return NOBODY
    place = pick_index(to_uniform(w[1]), places.building_adults[home])
    return places.adults_by_building[places.building_first_adult[home] + place]


@rule
def sample_friend_of_friend(i, t, residents, key, day, p, factor):
    """Row of the friend of a friend met this week, NOBODY if none or if either lives off the map."""
    w = draw_words(key, residents.uid[i], 0, day, NEW_TIE_FRIEND)
    if not does_meeting_occur(to_uniform(w[0]), p.friend * factor, WEEK):
        return NOBODY
    if not is_tie_on_map(to_uniform(w[1]), t.degree[i], sum_off_map_ties(i, residents)):
        return NOBODY
    friend = sample_alter(t, i, i, i, residents, key, day, 1)
    if friend == NOBODY or not is_tie_on_map(to_uniform(w[2]), t.degree[friend], sum_off_map_ties(friend, residents)):
        return NOBODY
    return sample_alter(t, friend, i, i, residents, key, day, 2)


@rule
def sample_alter(t, i, excluded, actor, residents, key, day, turn):
    """Row of one of i's ties except `excluded`, all equally likely; NOBODY if there is none.

    The tie with the highest random number, keyed by actor and tie, is taken: the order of ties cannot matter.
    """
    found, best = NOBODY, -1.0
    for k in range(t.degree[i]):
        j = t.alter[i, k]
        u = draw_uniform(key, residents.uid[actor], residents.uid[j], day, NEW_TIE_FRIEND, 0, turn)
        if j != excluded and u > best:
            found, best = j, u
    return found


@rule
def sum_off_map_ties(i, residents):
    """Number of a resident's ties who live off the map. They too lead to friends of friends, who are not simulated."""
    return np.int64(residents.far_kin[i]) + np.int64(residents.far_other[i])


@rule
def sample_elsewhere(i, residents, places, key, day, p, factor):
    """Row of the adult met at work, at school or in town this week, NOBODY if none or off the map."""
    goes_out, stays, east, north = draw_words(key, residents.uid[i], 0, day, NEW_TIE_OTHER)
    if not does_meeting_occur(to_uniform(goes_out), p.other * factor, WEEK):
        return NOBODY
    z = np.int64(residents.neighbourhood[i])
    picks = draw_words(key, residents.uid[i], 0, day, NEW_TIE_OTHER, 0, 1)
    if to_uniform(stays) >= p.same_neighbourhood_other:
        home = residents.building[i]
        x, y = displace_point(np.float64(places.x[home]), np.float64(places.y[home]), to_uniform(east),
                              to_uniform(north), p.mean_distance)
        z = neighbourhood_at(x, y, places.cells, places.x0, places.y0, places.size)
    if z < 0 or places.adults[z] == 0:
        return NOBODY
    return places.adults_by_neighbourhood[places.first[z] + pick_index(to_uniform(picks[0]), places.adults[z])]


@rule
def does_meeting_occur(u, rate, days):
    """True when a meeting of `rate` per year occurs within `days`, u being uniform in (0, 1).

    The same as u < event_probability(rate, days), mostly without computing its exponential.
    """
    return can_meeting_occur(u, rate, days) and u < event_probability(rate, days)


@rule
def becomes_acquaintance(i, j, t, residents, key, day, p):
    """True when j becomes an acquaintance of i: alive, of another household, not tied yet, and the pair gets on."""
    if j < 0 or not residents.alive[j]:
        return False
    if is_same_person_or_household(i, j, residents.household[i], residents.household[j]):
        return False
    if find_tie_slot(t, i, j) >= 0:
        return False
    distance = social_distance(residents.group[i], residents.group[j], residents.age[i], residents.age[j],
                               residents.ses[i], residents.ses[j], p)
    a, b = residents.uid[i], residents.uid[j]
    u = draw_uniform(key, min(a, b), max(a, b), day, NEW_TIE_ACCEPT)
    return u < tie_acceptance_probability(distance, p.homophily)


def propose_acquaintances(world: World, context: StepContext) -> np.ndarray:
    """int32[n, 3]: whom each adult would add to their ties this week, by focus, NOBODY for none."""
    met = np.full((world.people.rows, FOCUS_COUNT), NOBODY, np.int32)
    buffers = (get_scratch(allocate_draw_buffers, DRAW_BLOCK * FOCUS_COUNT),
               np.empty((max_chunks(), DRAW_BLOCK), np.uint8), np.empty((max_chunks(), DRAW_BLOCK), np.int64))
    sample_acquaintances(get_tie_columns(world.ties), view_proposers(world), view_tie_formation_places(world),
                         context.key, context.day, world.settings.tie_formation.numbers,
                         context.handles.territory("visits"),
                         context.handles.resident("neighbour_encounters"), *buffers, met)
    return met


@parallel_kernel
def sample_acquaintances(t, residents, places, key, day, p, factor, mingling, buffers, flags, listed, met, chunk,
                         chunks):
    """Write int32[n, 3]: row of the new acquaintance in each of FOCI, where there is one."""
    n, draws, selected = residents.uid.size, get_draw_buffer(buffers, chunk), listed[chunk]
    for b in chunk_range((n + DRAW_BLOCK - 1) // DRAW_BLOCK, chunk, chunks):
        first, end = b * DRAW_BLOCK, min(n, (b + 1) * DRAW_BLOCK)
        draw_focus_numbers(first, end, residents.uid, key, day, draws)
        count = list_possible_proposers(first, end, residents, p, factor, mingling, draws.first, flags[chunk], selected)
        for c in range(count):  # what the next loop will read
            prefetch(residents.building, selected[c])
            prefetch_slots(t.degree, t.alter, selected[c])
        for c in range(count):
            i = selected[c]
            near = sample_in_building(i, residents, places, key, day, p, np.float64(value_at(mingling, i)))
            friend = sample_friend_of_friend(i, t, residents, key, day, p, factor)
            far = sample_elsewhere(i, residents, places, key, day, p, factor)
            if becomes_acquaintance(i, near, t, residents, key, day, p):
                met[i, 0] = near
            if becomes_acquaintance(i, friend, t, residents, key, day, p):
                met[i, 1] = friend
            if becomes_acquaintance(i, far, t, residents, key, day, p):
                met[i, 2] = far


def build_tie_proposals(world: World, met: np.ndarray) -> TieProposals:
    """Acquaintances int32[n, 3] as ties to create; first trust follows support in the proposer's neighbourhood."""
    rows, focus = np.divmod(np.flatnonzero(met.reshape(-1) >= 0), FOCUS_COUNT)
    kind = np.array(FOCI, np.uint8)[focus]
    return TieProposals(rows.astype(np.int32), met[rows, focus], kind, assign_first_trust(world, rows),
                        np.zeros(rows.size))


def create_acquaintance_ties(world: World, context: StepContext, proposals: TieProposals) -> None:
    """Create the proposed ties that both sides take up."""
    create_ties(world, proposals)
