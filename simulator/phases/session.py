"""Who sits together: the standing groups of each site, their weekday, and who comes (model 7.3).

Reads the handles site.places, site.opening, resident.at_site, territory.site_open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.draw import uniform, words
from ..kernel.shared import at
from ..kernel.stream import ATTEND, SEAT, STRAND
from ..world.world import World
from .folk import read
from .moment import WEEK, Moment

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


def starts(*keys: np.ndarray) -> np.ndarray:
    """Indices at which any of the sorted keys changes, with the length appended."""
    size = keys[0].size
    change = np.zeros(size, np.bool_)
    change[:1] = True
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    return np.append(np.flatnonzero(change), size)


def gather(world: World, now: Moment) -> Sessions:
    """The sessions held in this step: attendance, then seats by keyed priority when more come than the room holds."""
    people, sites, key = world.people, world.sites, now.key
    rows = np.flatnonzero((people.member >= 0) & (people.alive > 0))
    site = people.member[rows].astype(np.int64)
    strand, day = np.zeros(rows.size, np.int64), np.zeros(rows.size, np.int64)
    comes = np.zeros(rows.size, np.bool_)
    opening = sites.open * now.handles.territory("site_open") * now.handles.site("opening")
    _come(key, now.day, now.span, world.settings.meeting.attendance, strand_count(world, now), rows, site, people.uid,
          sites.uid, opening, read(now.handles.resident("at_site")), strand, day, comes)
    rows, site, strand, day = rows[comes], site[comes], strand[comes], day[comes]
    number = np.empty(rows.size, np.uint32)
    _seat_numbers(key, people.uid[rows], sites.uid[site], day, number)
    order = np.lexsort((people.uid[rows], number, strand, site))
    rows, site, strand, day = rows[order], site[order], strand[order], day[order]
    first = starts(site, strand)
    rank = np.arange(rows.size) - np.repeat(first[:-1], np.diff(first))
    seated = rank < seats(world)[site]
    away, away_site = rows[~seated], site[~seated]
    rows, site, strand, day = rows[seated], site[seated], strand[seated], day[seated]
    order = np.lexsort((people.uid[rows], strand, site))
    rows, site, strand, day = rows[order], site[order], strand[order], day[order]
    return Sessions(rows, site, strand, day, starts(site, strand), away, away_site)
