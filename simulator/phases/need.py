"""Need: everyday needs and a crisis's needs arise; what was unmet lasts or fades (model 7.7, 7.9)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.prefetch import ahead
from ..kernel.threads import most_pieces
from ..rules.domain import CARE, DOMAIN_COUNT, DOMAINS, FOOD, HOUSEHOLD, KIT, KNOW, OWN
from ..rules.needing import GROWN, carried_over
from ..world.world import World
from .needs.need_events import BLOCK, CELLS, empty_rooms, needs_of_block, room_of
from .step.columns import IN_NEED, folk
from .step.context import Moment
from .step.hazard_arrays import keep_of, threat

WRITES = ("people.need", "people.backlog", "people.busy", "people.lent", "people.episode", "people.voiced",
          "people.found", "people.applied", "people.aided", "people.hurt", "households.kit_lent")
BOOKS = 5
NEW, CARRIED, FADED, BY_ONESELF, AT_HOME = range(BOOKS)
"""What becomes of needs in a step: new, carried over, faded, met by oneself, met at home."""

SUMMED = (BY_ONESELF, AT_HOME, NEW)
"""What is added up cell by cell, in the order of `_book`."""


@rule
def close_episodes(i, ended, marks):
    """Episodes of resident i end in the domains that bits of `ended` say; marks u1[:] forget them.

    Marks have a bit for each domain; those of hurt have four more, for institutions.
    """
    voiced, found, applied, aided, hurt = marks
    rest = np.uint8(~ended)
    voiced[i] &= rest
    found[i] &= rest
    applied[i] &= rest
    aided[i] &= rest
    hurt[i] &= np.uint8(~(ended | ended << DOMAIN_COUNT))


@rule
def quiet(i, backlog, episode):
    """True when resident i lacks nothing and no episode is on: nothing can last, nothing can end."""
    lacks = backlog[i, FOOD] | backlog[i, KIT] | backlog[i, CARE] | backlog[i, KNOW]
    ended = episode[i, FOOD] & episode[i, KIT] & episode[i, CARE] & episode[i, KNOW]
    return (lacks == 0) & (ended < 0)


@rule
def _list_unquiet(first, end, need, backlog, episode, marks, found):
    """List who is not `quiet` among the rows first to end, counted from first. Returns how many."""
    count = 0
    for i in range(first, end):
        if not quiet(i, backlog, episode):
            found[count] = i - first
            count += 1
            ahead(need, i)
            voiced, asked_for, applied, aided, hurt = marks
            ahead(voiced, i)
            ahead(asked_for, i)
            ahead(applied, i)
            ahead(aided, i)
            ahead(hurt, i)
    return count


@rule
def _carry_over(first, end, who, threat, span, p, arisen, need, backlog, episode, marks, carried, book):
    """What lasts of unmet needs of the rows first to end, and which episodes end."""
    for at in range((end - first) * DOMAIN_COUNT):
        carried[at] = 0
    count = _list_unquiet(first, end, need, backlog, episode, marks, arisen.found)
    for m in range(count):
        i, ended = first + arisen.found[m], 0
        for d in range(DOMAIN_COUNT):
            at, left, lasts = arisen.found[m] * DOMAIN_COUNT + d, backlog[i, d], 0
            if left > 0:
                keep = keep_of(i, d, threat, p.carry) if who.alive[i] == 1 else 0.0
                lasts = carried_over(left, keep, span)
                book[CARRIED, d] += lasts
                book[FADED, d] += left - lasts
                carried[at] = lasts
            nothing = (left == 0) | (lasts + arisen.own[at] + arisen.beyond[at] + arisen.crisis[at] == 0)
            over = (episode[i, d] >= 0) & (need[i, d] > 0) & nothing
            episode[i, d] = -1 if over else episode[i, d]
            ended |= over << d
        close_episodes(i, ended, marks)


@rule
def _renew(cells, grown, arisen, carried, need, backlog):
    """The needs of a block's cells, and what is left of them after one's own time and the home's for its children."""
    for c in range(cells):
        lasts = arisen.crisis[c] + carried[c]
        need[c] = lasts + arisen.beyond[c] + arisen.own[c]
        backlog[c] = lasts + arisen.beyond[c] * grown[c]


@rule
def _book(cells, grown, arisen, own, home, arose):
    """Add up, cell by cell of all blocks: what one meets oneself, what homes meet for their children, what arose."""
    for c in range(cells):
        own[c] += arisen.own[c]
        home[c] += arisen.beyond[c] * (1 - grown[c])
        arose[c] += arisen.own[c] + arisen.beyond[c] + arisen.crisis[c]


@rule
def _grown_ups(ages, grown):
    """1 in each cell of a grown resident, 0 in a child's."""
    for i in range(ages.size):
        for d in range(DOMAIN_COUNT):
            grown[i * DOMAIN_COUNT + d] = ages[i] >= GROWN


@parallel
def _events(who, threat, key, day, span, p, need, backlog, episode, marks, books, cells, sums, rooms, piece, pieces):
    """cells: int32[pieces, 2, CELLS] to work in; sums: int64[pieces, SUMMED, CELLS], see `_book`."""
    n, room, book, carried, grown = who.uid.size, room_of(rooms, piece), books[piece], cells[piece, 0], cells[piece, 1]
    own, home, arose = sums[piece, 0], sums[piece, 1], sums[piece, 2]
    for b in portion((n + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = b * BLOCK, min(n, (b + 1) * BLOCK)
        low, high = first * DOMAIN_COUNT, end * DOMAIN_COUNT
        needs_of_block(first, end, who, threat, key, day, span, p, room)
        _carry_over(first, end, who, threat, span, p, room, need, backlog, episode, marks, carried, book)
        _grown_ups(who.age[first:end], grown)
        _renew(high - low, grown, room, carried, need.reshape(-1)[low:high], backlog.reshape(-1)[low:high])
        _book(high - low, grown, room, own, home, arose)


def events(world: World, now: Moment) -> np.ndarray:
    """Needs of the step into people.need and backlog. int64[5, d]: new, carried, faded, met by oneself, met at home."""
    people = world.people
    books = np.zeros((most_pieces(), BOOKS, len(DOMAINS)), np.int64)
    sums = np.zeros((most_pieces(), len(SUMMED), CELLS), np.int64)
    marks = (people.voiced, people.found, people.applied, people.aided, people.hurt)
    _events(folk(world), threat(now, len(people)), now.key, now.day, now.span, world.settings.needing.numbers,
            people.need, people.backlog, people.episode, marks, books,
            np.empty((most_pieces(), 2, CELLS), np.int32), sums, empty_rooms())
    book = books.sum(axis=0)
    book[list(SUMMED)] = sums.sum(axis=0).reshape(len(SUMMED), -1, len(DOMAINS)).sum(axis=1)
    return book


def step(world: World, now: Moment) -> None:
    """Everyone's time is free again; needs arise; books of new, carried and faded needs."""
    for column in (world.people.busy, world.people.lent, world.households.kit_lent):
        column[...] = 0
    now.kept.pop(IN_NEED, None)
    new, carried, faded, own, home = now.stage("need.events", events)(world, now)
    ledger = world.ledger
    ledger.new += new
    ledger.carried += carried
    ledger.faded += faded
    ledger.met[OWN] += own
    ledger.met[HOUSEHOLD] += home
