"""Need: everyday needs and a crisis's needs arise; what was unmet lasts or fades (model 7.7, 7.9)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.draw import words
from ..kernel.stream import NEED
from ..rules.domain import DOMAIN_COUNT, DOMAINS, HOUSEHOLD, OWN
from ..rules.needing import GROWN, carried_over, everyday, in_crisis
from ..world.world import World
from .folk import BLOCK, folk
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
def crisis_need(i, domain, threat, key, uid, day, span, frailty, p):
    """Need of one domain, thousandths, that all crises together make for resident i in one step."""
    total = 0
    for k in range(threat.exposure.shape[0]):
        e = np.float64(threat.exposure[k, i])
        rate = (threat.base[k, domain] + threat.frail[k, domain] * frailty) * e
        if rate > 0.0:
            total += in_crisis(key, uid, threat.code[k], day, domain, threat.mode[k], threat.started[k], rate, span, p)
    return total


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
def _renew(i, domain, arose, own, home, keep, span, need, backlog, book):
    """Next step's need and backlog of one domain; everything booked."""
    left = backlog[i, domain]
    carried = carried_over(left, keep, span) if left > 0 else 0
    need[i, domain] = carried + arose
    backlog[i, domain] = carried + arose - own - home
    book[NEW, domain] += arose
    book[CARRIED, domain] += carried
    book[FADED, domain] += left - carried
    book[BY_ONESELF, domain] += own
    book[AT_HOME, domain] += home


@rule
def _one(i, who, threat, key, day, span, p, need, backlog, episode, marks, book):
    alive = who.alive[i] == 1
    frailty = np.float64(who.frailty[i])
    luck = words(key, who.uid[i], 0, day, NEED)
    for d in range(DOMAIN_COUNT):
        had = need[i, d] > 0
        left = backlog[i, d]
        arose, own, home, keep = 0, 0, 0, 0.0
        if alive:
            arose, beyond = everyday(key, who.uid[i], day, d, luck[d], span, frailty, p)
            own = arose - beyond
            if who.age[i] < GROWN:
                home = beyond
            arose += crisis_need(i, d, threat, key, who.uid[i], day, span, frailty, p)
            if left > 0:
                keep = keep_of(i, d, threat, p.carry)
        if had or arose > 0:
            _renew(i, d, arose, own, home, keep, span, need, backlog, book)
            if had and (left == 0 or need[i, d] == 0) and episode[i, d] >= 0:
                close_episode(i, d, episode, marks)


@parallel
def _events(who, threat, key, day, span, p, need, backlog, episode, marks, books, piece, pieces):
    n = who.uid.size
    for b in portion(books.shape[0], piece, pieces):
        book = books[b]
        for i in range(b * BLOCK, min(n, (b + 1) * BLOCK)):
            _one(i, who, threat, key, day, span, p, need, backlog, episode, marks, book)


def events(world: World, now: Moment) -> np.ndarray:
    """Needs of the step into people.need and backlog. int64[5, d]: new, carried, faded, met by oneself, met at home."""
    people = world.people
    blocks = (len(people) + BLOCK - 1) // BLOCK
    books = np.zeros((blocks, BOOKS, len(DOMAINS)), np.int64)
    marks = (people.voiced, people.found, people.applied, people.aided, people.hurt)
    _events(folk(world), threat(now, len(people)), now.key, now.day, now.span, world.settings.needing.numbers,
            people.need, people.backlog, people.episode, marks, books)
    return books.sum(axis=0)


def step(world: World, now: Moment) -> None:
    """Everyone's time is free again; needs arise; books of new, carried and faded needs."""
    for column in (world.people.busy, world.people.lent, world.households.kit_lent):
        column[...] = 0
    new, carried, faded, own, home = now.stage("need.events", events)(world, now)
    ledger = world.ledger
    ledger.new += new
    ledger.carried += carried
    ledger.faded += faded
    ledger.met[OWN] += own
    ledger.met[HOUSEHOLD] += home
