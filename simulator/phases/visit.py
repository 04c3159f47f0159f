"""Visits: social time is shared out over one's ties; trust grows and wears; some ties end (model 7.2).

Handles: territory.meet (factor on visits except inside a building), resident.contact (factor on visits, the smaller of
both sides), territory.site_open, site.opening, resident.at_site (sessions that are not held, or out of reach, leave
their time to one's ties).
Plays on weekly steps. Both sides of a tie compute the same from the same numbers: nobody's row is searched.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.draw import poisson, unit, words
from ..kernel.shared import at
from ..kernel.stream import VISIT
from ..rules.contact import (
    WEEK,
    after_visits,
    company,
    ending_by_kind,
    far_weights,
    free_hours,
    is_over,
    keep_by_visits,
    rate_of,
    visits_expected,
    wear_by_kind,
)
from ..rules.kind import SLOTS
from ..world.span import building_edges
from ..world.tie import clear_slot, columns
from ..world.world import World
from .climate import climate
from .folk import read
from .moment import Moment

WRITES = ("ties.degree", "ties.other", "ties.trust", "ties.mirror", "ties.kind", "neighbourhoods.climate")

BLOCK = 64
"""Rows whose ties' other sides are fetched together, before any computing, so that memory is waited for once."""

PARTS = 64
"""Parts of the territory that threads take in turn; each has room of its own for what is fetched."""


class Rhythm(NamedTuple):
    """What a week does to a tie: wear and ending by kind float64[kinds], what visits leave float64[counts]."""

    worn: np.ndarray
    ending: np.ndarray
    keep: np.ndarray


class Reach(NamedTuple):
    """What holds visits back: factor outside the building, its edges, factor per resident float32[n] or [1]."""

    factor: float
    edges: np.ndarray
    building: np.ndarray
    contact: np.ndarray


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
    """Write float32[n]: free social time per unit of trust, h/week, where it is not 0.

    people: (hours, member, far_kin, far_other, alive).
    """
    hours, member, far_kin, far_other, alive = people
    for i in portion(hours.size, piece, pieces):
        if alive[i] and hours[i] > 0.0:
            weights = far_kin[i] * far[0] + far_other[i] * far[1]
            for k in range(t.degree[i]):
                weights += company(np.float64(t.trust[i, k]), p)
            taken = busy[member[i]] * np.float64(at(near, i))
            rate[i] = rate_of(free_hours(np.float64(hours[i]), taken, p), weights)


def share(world: World, now: Moment) -> np.ndarray:
    """float32[n]: h/week that each resident has per unit of trust, out-of-map ties counted."""
    people, settings = world.people, world.settings
    own = (people.social_hours, people.member, people.far_kin, people.far_other, people.alive)
    p = settings.contact.numbers
    near = read(now.handles.resident("at_site"))
    rate = np.zeros(people.rows, np.float32)
    share_out(columns(world.ties), own, session_hours(world, now), near, far_weights(settings.start, p), p, rate)
    return rate


@rule
def factor_of(reach, i, j):
    """Factor on the visits of i and j."""
    held = min(np.float64(at(reach.contact, i)), np.float64(at(reach.contact, j)))
    if reach.factor == 1.0:
        return held
    here = reach.building[i]
    return held if reach.edges[here] <= j < reach.edges[here + 1] else held * reach.factor


@rule
def fetch(t, who, rates, first, end, mine, uids, theirs):
    """Both uids, and the other's rate, of every tie of the rows first to end, one after the other. Returns how many."""
    at = 0
    for i in range(first, end):
        for k in range(t.degree[i]):
            j = np.uint32(t.other[i, k])
            mine[at] = who[i, 0]
            uids[at] = who[j, 0]
            theirs[at] = rates[j, 1]
            at += 1
    return at


@rule
def draw_luck(count, mine, uids, key, day):
    """Put the two words of every tie's luck in place of its two uids."""
    for tie in range(count):
        a, b = mine[tie], uids[tie]
        mine[tie], uids[tie], _, _ = words(key, min(a, b), max(a, b), day, VISIT)


