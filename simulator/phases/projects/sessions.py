"""Sessions at sites: the standing groups (strands) of each site, their weekday, and who attends (model 7.3).

Reads the handles site.places, site.activity, resident.site_access, territory.site_activity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ...kernel.keyed_random import RandomKey, draw_uniform, draw_words
from ...kernel.random_streams import ATTEND, SEAT_ORDER, SESSION_GROUP
from ...world.sites.member_traits import takes_part
from ...world.sites.strand import assign_strand
from ...world.world import World
from ..step.columns import UID_BITS
from ..step.context import WEEK, StepContext
from ..step.row_lists import list_site_members


@dataclass(frozen=True)
class Sessions:
    """Attendances of one step, sorted by (site, strand, uid), and those turned away from full sessions.

    row, site, strand, day: int32 or int64[attendances]; first: where each session begins among them, and the end;
    turned_away: rows of those who find no seat; turned_away_site: rows of their sites.
    """

    row: np.ndarray
    site: np.ndarray
    strand: np.ndarray
    day: np.ndarray
    first: np.ndarray
    turned_away: np.ndarray
    turned_away_site: np.ndarray


def form_sessions(world: World, context: StepContext) -> Sessions:
    """The sessions held in this step: who comes, then seats by keyed priority where more come than there are seats."""
    people, sites, key = world.people, world.sites, context.key
    rows = list_living_members(world, context)
    site = people.member[rows].astype(np.int64)
    strand, day = np.zeros(rows.size, np.int64), np.zeros(rows.size, np.int64)
    comes, key_of = np.zeros(rows.size, np.bool_), np.empty(rows.size, np.uint64)
    opening = sites.open * context.handles.territory("site_activity") * context.handles.site("activity")
    strands = count_strands(world, context)
    _draw_attendance(key, context.day, context.span, world.settings.meeting.numbers, strands, np.cumsum(strands), rows,
                     site, people.uid, sites.uid, opening, context.handles.resident("site_access"), strand, day, comes,
                     key_of)
    order = np.flatnonzero(comes)
    order = order[np.argsort(key_of[order])]
    rows, site, strand, day = rows[order], site[order], strand[order], day[order]
    first = find_group_starts(site, strand)
    without_seat = list_turned_away(world, key, rows, site, day, first)
    turned_away, turned_away_site = rows[without_seat], site[without_seat]
    if len(without_seat):
        seated = np.ones(rows.size, np.bool_)
        seated[without_seat] = False
        rows, site, strand, day = rows[seated], site[seated], strand[seated], day[seated]
        first = find_group_starts(site, strand)
    return Sessions(rows, site, strand, day, first, turned_away, turned_away_site)


@parallel_kernel
def _draw_attendance(key, today, span, p, strands, ends, rows, site, uid, site_uid, opening, site_access, strand, day,
                     comes, key_of, chunk, chunks):
    """ends: strands of each site and of those before it; key_of: uint64, orders attendances by session, then uid."""
    for k in chunk_range(rows.size, chunk, chunks):
        s = site[k]
        strand[k] = assign_strand(key, uid[rows[k]], site_uid[s], strands[s])
        day[k] = today + (assign_weekday(key, site_uid[s], strand[k]) - today) % WEEK
        probability = p.attendance * opening[s] * np.float64(value_at(site_access, rows[k]))
        if day[k] < today + span and takes_part(key, uid[rows[k]], site_uid[s], p.participation):
            comes[k] = attends_session(key, uid[rows[k]], site_uid[s], day[k], probability)
        session = np.uint64(ends[s] - strands[s] + strand[k])
        key_of[k] = session << np.uint64(UID_BITS) | np.uint64(uid[rows[k]])


@rule
def assign_weekday(key, site_uid, strand):
    """Day of the week, 0 to 6, on which a strand meets."""
    return int(draw_words(key, site_uid, strand, 0, SESSION_GROUP, 1)[0] % WEEK)


@rule
def attends_session(key, uid, site_uid, day, attendance):
    """True if a member attends the session of that day."""
    return draw_uniform(key, uid, site_uid, day, ATTEND) < attendance


def count_strands(world: World, context: StepContext) -> np.ndarray:
    """int64[s]: standing groups of each site: its weekly places over the nominal size of a group, rounded up."""
    return np.maximum(1, np.ceil(context.handles.site("places") / world.sites.group_size)).astype(np.int64)


def list_turned_away(world: World, key: RandomKey, rows: np.ndarray, site: np.ndarray, day: np.ndarray,
                     first: np.ndarray) -> np.ndarray:
    """int64[k]: positions in rows of those who find their session full, by session and keyed priority.

    rows int32[m], site and day int64[m]: who comes, sorted by session; first: where each session begins, and the end.
    """
    uid, capacity, sizes = world.people.uid, compute_session_capacity(world), np.diff(first)
    session = np.flatnonzero(sizes > capacity[site[first[:-1]]])
    if not len(session):
        return session
    come = expand_ranges(first[session], sizes[session])
    number = np.empty(len(come), np.uint32)
    _draw_seat_numbers(key, uid[rows[come]], world.sites.uid[site[come]], day[come], number)
    come = come[np.lexsort((uid[rows[come]], number, np.repeat(session, sizes[session])))]
    rank = expand_ranges(np.zeros(len(session), np.int64), sizes[session])
    return come[rank >= capacity[site[come]]]


def compute_session_capacity(world: World) -> np.ndarray:
    """int64[s]: seats of one session at each site."""
    return np.floor(world.settings.meeting.seats_per_member * world.sites.group_size).astype(np.int64)


@rule
def draw_seat_number(key, uid, site_uid, day):
    """uint32: a member's number for a seat in the session of that day; the lowest are seated first."""
    return draw_words(key, uid, site_uid, day, SEAT_ORDER)[0]


@kernel
def _draw_seat_numbers(key, uid, site_uid, day, out):
    for k in range(uid.size):
        out[k] = draw_seat_number(key, uid[k], site_uid[k], day[k])


def list_living_members(world: World, context: StepContext) -> np.ndarray:
    """int32[m]: rows of the living members of all sites."""
    rows = list_site_members(world, context)
    return rows[world.people.alive[rows] > 0]


def find_group_starts(*keys: np.ndarray) -> np.ndarray:
    """int64[groups + 1]: positions at which any of the sorted keys changes, and the length."""
    size = keys[0].size
    change = np.zeros(size, np.bool_)
    change[:1] = True
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    return np.append(np.flatnonzero(change), size)


def expand_ranges(begins: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """int64[sum of counts]: for every g the counts[g] whole numbers from begins[g] on, one range after the other."""
    return np.arange(counts.sum()) + np.repeat(begins - (np.cumsum(counts) - counts), counts)
