"""Institution: who applies, what each commune's institution can give, and what it does to trust in it (model 7.7).

Reads the handles institution.register, institution.capacity, institution.delay_cut, institution.linked and
territory.institution.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import parallel, portion, rule
from ..kernel.prefetch import SOON, ahead
from ..kernel.random import uniform
from ..kernel.stream import APPLY
from ..kernel.threads import most_pieces
from ..rules.asking import applies, registered
from ..rules.domain import DOMAIN_COUNT, DOMAINS, INSTITUTION, KNOW
from ..rules.relief import means
from ..world.world import World
from .ask import counting
from .help.allocation import lots, shared
from .help.institution_feedback import credit
from .step.columns import add_marks, folk, homes, in_need, read, speaker
from .step.context import Moment
from .step.hazard_arrays import threat

WRITES = ("people.backlog", "people.applied", "people.aided", "people.hurt", "people.let_down",
          "people.trust_institutions", "people.received", "people.first_contact")


@rule
def goes(i, domain, key, day, linked, p, who, home):
    """Whether resident i applies in an episode that opened on this day; a child's household applies for it."""
    s = speaker(i, who, home)
    if s < 0:
        return False
    chance = applies(np.float64(who.trust_institutions[s]), np.float64(who.skill[s, KNOW]), linked, p)
    return uniform(key, who.uid[i], 0, day, APPLY, domain) < chance


@parallel
def _apply(rows, key, day, linked, p, who, home, backlog, episode, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i, later = rows[m], rows[min(m + SOON, rows.size - 1)]
        ahead(backlog, later)
        ahead(episode, later)
        for d in range(DOMAIN_COUNT):
            fresh = backlog[i, d] > 0 and episode[i, d] == day
            if fresh and goes(i, d, key, day, linked[who.commune[i]], p, who, home):
                out[m] |= np.uint8(1 << d)


def apply(world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows int32[m] who apply now; one draw an episode, on its first day."""
    people = world.people
    out = np.zeros(len(rows), np.uint8)
    _apply(rows, now.key, now.day, read(now.handles.institution("linked")), world.settings.aiding.numbers, folk(world),
           homes(world), read(people.backlog), read(people.episode), out)
    return out


@rule
def waits(i, threat, cut):
    """Whether a crisis that hits resident i is so recent that the institution does not give yet."""
    for k in range(threat.exposure.shape[0]):
        if threat.exposure[k, i] > 0.0 and threat.since[k] < threat.delay[k] - cut:
            return True
    return False


@parallel
def _claims(rows, threat, cut, register, who, backlog, applied, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i = rows[m]
        c = who.commune[i]
        listed = registered(who.age[i], who.consent[i], np.float64(who.register_rank[i]), register[c])
        if not waits(i, threat, cut[c]):
            for d in range(DOMAIN_COUNT):
                if listed or applied[i] >> d & 1:
                    out[m, d] = backlog[i, d]


def claims(world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
    """int32[m, d]: what reaches the institution, in thousandths: needs of the registered and of those who applied."""
    people, handles = world.people, now.handles
    out = np.zeros((len(rows), len(DOMAINS)), np.int32)
    _claims(rows, threat(now, len(people)), read(handles.institution("delay_cut")),
            read(handles.institution("register")), folk(world), read(people.backlog), read(people.applied), out)
    return out


def budgets(world: World, now: Moment) -> np.ndarray:
    """int64[communes]: what each institution can give in this step, in thousandths of h or units."""
    capacity, residents = now.handles.institution("capacity"), world.institutions.residents
    service = now.handles.territory("institution")
    return np.array([means(capacity[c], residents[c], service, now.span) for c in range(len(residents))], np.int64)


def ration(world: World, now: Moment, rows: np.ndarray, claimed: np.ndarray) -> np.ndarray:
    """int32[m, d]: what each of the rows int32[m] is given of its claims int32[m, d], at most the commune's means."""
    people = world.people
    m, d = np.nonzero(claimed)
    lot = lots(now.key, now.day, d, read(people.uid), rows[m])
    given = np.zeros_like(claimed)
    given[m, d] = shared(people.commune[rows[m]], claimed[m, d], budgets(world, now), lot)
    return given


@parallel
def _hand_out(rows, given, counts, day, backlog, received, first_contact, met, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i, total = rows[m], 0
        for d in range(DOMAIN_COUNT):
            backlog[i, d] -= given[m, d]
            met[piece, d] += given[m, d]
            total += given[m, d]
        if counts and total > 0:
            received[i] += total
            if first_contact[i] < 0:
                first_contact[i] = day


def hand_out(world: World, now: Moment, rows: np.ndarray, given: np.ndarray) -> None:
    """What each of the rows int32[m] is given, int32[m, d], meets its needs; everything booked."""
    people, ledger, met = world.people, world.ledger, np.zeros((most_pieces(), len(DOMAINS)), np.int64)
    _hand_out(rows, given, counting(now), now.day, people.backlog, people.received, people.first_contact, met)
    ledger.met[INSTITUTION] += met.sum(axis=0)
    if ledger.acts is not None:
        helped = given.any(axis=1)
        ledger.act(INSTITUTION, rows[helped], given[helped].sum(axis=1))


def step(world: World, now: Moment) -> None:
    """People apply; what each institution can give is shared out; trust in it moves."""
    people, ledger = world.people, world.ledger
    rows = in_need(world, now)
    applying = now.stage("institution.apply", apply)(world, now, rows)
    add_marks(rows, applying, people.applied)
    ledger.count("applied", int(np.bitwise_count(applying).sum()))
    claimed = now.stage("institution.claims", claims)(world, now, rows)
    given = now.stage("institution.ration", ration)(world, now, rows, claimed)
    hand_out(world, now, rows, given)
    aided, let_down = now.stage("institution.credit", credit)(world, now, rows, given)
    ledger.count("aided", aided)
    ledger.count("let_down", let_down)
