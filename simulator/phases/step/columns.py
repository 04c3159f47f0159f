"""Columns that the phases of needs and help read, as tuples that compiled loops take whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compaction import BLOCK, block_of, close_ranks, empty_list
from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...kernel.slots import Slots
from ...kernel.table import read as read
from ...rules.domain import CARE, FOOD, KIT, KNOW
from ...rules.needing import GROWN
from ...world.world import World
from .context import Moment

MEMBERS = "folk.members"
"""Where a moment keeps who belongs to a site."""

IN_NEED = "folk.in_need"
"""Where a moment keeps who was in need when it was last asked."""

UID_BITS = 32
"""Width of a uid or a row in a key that sorts by two of them."""


class Folk(NamedTuple):
    """Residents as one reads them: read-only views of columns of People."""

    uid: np.ndarray
    household: np.ndarray
    building: np.ndarray
    neighbourhood: np.ndarray
    commune: np.ndarray
    age: np.ndarray
    alive: np.ndarray
    frailty: np.ndarray
    functioning: np.ndarray
    agency: np.ndarray
    skill: np.ndarray
    load: np.ndarray
    far_kin: np.ndarray
    far_other: np.ndarray
    consent: np.ndarray
    register_rank: np.ndarray
    trust_institutions: np.ndarray
    member: np.ndarray
    candidate: np.ndarray
    aware: np.ndarray
    host_trust: np.ndarray


class Homes(NamedTuple):
    """Households, buildings and the roll of adults as one reads them."""

    uid: np.ndarray
    first: np.ndarray
    size: np.ndarray
    lead: np.ndarray
    kit: np.ndarray
    first_adult: np.ndarray
    adults: np.ndarray
    x: np.ndarray
    y: np.ndarray
    roll: np.ndarray


class Links(NamedTuple):
    """Ties as one reads them."""

    degree: np.ndarray
    other: Slots
    trust: Slots
    mirror: Slots
    kind: Slots


def folk(world: World) -> Folk:
    """The residents of a world."""
    return Folk(*world.people.views(Folk._fields))


def homes(world: World) -> Homes:
    """The households and buildings of a world."""
    households = world.households.views(("uid", "first", "size", "lead", "kit"))
    buildings = world.buildings.views(("first_adult", "adults", "x", "y"))
    return Homes(*(households + buildings + [read(world.roll)]))


def links(world: World) -> Links:
    """The ties of a world."""
    return Links(*world.ties.views(Links._fields))


@rule
def speaker(i, who, home):
    """Row of the resident who asks for i: oneself, for a child the household's lead or oldest tie to it; -1 nobody."""
    if who.age[i] >= GROWN:
        return np.int64(i)
    h = who.household[i]
    lead = np.int64(home.lead[h])
    if who.alive[lead] == 1 and who.age[lead] >= GROWN:
        return lead
    best = np.int64(-1)
    for j in range(home.first[h], home.first[h] + home.size[h]):
        if who.alive[j] == 1 and who.age[j] >= GROWN and (best < 0 or who.uid[j] < who.uid[best]):
            best = np.int64(j)
    return best


@parallel
def _speakers(rows, who, home, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        out[m] = speaker(rows[m], who, home)


def speakers(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[m]: who asks for each of the rows int32[m]; -1 nobody."""
    out = np.empty(len(rows), np.int64)
    _speakers(rows, folk(world), homes(world), out)
    return out


@rule
def lacks(i, backlog):
    """True when something of resident i's needs is unmet."""
    return (backlog[i, FOOD] | backlog[i, KIT] | backlog[i, CARE] | backlog[i, KNOW]) != 0


@parallel
def _needy(backlog, found, counts, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        count = b * BLOCK
        for i in block_of(b, backlog.shape[0]):
            if lacks(i, backlog):
                found[count] = i
                count += 1
        counts[b] = count - b * BLOCK


@parallel
def _still(rows, backlog, found, counts, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        count = b * BLOCK
        for m in block_of(b, rows.size):
            ahead(backlog, rows[min(m + SOON, rows.size - 1)])
            if lacks(rows[m], backlog):
                found[count] = rows[m]
                count += 1
        counts[b] = count - b * BLOCK


@parallel
def add_marks(rows, marks, column, piece, pieces):
    """Add bits u1[m] to the marks of the rows int32[m], each of which stands there once."""
    for m in portion(rows.size, piece, pieces):
        column[rows[m]] |= marks[m]


def members(world: World, now: Moment) -> np.ndarray:
    """int32[m]: rows of the members of all sites, from the meetings of a step until sites open and close."""
    if MEMBERS not in now.kept:
        now.kept[MEMBERS] = holding(world.people.member)
    found: np.ndarray = now.kept[MEMBERS]
    return found


def in_need(world: World, now: Moment) -> np.ndarray:
    """int32[m]: rows of the residents with something unmet.

    Once needs have arisen a step only meets them: who lacks nothing need not be looked at again, in this very moment.
    """
    backlog, before = read(world.people.backlog), now.kept.get(IN_NEED)
    found = empty_list(len(backlog) if before is None else len(before))
    if before is None:
        _needy(backlog, *found)
    else:
        _still(before, backlog, *found)
    now.kept[IN_NEED] = close_ranks(*found)
    return now.kept[IN_NEED]


@parallel
def _above(column, least, found, counts, piece, pieces):
    for b in portion(counts.size, piece, pieces):
        count = b * BLOCK
        for i in block_of(b, column.size):
            if column[i] > least:
                found[count] = i
                count += 1
        counts[b] = count - b * BLOCK


def holding(column: np.ndarray) -> np.ndarray:
    """int32[m]: rows in which a column int32[n] holds something, such as the site one belongs to, and not -1."""
    return above(column, np.int32(-1))


def above(column: np.ndarray, least: np.number) -> np.ndarray:
    """int32[m]: rows in which a column [n] is above a number of its type."""
    found = empty_list(len(column))
    _above(read(column), least, *found)
    return close_ranks(*found)
