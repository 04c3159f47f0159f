"""Cope: shops refill stocks; those a crisis hits use their own means and their household's (model 7.7).

Reads the handles territory.shops, resident.stock.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.prefetch import SOON, ahead
from ..kernel.threads import most_pieces
from ..rules.coping import able, helping_time, own_know_how, own_time, restocked
from ..rules.domain import CARE, DOMAINS, FOOD, HOUSEHOLD, KIT, KNOW, MILLI, OWN, SITE
from ..world.world import World
from .step.columns import folk, holding, homes, in_need, read
from .step.context import Moment
from .step.hazard_arrays import hit, threat
from .step.household_order import by_household, end_of_home, first_of_piece

WRITES = ("people.backlog", "people.busy", "households.stock")


@kernel
def _restock(shops, left, day, span, full, stock, came):
    for h in range(stock.size):
        if stock[h] < full[h]:
            amount = restocked(stock[h], full[h], shops * at(left, h), day, span)
            stock[h] += amount
            came[h] = amount


def kept(world: World, now: Moment) -> np.ndarray:
    """int32[h]: the stock each household keeps when shops work: the usual one, and more where a lever asks for it."""
    people, homes, more = world.people, world.households, now.handles.resident("stock")
    if more.size == 1 and more[0] <= 0:
        return read(homes.stock_full)
    full = homes.stock_full.copy()
    np.add.at(full, people.household, np.floor(more.astype(np.float64) * MILLI * people.alive).astype(np.int32))
    return full


def affordable(world: World, now: Moment) -> np.ndarray:
    """float64[h] or [1]: share of usual restocking that crises leave to each household, by its member hit hardest."""
    cut = [hazard for hazard in now.hazards if hazard.restock < 1]
    left = np.ones(len(world.households) if cut else 1)
    for hazard in sorted(cut, key=lambda one: (one.card.id, one.days_since)):
        hardest = np.zeros(len(left))
        np.maximum.at(hardest, world.people.household, hazard.exposure.astype(np.float64))
        left *= 1 - (1 - hazard.restock) * hardest
    return left


def restock(world: World, now: Moment) -> int:
    """Shops bring households back towards the stock they keep. Thousandths of person-days that came."""
    homes = world.households
    came = np.zeros(len(homes), np.int32)
    _restock(now.handles.territory("shops"), affordable(world, now), now.day, now.span, kept(world, now), homes.stock,
             came)
    return int(came.sum(dtype=np.int64))


@rule
def _meet(i, domain, amount, backlog, book, source):
    backlog[i, domain] -= amount
    book[source, domain] += amount


@rule
def _goods(members, h, who, home, backlog, stock, book):
    """Kit and stock at home: the kit serves all, the stock those of smaller uid first."""
    used = 0
    for i in members:
        if home.kit[h] == 1:
            _meet(i, KIT, backlog[i, KIT], backlog, book, OWN)
        amount = min(backlog[i, FOOD], stock[h])
        stock[h] -= amount
        used += amount
        _meet(i, FOOD, amount, backlog, book, OWN)
    return used


@rule
def _oneself(i, who, span, p, backlog, busy, book):
    """Own know-how, then own time, for hands first and then for know-how."""
    _meet(i, KNOW, own_know_how(backlog[i, KNOW], np.float64(who.skill[i, KNOW])), backlog, book, OWN)
    left = own_time(np.float64(who.frailty[i]), np.float64(who.functioning[i]), span, p) - busy[i]
    for domain in (CARE, KNOW):
        amount = max(0, min(backlog[i, domain], left))
        left -= amount
        busy[i] += amount
        _meet(i, domain, amount, backlog, book, OWN)


@rule
def _next(h, uid, who, home):
    """Row of the resident of a household whose uid comes next after `uid`; -1 at the end."""
    found = -1
    for j in range(home.first[h], home.first[h] + home.size[h]):
        if np.int64(who.uid[j]) > uid and (found < 0 or who.uid[j] < who.uid[found]):
            found = np.int64(j)
    return found


@rule
def _one_another(members, h, who, home, span, p, backlog, busy, book):
    """Able adults of the household give their time: to members by uid, from members by uid."""
    for i in members:
        for domain in (CARE, KNOW):
            j = _next(h, -1, who, home) if backlog[i, domain] > 0 else -1
            while j >= 0 and backlog[i, domain] > 0:
                if j != i and able(who.alive[j], who.age[j], np.float64(who.frailty[j]), p):
                    free = helping_time(np.float64(who.functioning[j]), span, p) - busy[j]
                    amount = max(0, min(backlog[i, domain], free))
                    busy[j] += amount
                    _meet(i, domain, amount, backlog, book, HOUSEHOLD)
                j = _next(h, np.int64(who.uid[j]), who, home)


@parallel
def _household(listed, who, home, span, p, backlog, busy, stock, books, used, piece, pieces):
    at, stop = first_of_piece(listed, who.household, piece, pieces), portion(listed.size, piece, pieces).stop
    while at < stop:
        end = end_of_home(listed, at, who.household)
        members, later = listed[at:end], listed[min(end + SOON, listed.size - 1)]
        ahead(backlog, later)
        ahead(who.frailty, later)
        ahead(who.functioning, later)
        ahead(who.skill, later)
        ahead(busy, later)
        ahead(stock, who.household[later])
        h = who.household[members[0]]
        used[piece] += _goods(members, h, who, home, backlog, stock, books[piece])
        for i in members:
            _oneself(i, who, span, p, backlog, busy, books[piece])
        if home.size[h] > 1:
            _one_another(members, h, who, home, span, p, backlog, busy, books[piece])
        at = end


def household(world: World, now: Moment, rows: np.ndarray) -> tuple[np.ndarray, int]:
    """Own means and the household's for the rows int32[m] hit by a crisis.

    int64[2, d] met by oneself and by the household; thousandths of person-days taken from stocks.
    """
    people, who = world.people, folk(world)
    books, used = np.zeros((most_pieces(), 2, len(DOMAINS)), np.int64), np.zeros(most_pieces(), np.int64)
    _household(*by_household(rows, who.uid, who.household), who, homes(world), now.span, world.settings.coping.numbers,
               people.backlog, people.busy, world.households.stock, books, used)
    return books.sum(axis=0), int(used.sum())


def loan(world: World, now: Moment) -> int:
    """A kit on loan meets its borrower's need. Thousandths of kit-days met."""
    people = world.people
    borrowers = holding(people.loan)
    met = int(people.backlog[borrowers, KIT].sum(dtype=np.int64))
    people.backlog[borrowers, KIT] = 0
    return met


def step(world: World, now: Moment) -> None:
    """Stocks refill; kits on loan serve; households hit by a crisis do what they can."""
    ledger = world.ledger
    ledger.good("restocked", now.stage("cope.restock", restock)(world, now))
    ledger.met[SITE, KIT] += now.stage("cope.loan", loan)(world, now)
    rows = in_need(world, now)
    rows = rows[hit(threat(now, len(world.people)), rows)]
    books, used = now.stage("cope.household", household)(world, now, rows)
    ledger.met[OWN] += books[OWN]
    ledger.met[HOUSEHOLD] += books[HOUSEHOLD]
    ledger.good("consumed", used)
