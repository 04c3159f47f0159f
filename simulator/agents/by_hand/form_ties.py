"""Form ties, resident by resident (model 7.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...kernel.keyed_random import draw_uniform, draw_words, to_uniform
from ...kernel.random_streams import NEW_TIE_ACCEPT, NEW_TIE_BUILDING, NEW_TIE_FRIEND, NEW_TIE_OTHER
from ...phases.form_ties import NOBODY
from ...phases.step.context import StepContext
from ...rules.belief import event_probability
from ...rules.contact import WEEK, trust_after_hours
from ...rules.tie_formation import (
    ADULT_AGE,
    displace_point,
    is_same_person_or_household,
    is_tie_on_map,
    pick_index,
    social_distance,
    tie_acceptance_probability,
)
from ...rules.tie_kinds import MAX_TIES
from ...world.places.raster import neighbourhood_at
from .common.queries import get_handle_value
from .common.tie_sides import TieSide, read_all_ties, read_ties, write_ties


def sample_in_building(world: Any, context: StepContext, i: int) -> int:
    """Row of the adult of one's building met this week, NOBODY if none."""
    w = draw_words(context.key, world.people.uid[i], 0, context.day, NEW_TIE_BUILDING)
    home = world.people.building[i]
    count, first = int(world.buildings.adults[home]), int(world.buildings.first_adult[home])
    rate = world.settings.tie_formation.building * get_handle_value(context.handles.resident("neighbour_encounters"), i)
    if to_uniform(w[0]) >= event_probability(rate, WEEK) or count == 0:
        return NOBODY
    return int(world.adults_by_building[first + pick_index(to_uniform(w[1]), count)])


def sample_tie(world: Any, context: StepContext, rows: list, i: int, actor: int, turn: int) -> int:
    """Row of one of i's ties, all equally likely, never the actor; NOBODY if there is none."""
    uid = world.people.uid
    key, day = context.key, context.day
    drawn = {tie.alter: draw_uniform(key, uid[actor], uid[tie.alter], day, NEW_TIE_FRIEND, 0, turn)
             for tie in rows[i] if tie.alter != actor}
    return max(drawn, key=drawn.__getitem__) if drawn else NOBODY


def count_off_map_ties(world: Any, i: int) -> int:
    """Number of a resident's ties who live off the map."""
    return int(world.people.far_kin[i]) + int(world.people.far_other[i])


def sample_friend_of_friend(world: Any, context: StepContext, rows: list, i: int) -> int:
    """Row of the friend of a friend met this week, NOBODY if none or off the map."""
    w = draw_words(context.key, world.people.uid[i], 0, context.day, NEW_TIE_FRIEND)
    if to_uniform(w[0]) >= event_probability(world.settings.tie_formation.friend * context.handles.territory("visits"),
                                             WEEK):
        return NOBODY
    if not is_tie_on_map(to_uniform(w[1]), len(rows[i]), count_off_map_ties(world, i)):
        return NOBODY
    friend = sample_tie(world, context, rows, i, i, 1)
    if friend == NOBODY or not is_tie_on_map(to_uniform(w[2]), len(rows[friend]), count_off_map_ties(world, friend)):
        return NOBODY
    return sample_tie(world, context, rows, friend, i, 2)


def sample_elsewhere(world: Any, context: StepContext, i: int) -> int:
    """Row of the adult met at work, at school or in town this week, NOBODY if none or off the map."""
    p, people, raster, places = world.settings.tie_formation, world.people, world.raster, world.neighbourhoods
    w = draw_words(context.key, people.uid[i], 0, context.day, NEW_TIE_OTHER)
    if to_uniform(w[0]) >= event_probability(p.other * context.handles.territory("visits"), WEEK):
        return NOBODY
    z = int(people.neighbourhood[i])
    if to_uniform(w[1]) >= p.same_neighbourhood_other:
        home = people.building[i]
        x, y = displace_point(float(world.buildings.x[home]), float(world.buildings.y[home]), to_uniform(w[2]),
                              to_uniform(w[3]), p.mean_distance)
        z = int(neighbourhood_at(x, y, raster.cells, float(raster.x0), float(raster.y0), float(raster.size)))
    if z < 0 or places.adults[z] == 0:
        return NOBODY
    picks = draw_words(context.key, people.uid[i], 0, context.day, NEW_TIE_OTHER, 0, 1)
    place = int(places.first_adult[z]) + pick_index(to_uniform(picks[0]), int(places.adults[z]))
    return int(world.adults_by_neighbourhood[place])


