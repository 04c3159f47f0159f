"""Relief: open sites lend kits, give goods and match volunteers' time with needs (model 7.7).

Reads the handles site.staff, site.relief, site.donation, site.opening, site.inflow, site.refuge, territory.site_open,
resident.referred, resident.at_site.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compiled import kernel, parallel, portion, rule
from ..kernel.random import uniform
from ..kernel.stream import DONATE, LOAN_LOST, RELIEF
from ..rules.asking import over
from ..rules.coping import surplus
from ..rules.domain import DOMAIN_COUNT, FOOD, KIT, MILLI, SITE
from ..rules.needing import WEEK, whole_flow
from ..rules.relief import scaled
from ..world.world import World
from .ask import counting
from .help.allocation import lots, shared
from .help.feedback import agencies
from .help.request import STRANGERS
from .projects.facilitation import site_quality
from .projects.volunteer import hands, service
from .step.columns import folk, holding, homes, in_need, members, read, speaker, speakers
from .step.context import Moment

WRITES = ("people.backlog", "people.busy", "people.lent", "people.loan", "people.agency", "people.given",
          "people.received", "people.first_contact", "households.stock", "sites.pool", "sites.kits", "sites.donated",
          "sites.lost_kits")
ROOM = DOMAIN_COUNT + 1
"""Lots for rooms are drawn apart from those for goods and for volunteers."""


@kernel
def _give_back(borrowers, key, day, share, uid, site_uid, loan, kits, lost_kits):
    lost = 0
    for i in borrowers:
        s = loan[i]
        loan[i] = -1
        if uniform(key, uid[i], site_uid[s], day, LOAN_LOST) < share:
            lost_kits[s] += 1
            lost += 1
        else:
            kits[s] += 1
    return lost


def give_back(world: World, now: Moment) -> tuple[int, int]:
    """Kits come back from those who no longer need them: kits back, kits lost."""
    people, sites = world.people, world.sites
    borrowers = holding(people.loan)
    borrowers = borrowers[people.need[borrowers, KIT] == 0]
    lost = _give_back(borrowers, now.key, now.day, world.settings.aiding.loan_lost, people.uid, sites.uid, people.loan,
                      sites.kits, sites.lost_kits)
    return len(borrowers) - lost, lost


@parallel
def _bring(members, key, day, span, rate, who, site_uid, work, out, piece, pieces):
    for m in portion(members.size, piece, pieces):
        i = members[m]
        s = who.member[i]
        if work[s] > 0.0 and who.alive[i] == 1:
            out[m] = uniform(key, who.uid[i], site_uid[s], day, DONATE) < over(rate[s], span / WEEK)


@kernel
def _donate(members, act, reserve, who, household_size, stock, pool, donated):
    total = 0
    for i in members:
        s, h = who.member[i], who.household[i]
        amount = min(surplus(stock[h], household_size[h], reserve), act)
        stock[h] -= amount
        pool[s] += amount
        donated[s] += amount
        total += amount
    return total


def donate(world: World, now: Moment) -> int:
    """Members with a surplus at home bring some of it to their site's pool. Thousandths of person-days."""
    people, houses, sites, p = world.people, world.households, world.sites, world.settings.aiding
    rows = members(world, now)
    brings = np.zeros(len(rows), np.bool_)
    _bring(rows, now.key, now.day, now.span, read(now.handles.site("donation")), folk(world), read(sites.uid),
           service(world, now), brings)
    rows = rows[brings]
    rows = rows[np.argsort(people.uid[rows])]  # two of one home bring one after the other
    return _donate(rows, int(p.act * MILLI), p.reserve, folk(world), read(houses.size), houses.stock, sites.pool,
                   sites.donated)