@rule
def week_of(t, i, k, mine, theirs, factor, luck, rhythm, p):
    """(trust, mirror, over) of one tie after a week; luck: two words."""
    trust, mirror, kind = np.float64(t.trust[i, k]), np.float64(t.mirror[i, k]), t.kind[i, k]
    expected = visits_expected(mine * company(trust, p), theirs * company(mirror, p), factor, WEEK, p)
    keep = rhythm.keep[poisson(unit(luck[0]), expected)]
    trust = after_visits(trust, rhythm.worn[kind], keep)
    mirror = after_visits(mirror, rhythm.worn[kind], keep)
    return trust, mirror, is_over(trust, mirror, unit(luck[1]), rhythm.ending[kind], p)


@rule
def pack(t, i, kept):
    """End a row after `kept` ties."""
    for k in range(kept, t.degree[i]):
        clear_slot(t, i, k)
    t.degree[i] = kept


@rule
def week_of_row(t, i, own, first, second, theirs, at, reach, rhythm, p):
    """A week of one row's ties; those that end leave it. Returns how many ended. own: rate; first, second: luck."""
    kept = 0
    for k in range(t.degree[i]):
        luck = (first[at + k], second[at + k])
        factor = factor_of(reach, i, t.other[i, k])
        trust, mirror, over = week_of(t, i, k, own, np.float64(theirs[at + k]), factor, luck, rhythm, p)
        if not over:
            t.other[i, kept] = t.other[i, k]
            t.kind[i, kept] = t.kind[i, k]
            t.trust[i, kept] = trust
            t.mirror[i, kept] = mirror
            kept += 1
    ended = t.degree[i] - kept
    pack(t, i, kept)
    return ended


@rule
def week_of_block(t, first, end, who, rates, mine, uids, theirs, reach, rhythm, key, day, p):
    """A week of the ties of the rows first to end. Returns how many ended."""
    draw_luck(fetch(t, who, rates, first, end, mine, uids, theirs), mine, uids, key, day)
    at, ended = 0, 0
    for i in range(first, end):
        degree = np.int64(t.degree[i])
        if degree > 0:
            ended += week_of_row(t, i, np.float64(rates[i, 1]), mine, uids, theirs, at, reach, rhythm, p)
        at += degree
    return ended


@parallel
def week_of_ties(t, who, rates, reach, rhythm, key, day, p, mine, uids, theirs, ended, piece, pieces):
    """A week of every tie. who: uint32[n, 2] uid and rate side by side; rates: the same memory as float32.

    mine, uids, theirs: room for both sides of a block's ties, a row for each part; ended int64[parts] is written.
    """
    n, parts = t.degree.size, ended.size
    blocks = (n + BLOCK - 1) // BLOCK
    for part in portion(parts, piece, pieces):
        count = 0
        for block in range(blocks * part // parts, blocks * (part + 1) // parts):
            count += week_of_block(t, block * BLOCK, min(n, (block + 1) * BLOCK), who, rates, mine[part],
                                   uids[part], theirs[part], reach, rhythm, key, day, p)
        ended[part] = count


def contact(world: World, now: Moment, rate: np.ndarray) -> int:
    """A week of visits, wear and endings on every tie. Returns the number of ties that ended."""
    who = np.empty((world.people.rows, 2), np.uint32)
    who[:, 0] = world.people.uid
    rates = who.view(np.float32)
    rates[:, 1] = rate
    p = world.settings.contact.numbers
    room = (PARTS, BLOCK * SLOTS)
    mine, uids, theirs = np.empty(room, np.uint32), np.empty(room, np.uint32), np.empty(room, np.float32)
    sides = np.zeros(PARTS, np.int64)
    week_of_ties(columns(world.ties), who, rates, reach(world, now), rhythm(world), now.key, now.day, p, mine, uids,
                 theirs, sides)
    return int(sides.sum()) // 2


def step(world: World, now: Moment) -> None:
    """A week of contacts, on weekly boundaries."""
    if not now.weekly:
        return
    rate = now.stage("visit.share", share)(world, now)
    ended = now.stage("visit.contact", contact)(world, now, rate)
    world.ledger.count("ended", ended)
    world.neighbourhoods.climate[:] = now.stage("visit.climate", climate)(world, now)
