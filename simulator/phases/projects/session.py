"""Who sits together: the standing groups of each site, their weekday, and who comes (model 7.3).

Reads the handles site.places, site.opening, resident.at_site, territory.site_open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel.broadcast import at
from ...kernel.compiled import kernel, parallel, portion, rule
from ...kernel.random import Key, uniform, words
from ...kernel.stream import ATTEND, SEAT, STRAND
from ...world.world import World
from ..step.columns import UID_BITS, members, read
from ..step.context import WEEK, Moment

TURNS = 256
"""A turn of keyed luck has eight bits."""


@rule
def strand_of(key, uid, site_uid, strands):
    """A member's standing group, by rendezvous hash: stable whoever else comes or goes."""
    best, chosen = -1, 0
    for g in range(strands):
        word = words(key, uid, site_uid, 0, STRAND, 0, g & (TURNS - 1))[0]
        if int(word) > best:
            best, chosen = int(word), g
    return chosen


@rule
def weekday_of(key, site_uid, strand):
    """Day of the week, 0 to 6, on which a strand meets."""
    return int(words(key, site_uid, strand, 0, STRAND, 1)[0] % WEEK)


@rule
def attends(key, uid, site_uid, day, attendance):
    """True if a member comes to the session of that day."""
    return uniform(key, uid, site_uid, day, ATTEND) < attendance


@rule
def seat_number(key, uid, site_uid, day):
    """Order of seating in a full session."""
    return words(key, uid, site_uid, day, SEAT)[0]


@dataclass(frozen=True)
class Sessions:
    """Attendances of one step, sorted by (site, strand, uid), those turned away apart.

    row, site, strand, day: int32/int64[attendances]; first: start of each session in them, with the end appended;
    away: rows of those turned away, away_site: their sites.
    """

    row: np.ndarray
    site: np.ndarray
    strand: np.ndarray
    day: np.ndarray
    first: np.ndarray
    away: np.ndarray
    away_site: np.ndarray


@parallel
def _come(key, today, span, attendance, strands, rows, site, uid, site_uid, opening, near, strand, day, comes, piece,
          pieces):
    for k in portion(rows.size, piece, pieces):
        s = site[k]
        strand[k] = strand_of(key, uid[rows[k]], site_uid[s], strands[s])
        day[k] = today + (weekday_of(key, site_uid[s], strand[k]) - today) % WEEK
        often = attendance * opening[s] * np.float64(at(near, rows[k]))
        comes[k] = day[k] < today + span and attends(key, uid[rows[k]], site_uid[s], day[k], often)


@kernel
def _seat_numbers(key, uid, site_uid, day, out):
    for k in range(uid.size):
        out[k] = seat_number(key, uid[k], site_uid[k], day[k])


def strand_count(world: World, now: Moment) -> np.ndarray:
    """int64[s]: standing groups of each site, one per nominal size in its weekly places."""
    return np.maximum(1, np.ceil(now.handles.site("places") / world.sites.strand)).astype(np.int64)


def seats(world: World) -> np.ndarray:
    """int64[s]: most people one session seats."""
    return np.floor(world.settings.meeting.crowd * world.sites.strand).astype(np.int64)


def filled(begins: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """int64[sum of counts]: the first counts[g] places from begins[g] on, for every g."""
    return np.arange(counts.sum()) + np.repeat(begins - (np.cumsum(counts) - counts), counts)


def starts(*keys: np.ndarray) -> np.ndarray:
    """Indices at which any of the sorted keys changes, with the length appended."""
    size = keys[0].size
    change = np.zeros(size, np.bool_)
    change[:1] = True
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    return np.append(np.flatnonzero(change), size)


def living_members(world: World, now: Moment) -> np.ndarray:
    """int32[m]: rows of the living members of all sites."""
    rows = members(world, now)
    return rows[world.people.alive[rows] > 0]


def turned_away(world: World, key: Key, rows: np.ndarray, site: np.ndarray, day: np.ndarray, first: np.ndarray
                ) -> np.ndarray:
    """int64[k]: places in rows of those who find a full session, by session and keyed priority.

    rows int32[m], site and day int64[m]: who comes, sorted by session; first: where each session begins.
    """
    uid, room, sizes = world.people.uid, seats(world), np.diff(first)
    session = np.flatnonzero(sizes > room[site[first[:-1]]])
    at = filled(first[session], sizes[session])
    number = np.empty(len(at), np.uint32)
    _seat_numbers(key, uid[rows[at]], world.sites.uid[site[at]], day[at], number)
    at = at[np.lexsort((uid[rows[at]], number, np.repeat(session, sizes[session])))]
    rank = filled(np.zeros(len(session), np.int64), sizes[session])
    return at[rank >= room[site[at]]]


def gather(world: World, now: Moment) -> Sessions:
    """The sessions held in this step: attendance, then seats by keyed priority when more come than the room holds."""
    people, sites, key = world.people, world.sites, now.key
    rows = living_members(world, now)
    site = people.member[rows].astype(np.int64)
    strand, day = np.zeros(rows.size, np.int64), np.zeros(rows.size, np.int64)
    comes = np.zeros(rows.size, np.bool_)
    opening = sites.open * now.handles.territory("site_open") * now.handles.site("opening")
    strands = strand_count(world, now)
    _come(key, now.day, now.span, world.settings.meeting.attendance, strands, rows, site, people.uid, sites.uid,
          opening, read(now.handles.resident("at_site")), strand, day, comes)
    rows, site, strand, day = rows[comes], site[comes], strand[comes], day[comes]
    session = (np.cumsum(strands) - strands)[site] + strand
    order = np.argsort(session.astype(np.uint64) << UID_BITS | people.uid[rows])
    rows, site, strand, day = rows[order], site[order], strand[order], day[order]
    away = turned_away(world, key, rows, site, day, starts(site, strand))
    seated = np.ones(rows.size, np.bool_)
    seated[away] = False
    turned, turned_site = rows[away], site[away]
    rows, site, strand, day = rows[seated], site[seated], strand[seated], day[seated]
    return Sessions(rows, site, strand, day, starts(site, strand), turned, turned_site)