def deliver(world: World, now: Moment) -> int:
    """Essentials that an emergency fund brings to sites at work while a crisis lasts. Thousandths of person-days."""
    if not now.hazards:
        return 0
    flow, sites = now.handles.site("inflow") * service(world, now) * MILLI, world.sites
    came = np.array([whole_flow(rate, now.day, now.span) for rate in flow], np.int64)
    sites.pool[:] += came.astype(sites.pool.dtype)
    return int(came.sum())


def rooms(world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
    """int64[m]: 1 for the rows int32[m] who spend the day in the cool, warm or lit room of their host int32[m].

    Only in a crisis, for those without a kit on loan who are fit to come; places are drawn by lots.
    """
    people, p, seats = world.people, world.settings.providing, now.handles.site("refuge") * service(world, now)
    out = np.zeros(len(rows), np.int64)
    if now.hazards and seats.any():
        fit = people.frailty[rows] < p.room_frailty
        claim = np.flatnonzero(fit & (people.backlog[rows, KIT] > 0) & (people.loan[rows] < 0))
        lot = lots(now.key, now.day, np.full(len(claim), ROOM), people.uid, rows[claim])
        out[claim] = shared(host[claim], np.ones(len(claim), np.int64), np.floor(seats).astype(np.int64), lot)
    return out


@rule
def host_of(s, referred, least, who, site_uid, work):
    """Row of the site that would serve resident s: one's own, else the most trusted one knows or is sent to; or -1."""
    own = np.int64(who.member[s])
    if own >= 0 and work[own] > 0.0:
        return own
    best, most = np.int64(-1), -1.0
    for k in range(who.candidate.shape[1]):
        c, trust = np.int64(who.candidate[s, k]), np.float64(who.host_trust[s, k])
        welcome = referred or ((who.aware[s] >> k) & 1 == 1 and trust >= least)
        if c >= 0 and welcome and work[c] > 0.0:
            if trust > most or (trust == most and site_uid[c] < site_uid[best]):
                best, most = c, trust
    return best


@parallel
def _match(rows, key, day, span, least, referred, near, q, work, site_uid, who, home, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i = rows[m]
        s = speaker(i, who, home)
        if s >= 0 and at(near, i) > 0:
            site = host_of(s, referred[min(i, referred.size - 1)] > 0, least, who, site_uid, work)
            if site >= 0 and uniform(key, who.uid[i], site_uid[site], day, RELIEF) < over(q[site], span):
                out[m] = site


def match(world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
    """int32[m]: row of the site that takes up the needs of each of the rows int32[m] in this step, -1 for none."""
    out = np.full(len(rows), -1, np.int32)
    _match(rows, now.key, now.day, now.span, world.settings.aiding.host_trust, read(now.handles.resident("referred")),
           read(now.handles.resident("at_site")), site_quality(world, now), service(world, now), read(world.sites.uid),
           folk(world), homes(world), out)
    return out


@kernel
def _at_work(shelf, work, out):
    for s in range(shelf.size):
        out[s] = scaled(np.int64(shelf[s]), work[s])


def goods(world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
    """int64[m, d]: essentials of the pool and kits for the rows int32[m] at their host int32[m]; 1 unit is one kit."""
    people, sites, work = world.people, world.sites, service(world, now)
    demand = people.backlog[rows].astype(np.int64)
    demand[:, KIT] = (demand[:, KIT] > 0) & (people.loan[rows] < 0)
    given = np.zeros_like(demand)
    for d, shelf in ((FOOD, sites.pool), (KIT, sites.kits)):
        claim = np.flatnonzero(demand[:, d])
        budget = np.empty(len(sites), np.int64)
        _at_work(read(shelf), work, budget)
        lot = lots(now.key, now.day, np.full(len(claim), d), people.uid, rows[claim])
        given[claim, d] = shared(host[claim], demand[claim, d], budget, lot)
    return given


def lend_kits(world: World, rows: np.ndarray, host: np.ndarray) -> int:
    """Kits of their host go to the rows int32[k] and meet their whole need. Thousandths of kit-days met."""
    people, sites = world.people, world.sites
    people.loan[rows] = host
    np.subtract.at(sites.kits, host, 1)
    met = int(people.backlog[rows, KIT].sum(dtype=np.int64))
    people.backlog[rows, KIT] = 0
    world.ledger.good("kits_out", len(rows))
    return met


def hand_out(world: World, rows: np.ndarray, host: np.ndarray, things: np.ndarray, hours: np.ndarray) -> None:
    """Goods int64[m, d] and hours int64[m, d] meet the needs of the rows int32[m]; everything booked."""
    people, ledger = world.people, world.ledger
    np.subtract.at(world.sites.pool, host, things[:, FOOD].astype(np.int32))
    people.backlog[rows, FOOD] -= things[:, FOOD].astype(np.int32)
    people.backlog[rows] -= hours.astype(np.int32)
    ledger.met[SITE] += hours.sum(axis=0)
    ledger.met[SITE, FOOD] += int(things[:, FOOD].sum())
    lent = things[:, KIT] > 0
    ledger.met[SITE, KIT] += lend_kits(world, rows[lent], host[lent])
    ledger.good("relieved", int(things[:, FOOD].sum()))
    ledger.hours_received[STRANGERS] += int(hours.sum())


def shelter(world: World, rows: np.ndarray, inside: np.ndarray) -> None:
    """A day in a room of the site meets the need of those of the rows int32[m] who are inside (int64[m])."""
    rows = rows[inside > 0]
    world.ledger.met[SITE, KIT] += int(world.people.backlog[rows, KIT].sum(dtype=np.int64))
    world.people.backlog[rows, KIT] = 0


def take_time(world: World, volunteers: np.ndarray, hours: np.ndarray) -> None:
    """Volunteers' hours int64[v] are spent."""
    people = world.people
    people.busy[volunteers] += hours.astype(np.int32)
    people.lent[volunteers] += hours.astype(np.int32)
    world.ledger.hours_given[STRANGERS] += int(hours.sum())


def remember(world: World, now: Moment, rows: np.ndarray, got: np.ndarray, volunteers: np.ndarray,
             hours: np.ndarray) -> None:
    """Power to act of volunteers and of those helped (rows int32[k]); tallies of got int64[k] and given int64[v]."""
    people = world.people
    asked = speakers(world, rows)
    agencies(world, np.concatenate([volunteers[hours > 0], asked[asked >= 0]]))
    if counting(now):
        people.received[rows] += got.astype(np.int32)
        people.given[volunteers] += hours.astype(np.int32)
        people.first_contact[rows[people.first_contact[rows] < 0]] = now.day


def step(world: World, now: Moment) -> None:
    """Kits come back, surplus comes in; sites take up needs and meet what they can."""
    ledger, people = world.ledger, world.people
    back, lost = now.stage("relief.give_back", give_back)(world, now)
    ledger.good("kits_back", back)
    ledger.good("kits_lost", lost)
    ledger.good("donated", now.stage("relief.donate", donate)(world, now))
    ledger.good("delivered", now.stage("relief.deliver", deliver)(world, now))
    rows = in_need(world, now)
    host = now.stage("relief.match", match)(world, now, rows)
    rows, host = rows[host >= 0], host[host >= 0]
    before = people.backlog[rows].sum(axis=1, dtype=np.int64)
    things = now.stage("relief.goods", goods)(world, now, rows, host)
    received, volunteers, given = now.stage("relief.hands", hands)(world, now, rows, host)
    hand_out(world, rows, host, things, received)
    shelter(world, rows, now.stage("relief.rooms", rooms)(world, now, rows, host))
    take_time(world, volunteers, given)
    got = before - people.backlog[rows].sum(axis=1, dtype=np.int64)
    ledger.act(SITE, rows[got > 0], got[got > 0])
    remember(world, now, rows[got > 0], got[got > 0], volunteers, given)
