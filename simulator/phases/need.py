"""Need: everyday needs and a crisis's needs arise; what was unmet lasts or fades (model 7.7, 7.9)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.threads import most_pieces
from ..rules.domain import CARE, DOMAIN_COUNT, DOMAINS, FOOD, HOUSEHOLD, KIT, KNOW, OWN
from ..rules.needing import GROWN, carried_over
from ..world.world import World
from .arise import BLOCK, CELLS, empty_rooms, needs_of_block, room_of
from .folk import IN_NEED, folk
from .moment import Moment
from .threat import keep_of, threat

WRITES = ("people.need", "people.backlog", "people.busy", "people.lent", "people.episode", "people.voiced",
          "people.found", "people.applied", "people.aided", "people.hurt", "households.kit_lent")
BOOKS = 5
NEW, CARRIED, FADED, BY_ONESELF, AT_HOME = range(BOOKS)
"""What becomes of needs in a step: new, carried over, faded, met by oneself, met at home."""

BYTE = 255
"""Marks of four domains fill one byte: the lower half, and in people.hurt the upper half for institutions."""


@rule
def close_episode(i, domain, episode, marks):
    """A need episode ends; marks u1[:] x 4 (voiced, found, applied, aided) and hurt forget it."""
    voiced, found, applied, aided, hurt = marks
    episode[i, domain] = -1
    rest = np.uint8(BYTE - (1 << domain))
    voiced[i] &= rest
    found[i] &= rest
    applied[i] &= rest
    aided[i] &= rest
    hurt[i] &= np.uint8(BYTE - ((1 | 1 << DOMAIN_COUNT) << domain))


@rule
def quiet(i, backlog, episode):
    """True when resident i lacks nothing and no episode is on: nothing can last, nothing can end."""
    lacks = backlog[i, FOOD] | backlog[i, KIT] | backlog[i, CARE] | backlog[i, KNOW]
    ended = episode[i, FOOD] & episode[i, KIT] & episode[i, CARE] & episode[i, KNOW]
    return (lacks == 0) & (ended < 0)


@rule
def _carry_over(first, end, who, threat, span, p, arisen, need, backlog, episode, marks, carried, book):
    """What lasts of unmet needs of the rows first to end, and which episodes end."""
    for at in range((end - first) * DOMAIN_COUNT):
        carried[at] = 0
    for i in range(first, end):
        if quiet(i, backlog, episode):
            continue
        for d in range(DOMAIN_COUNT):
            at, left, lasts = (i - first) * DOMAIN_COUNT + d, backlog[i, d], 0
            if left > 0:
                keep = keep_of(i, d, threat, p.carry) if who.alive[i] == 1 else 0.0
                lasts = carried_over(left, keep, span)
                book[CARRIED, d] += lasts
                book[FADED, d] += left - lasts
                carried[at] = lasts
            if episode[i, d] >= 0 and need[i, d] > 0:
                if left == 0 or lasts + arisen.own[at] + arisen.beyond[at] + arisen.crisis[at] == 0:
                    close_episode(i, d, episode, marks)


@rule
def _renew(first, end, age, arisen, carried, need, backlog):
    """The needs of the rows first to end, and what is left of them after one's own time and the home's."""
    for i in range(first, end):
        child = age[i] < GROWN
        for d in range(DOMAIN_COUNT):
            at = (i - first) * DOMAIN_COUNT + d
            beyond, crisis = arisen.beyond[at], arisen.crisis[at] + carried[at]
            need[i, d] = crisis + beyond + arisen.own[at]
            backlog[i, d] = crisis + (0 if child else beyond)


@rule
def _book(first, end, age, arisen, book):
    """What arose, what one meets oneself and what homes meet for their children."""
    for d in range(DOMAIN_COUNT):
        own, home, arose = 0, 0, 0
        for i in range(first, end):
            at = (i - first) * DOMAIN_COUNT + d
            own += arisen.own[at]
            arose += arisen.beyond[at] + arisen.crisis[at]
            home += arisen.beyond[at] if age[i] < GROWN else 0
        book[BY_ONESELF, d] += own
        book[AT_HOME, d] += home
        book[NEW, d] += own + arose


@parallel
def _events(who, threat, key, day, span, p, need, backlog, episode, marks, books, carries, rooms, piece, pieces):
    n, room, carried, book = who.uid.size, room_of(rooms, piece), carries[piece], books[piece]
    for b in portion((n + BLOCK - 1) // BLOCK, piece, pieces):
        first, end = b * BLOCK, min(n, (b + 1) * BLOCK)
        needs_of_block(first, end, who, threat, key, day, span, p, room)
        _carry_over(first, end, who, threat, span, p, room, need, backlog, episode, marks, carried, book)
        _renew(first, end, who.age, room, carried, need, backlog)
        _book(first, end, who.age, room, book)


def events(world: World, now: Moment) -> np.ndarray:
    """Needs of the step into people.need and backlog. int64[5, d]: new, carried, faded, met by oneself, met at home."""
    people = world.people
    books = np.zeros((most_pieces(), BOOKS, len(DOMAINS)), np.int64)
    marks = (people.voiced, people.found, people.applied, people.aided, people.hurt)
    _events(folk(world), threat(now, len(people)), now.key, now.day, now.span, world.settings.needing.numbers,
            people.need, people.backlog, people.episode, marks, books,
            np.empty((most_pieces(), CELLS), np.int32), empty_rooms())
    return books.sum(axis=0)


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
