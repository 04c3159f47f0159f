"""Ask: need episodes open; who dares to ask, who is found, and what ties far away answer (model 7.7).

Reads the handles territory.meet, territory.phone, resident.neighbour_check, resident.check_rate, institution.register,
institution.call.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.prefetch import SOON, ahead
from ..kernel.random import uniform
from ..kernel.stream import FOUND_CHECK, FOUND_NEIGHBOUR, FOUND_TIE, VOICE
from ..rules.asking import asks, caller_finds, neighbour_finds, registered, tie_finds
from ..rules.domain import DOMAIN_COUNT, FAR, KNOW
from ..world.ties.tie_read import ahead_of
from ..world.world import World
from .step.columns import add_marks, folk, homes, in_need, links, read, speaker
from .step.context import Moment
from .step.hazard_arrays import hit, threat

WRITES = ("people.episode", "people.voiced", "people.found", "people.backlog", "people.first_need",
          "people.first_contact", "people.received")


@parallel
def _open(rows, day, counts, backlog, episode, first_need, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i = rows[m]
        bits = 0
        for d in range(DOMAIN_COUNT):
            if backlog[i, d] > 0 and episode[i, d] < 0:
                episode[i, d] = day
                bits |= 1 << d
        if counts and first_need[i] < 0:
            first_need[i] = day
        out[m] = bits


def counting(now: Moment) -> bool:
    """Whether tallies run: from the first crisis's first day on."""
    return now.onset is not None and now.day >= now.onset


def begin(world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
    """Open an episode for each need of the rows int32[m] beyond own means. u1[m]: bit d where one opened now."""
    people = world.people
    out = np.zeros(len(rows), np.uint8)
    _open(rows, now.day, counting(now), people.backlog, people.episode, people.first_need, out)
    return out


@rule
def dares(i, domain, key, day, p, who, home):
    """Whether resident i asks in an episode of this domain that opens on this day. A child's household asks."""
    s = speaker(i, who, home)
    return s >= 0 and uniform(key, who.uid[i], 0, day, VOICE, domain) < asks(np.float64(who.agency[s]), p)


@parallel
def _voice(rows, opened, key, day, p, who, home, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        bits = 0
        for d in range(DOMAIN_COUNT):
            if opened[m] >> d & 1 and dares(rows[m], d, key, day, p, who, home):
                bits |= 1 << d
        out[m] = bits


def voice(world: World, now: Moment, rows: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows who ask in the episodes that opened now (u1[m])."""
    out = np.zeros(len(rows), np.uint8)
    _voice(rows, opened, now.key, now.day, world.settings.asking.numbers, folk(world), homes(world), out)
    return out


@rule
def tie_looks(i, s, key, day, span, strong, kept_apart, p, who, tie):
    """Whether a tie of s who trusts s finds out about i; kept_apart: factor for ties of another building."""
    for k in range(tie.degree[s]):
        trust = np.float64(tie.mirror[s, k])
        j = tie.other[s, k]
        if trust >= strong and who.alive[j] == 1:
            reach = 1.0 if who.building[j] == who.building[s] else kept_apart
            if uniform(key, who.uid[j], who.uid[i], day, FOUND_TIE) < tie_finds(trust, reach, span, p):
                return True
    return False


@rule
def caller_looks(i, key, day, span, in_crisis, phone, rate, call, register, who):
    """Whether outreach, or a call to the register of vulnerable persons, finds i; only those a crisis hits."""
    if not in_crisis:
        return False
    c = who.commune[i]
    if registered(who.age[i], who.consent[i], np.float64(who.register_rank[i]), register[c]):
        rate += call[c]
    return uniform(key, who.uid[i], 0, day, FOUND_CHECK) < caller_finds(rate, phone, span)


@rule
def neighbour_looks(i, key, day, span, check, climate, who):
    """Whether a neighbour of the building finds i."""
    chance = neighbour_finds(check, np.float64(climate[who.neighbourhood[i]]), span)
    return uniform(key, who.uid[i], 0, day, FOUND_NEIGHBOUR) < chance


@parallel
def _find(rows, struck, key, day, span, p, strong, kept_apart, phone, handles, who, home, tie, climate, state, out,
          piece, pieces):
    check, rate, register, call = handles
    backlog, voiced, found = state
    for m in portion(rows.size, piece, pieces):
        i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
        ahead(backlog, later)
        ahead(voiced, later)
        ahead(found, later)
        ahead_of(tie.degree, tie.mirror, later)
        ahead_of(tie.degree, tie.other, later)
        bits = 0
        for d in range(DOMAIN_COUNT):
            if backlog[i, d] > 0 and not (voiced[i] | found[i]) >> d & 1:
                bits |= 1 << d
        if bits:
            s = speaker(i, who, home)
            seen = neighbour_looks(i, key, day, span, np.float64(check[min(i, check.size - 1)]), climate, who)
            seen = seen or caller_looks(i, key, day, span, struck[m], phone, np.float64(rate[min(i, rate.size - 1)]),
                                        call, register, who)
            seen = seen or (s >= 0 and tie_looks(i, s, key, day, span, strong, kept_apart, p, who, tie))
            out[m] = bits if seen else 0


def find(world: World, now: Moment, rows: np.ndarray, struck: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows who do not ask and are found in this step; struck bool[m]: hit by a crisis."""
    people, handles = world.people, now.handles
    meet, phone = handles.territory("meet"), handles.territory("phone")
    turned = (read(handles.resident("neighbour_check")), read(handles.resident("check_rate")),
              read(handles.institution("register")), read(handles.institution("call")))
    out = np.zeros(len(rows), np.uint8)
    _find(rows, struck, now.key, now.day, now.span, world.settings.asking.numbers, world.settings.binding.strong,
          meet * phone, phone, turned, folk(world), homes(world), links(world), read(world.neighbourhoods.climate),
          (read(people.backlog), read(people.voiced), read(people.found)), out)
    return out


@parallel
def _far(rows, voiced, backlog, who, home, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i = rows[m]
        if backlog[i, KNOW] > 0 and voiced[i] >> KNOW & 1:
            s = speaker(i, who, home)
            out[m] = s >= 0 and (who.far_kin[s] > 0 or who.far_other[s] > 0)


def far(world: World, now: Moment, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ties who live off the map answer the know-how asked of them: rows int32[k] answered, thousandths int32[k]."""
    people, out = world.people, np.zeros(len(rows), np.bool_)
    _far(rows, *people.views(("voiced", "backlog")), folk(world), homes(world), out)
    answered = rows[out]
    return answered, people.backlog[answered, KNOW].copy()


def step(world: World, now: Moment) -> None:
    """Episodes open; some ask, some are found; far ties answer."""
    people = world.people
    rows = in_need(world, now)
    opened = now.stage("ask.begin", begin)(world, now, rows)
    add_marks(rows, now.stage("ask.voice", voice)(world, now, rows, opened), people.voiced)
    seen = now.stage("ask.find", find)(world, now, rows, hit(threat(now, len(people)), rows))
    add_marks(rows, seen, people.found)
    world.ledger.count("found", int(np.count_nonzero(seen)))
    answered, amounts = now.stage("ask.far", far)(world, now, rows)
    people.backlog[answered, KNOW] = 0
    world.ledger.met[FAR, KNOW] += int(amounts.sum(dtype=np.int64))
    world.ledger.act(FAR, answered, amounts, domain=KNOW)
    if counting(now):
        people.received[answered] += amounts
        for reached in (rows[seen > 0], answered):
            people.first_contact[reached[people.first_contact[reached] < 0]] = now.day
