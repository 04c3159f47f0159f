"""Visits: social time is shared out over one's ties; trust grows and wears; some ties end (model 7.2).

Handles: territory.meet (factor on visits except inside a building), resident.contact (factor on visits, the smaller of
both sides), territory.site_open, site.opening, resident.at_site (sessions that are not held, or out of reach, leave
their time to one's ties).
Plays on weekly steps.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compiled import parallel, portion
from ..kernel.prefetch import SOON
from ..kernel.slots import FEW
from ..kernel.threads import most_pieces
from ..rules.contact import (
    WEEK,
    company,
    ending_by_kind,
    far_weights,
    free_hours,
    keep_by_visits,
    rate_of,
    wear_by_kind,
)
from ..world.places.span import building_edges
from ..world.ties.tie import columns
from ..world.ties.tie_read import ahead_rest
from ..world.world import World
from .step.columns import read
from .step.context import Moment
from .ties.neighbourhood_support import climate
from .ties.tie_buffer import empty_rooms
from .ties.tie_week import Reach, Rhythm, week_of_ties

WRITES = ("ties.degree", "ties.other", "ties.trust", "ties.mirror", "ties.kind", "neighbourhoods.climate")


def rhythm(world: World) -> Rhythm:
    """The tables of one week."""
    p = world.settings.contact.numbers
    return Rhythm(wear_by_kind(p, WEEK), ending_by_kind(p, WEEK), keep_by_visits(p))


def reach(world: World, now: Moment) -> Reach:
    """The handles that hold visits back; buildings are looked up only when they matter."""
    factor = now.handles.territory("meet")
    edges = np.zeros(1, np.int64) if factor == 1 else building_edges(world.people, world.buildings)
    return Reach(factor, edges, world.people.building, now.handles.resident("contact"))


def session_hours(world: World, now: Moment) -> np.ndarray:
    """float64[s + 1]: h/week that each site takes of its members' social time; the last is of no site."""
    meeting = world.settings.meeting
    hours = meeting.length * meeting.attendance * now.handles.territory("site_open") * now.handles.site("opening")
    return np.append(hours, 0.0)


@parallel
def share_out(t, people, busy, near, far, p, rate, piece, pieces):
    """Write float32[n]: free social time per unit of trust, h/week.

    people: (hours, member, far_kin, far_other, alive).
    """
    hours, member, far_kin, far_other, alive = people
    for i in portion(hours.size, piece, pieces):
        ahead_rest(t.degree, t.trust, min(i + SOON, hours.size - 1))
        weights, degree = far_kin[i] * far[0] + far_other[i] * far[1], np.int64(t.degree[i])
        for k in range(FEW):
            weights += company(np.float64(t.trust[i, k]), p) * (k < degree)
        for k in range(FEW, degree):
            weights += company(np.float64(t.trust[i, k]), p)
        free = free_hours(np.float64(hours[i]), busy[member[i]] * np.float64(at(near, i)), p)
        rate[i] = rate_of(free, weights) if alive[i] and hours[i] > 0.0 else 0.0


def share(world: World, now: Moment) -> np.ndarray:
    """float32[n]: h/week that each resident has per unit of trust, out-of-map ties counted."""
    people, settings = world.people, world.settings
    own = (people.social_hours, people.member, people.far_kin, people.far_other, people.alive)
    p = settings.contact.numbers
    near = read(now.handles.resident("at_site"))
    rate = np.empty(people.rows, np.float32)
    share_out(columns(world.ties), own, session_hours(world, now), near, far_weights(settings.start, p), p, rate)
    return rate


@parallel
def _beside(uid, rate, who, rates, piece, pieces):
    """Uid and rate side by side, for who looks up both. who, rates: the same memory as uint32 and float32[n, 2]."""
    for i in portion(uid.size, piece, pieces):
        who[i, 0], rates[i, 1] = uid[i], rate[i]


def contact(world: World, now: Moment, rate: np.ndarray) -> int:
    """A week of visits, wear and endings on every tie. Returns the number of ties that ended."""
    who = np.empty((world.people.rows, 2), np.uint32)
    rates = who.view(np.float32)
    _beside(read(world.people.uid), rate, who, rates)
    sides = np.zeros(most_pieces(), np.int64)
    week_of_ties(columns(world.ties), who, rates, reach(world, now), rhythm(world), now.key, now.day,
                 world.settings.contact.numbers, empty_rooms(), sides)
    return int(sides.sum()) // 2


def step(world: World, now: Moment) -> None:
    """A week of contacts, on weekly boundaries."""
    if not now.weekly:
        return
    rate = now.stage("visit.share", share)(world, now)
    ended = now.stage("visit.contact", contact)(world, now, rate)
    world.ledger.count("ended", ended)
    world.neighbourhoods.climate[:] = now.stage("visit.climate", climate)(world, now)
