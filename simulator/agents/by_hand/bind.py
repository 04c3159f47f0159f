"""New acquaintances played resident by resident: plain loops over the same rules as the kernels (model 7.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...kernel.random import uniform, unit, words
from ...kernel.stream import BIND_ACCEPT, BIND_BUILDING, BIND_FRIEND, BIND_OTHER
from ...phases.bind import NOBODY
from ...phases.step.context import Moment
from ...rules.belief import chance
from ...rules.binding import ADULT, acceptance, distance, jump, pick, same_person_or_home, stays_on_map
from ...rules.contact import WEEK, after_hours
from ...rules.kind import SLOTS
from ...world.places.atlas import neighbourhood_at
from .plain import value
from .tie import Tie, by_row, row_of, write_row


def in_building(world: Any, now: Moment, i: int) -> int:
    """The adult of one's building met this week."""
    w = words(now.key, world.people.uid[i], 0, now.day, BIND_BUILDING)
    home = world.people.building[i]
    count, first = int(world.buildings.adults[home]), int(world.buildings.first_adult[home])
    rate = world.settings.binding.building * value(now.handles.resident("mingling"), i)
    if unit(w[0]) >= chance(rate, WEEK) or count == 0:
        return NOBODY
    return int(world.roll[first + pick(unit(w[1]), count)])


def favourite(world: Any, now: Moment, rows: list, i: int, actor: int, turn: int) -> int:
    """One of i's ties, all equally likely, never the actor."""
    uid = world.people.uid
    luck = {tie.other: uniform(now.key, uid[actor], uid[tie.other], now.day, BIND_FRIEND, 0, turn)
            for tie in rows[i] if tie.other != actor}
    return max(luck, key=luck.__getitem__) if luck else NOBODY


def off_map(world: Any, i: int) -> int:
    """Ties of a resident that leave the map."""
    return int(world.people.far_kin[i]) + int(world.people.far_other[i])


def through_friend(world: Any, now: Moment, rows: list, i: int) -> int:
    """A tie's tie met this week."""
    w = words(now.key, world.people.uid[i], 0, now.day, BIND_FRIEND)
    if unit(w[0]) >= chance(world.settings.binding.friend * now.handles.territory("meet"), WEEK):
        return NOBODY
    if not stays_on_map(unit(w[1]), len(rows[i]), off_map(world, i)):
        return NOBODY
    friend = favourite(world, now, rows, i, i, 1)
    if friend == NOBODY or not stays_on_map(unit(w[2]), len(rows[friend]), off_map(world, friend)):
        return NOBODY
    return favourite(world, now, rows, friend, i, 2)


def elsewhere(world: Any, now: Moment, i: int) -> int:
    """Somebody met at work, at school or in town this week."""
    p, people, atlas, places = world.settings.binding, world.people, world.atlas, world.neighbourhoods
    w = words(now.key, people.uid[i], 0, now.day, BIND_OTHER)
    if unit(w[0]) >= chance(p.other * now.handles.territory("meet"), WEEK):
        return NOBODY
    z = int(people.neighbourhood[i])
    if unit(w[1]) >= p.same_place_other:
        home = people.building[i]
        x, y = jump(float(world.buildings.x[home]), float(world.buildings.y[home]), unit(w[2]), unit(w[3]), p.jump)
        z = int(neighbourhood_at(x, y, atlas.cells, float(atlas.x0), float(atlas.y0), float(atlas.size)))
    if z < 0 or places.adults[z] == 0:
        return NOBODY
    far = words(now.key, people.uid[i], 0, now.day, BIND_OTHER, 0, 1)
    return int(world.place_roll[int(places.first_adult[z]) + pick(unit(far[0]), int(places.adults[z]))])


def takes_to(world: Any, now: Moment, rows: list, i: int, j: int) -> bool:
    """True when a candidate becomes an acquaintance."""
    f, p = world.people, world.settings.binding.numbers
    if j == NOBODY or not f.alive[j] or same_person_or_home(i, j, f.household[i], f.household[j]):
        return False
    if any(tie.other == j for tie in rows[i]):
        return False
    apart = distance(f.group[i], f.group[j], f.age[i], f.age[j], f.ses[i], f.ses[j], p)
    low, high = sorted((f.uid[i], f.uid[j]))
    return uniform(now.key, low, high, now.day, BIND_ACCEPT) < acceptance(apart, p.homophily)


def propose(model: Any, world: Any, now: Moment) -> np.ndarray:
    """int32[n, 3]: whom each adult would add to their ties this week, by focus."""
    rows, people = by_row(world.ties), world.people
    met = np.full((people.rows, 3), NOBODY, np.int32)
    for i in range(people.rows):
        if people.alive[i] and people.age[i] >= ADULT:
            candidates = in_building(world, now, i), through_friend(world, now, rows, i), elsewhere(world, now, i)
            for focus, j in enumerate(candidates):
                if takes_to(world, now, rows, i, j):
                    met[i, focus] = j
    return met


def bear(model: Any, world: Any, births: Any) -> tuple[int, int]:
    """Begin the proposed ties one after the other, in the order of their uids."""
    uid, alive, p = world.people.uid, world.people.alive, world.settings.contact.numbers
    proposals = sorted(zip(births.row_i.tolist(), births.row_j.tolist(), births.trust.tolist(), births.hours.tolist(),
                           births.kind.tolist()), key=lambda b: (*sorted((uid[b[0]], uid[b[1]])), -b[2], -b[3], b[4]))
    born = evicted = 0
    for i, j, trust, hours, kind in proposals:
        if i == j or not alive[i] or not alive[j] or any(tie.other == j for tie in row_of(world.ties, i)):
            continue
        trust = float(np.float32(after_hours(trust, hours, p)))
        if _has_room(world, i, trust) and _has_room(world, j, trust):
            evicted += _make_room(world, i) + _make_room(world, j)
            for here, there in ((i, j), (j, i)):
                row = [*row_of(world.ties, here), Tie(there, trust, trust, kind)]
                write_row(world.ties, here, sorted(row, key=lambda tie: uid[tie.other]))
            born += 1
    world.ledger.count("born", born)
    world.ledger.count("evicted", evicted)
    return born, evicted


def _weakest(world: Any, i: int) -> Tie:
    return min(row_of(world.ties, i), key=lambda tie: tie.trust)


def _has_room(world: Any, i: int, trust: float) -> bool:
    return world.ties.degree[i] < SLOTS or _weakest(world, i).trust < trust


def _make_room(world: Any, i: int) -> int:
    """End the weakest tie of a full row, on both sides. Returns 1 if one ended."""
    if world.ties.degree[i] < SLOTS:
        return 0
    gone = _weakest(world, i).other
    for here, there in ((i, gone), (gone, i)):
        write_row(world.ties, here, [tie for tie in row_of(world.ties, here) if tie.other != there])
    return 1


HAND = {"bind.propose": propose, "bind.bear": bear}