def becomes_acquaintance(world: Any, context: StepContext, rows: list, i: int, j: int) -> bool:
    """True when j becomes an acquaintance of i."""
    people, p = world.people, world.settings.tie_formation.numbers
    if j == NOBODY or not people.alive[j]:
        return False
    if is_same_person_or_household(i, j, people.household[i], people.household[j]):
        return False
    if any(tie.alter == j for tie in rows[i]):
        return False
    distance = social_distance(people.group[i], people.group[j], people.age[i], people.age[j], people.ses[i],
                               people.ses[j], p)
    low, high = sorted((people.uid[i], people.uid[j]))
    u = draw_uniform(context.key, low, high, context.day, NEW_TIE_ACCEPT)
    return u < tie_acceptance_probability(distance, p.homophily)


def propose_acquaintances(model: Any, world: Any, context: StepContext) -> np.ndarray:
    """int32[n, 3]: whom each adult would add to their ties this week, by focus, NOBODY for none."""
    rows, people = read_all_ties(world.ties), world.people
    met = np.full((people.rows, 3), NOBODY, np.int32)
    for i in range(people.rows):
        if people.alive[i] and people.age[i] >= ADULT_AGE:
            candidates = (sample_in_building(world, context, i), sample_friend_of_friend(world, context, rows, i),
                          sample_elsewhere(world, context, i))
            for focus, j in enumerate(candidates):
                if becomes_acquaintance(world, context, rows, i, j):
                    met[i, focus] = j
    return met


def create_acquaintance_ties(model: Any, world: Any, context: StepContext, proposals: Any) -> None:
    """Create the proposed ties one after the other, in the order of the uids of their pairs."""
    uid, alive, p = world.people.uid, world.people.alive, world.settings.contact.numbers
    columns = (proposals.row_i, proposals.row_j, proposals.trust, proposals.hours, proposals.kind)
    in_order = sorted(zip(*(column.tolist() for column in columns), strict=True),
                      key=lambda tie: (*sorted((uid[tie[0]], uid[tie[1]])), -tie[2], -tie[3], tie[4]))
    created = evicted = 0
    for i, j, trust, hours, kind in in_order:
        if i == j or not alive[i] or not alive[j] or any(tie.alter == j for tie in read_ties(world.ties, i)):
            continue
        trust = float(np.float32(trust_after_hours(trust, hours, p)))
        if _can_add_tie(world, i, trust) and _can_add_tie(world, j, trust):
            evicted += _evict_weakest_tie(world, i) + _evict_weakest_tie(world, j)
            for one, other in ((i, j), (j, i)):
                row = [*read_ties(world.ties, one), TieSide(other, trust, trust, kind)]
                write_ties(world.ties, one, sorted(row, key=lambda tie: uid[tie.alter]))
            created += 1
    world.ledger.count("ties_created", created)
    world.ledger.count("ties_displaced", evicted)


def _find_weakest_tie(world: Any, i: int) -> TieSide:
    return min(read_ties(world.ties, i), key=lambda tie: tie.trust)


def _can_add_tie(world: Any, i: int, trust: float) -> bool:
    return world.ties.degree[i] < MAX_TIES or _find_weakest_tie(world, i).trust < trust


def _evict_weakest_tie(world: Any, i: int) -> int:
    """End the weakest tie of a full row, on both sides. Returns 1 if one ended."""
    if world.ties.degree[i] < MAX_TIES:
        return 0
    evicted = _find_weakest_tie(world, i).alter
    for one, other in ((i, evicted), (evicted, i)):
        write_ties(world.ties, one, [tie for tie in read_ties(world.ties, one) if tie.alter != other])
    return 1


REFERENCE_STAGES = (propose_acquaintances, create_acquaintance_ties)
