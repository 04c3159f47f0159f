"""Live: functioning falls with unmet needs in a crisis and recovers; excess deaths; unmet needs cost power to act.

Model 7.8 and 7.1. Reads the handles resident.load_days, resident.load_felt.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import at
from ..kernel.compaction import block_of, blocks
from ..kernel.compiled import parallel, portion, rule
from ..kernel.random import uniform
from ..kernel.stream import DEATH
from ..rules.accepting import load_after, load_kept
from ..rules.belief import loss
from ..rules.domain import DOMAIN_COUNT
from ..rules.functioning import coverage, death, excess_hazard, lost_in_a_day, need_a_day, next_day, strain
from ..world.world import World
from .ask import counting
from .step.columns import folk, in_need, read
from .step.context import Moment
from .step.hazard_arrays import exposed, threat

WRITES = ("people.functioning", "people.loss", "people.excess_hazard", "people.alive", "people.load", "people.agency",
          "people.hurt")


@rule
def pressure(i, threat, frailty, daily, p):
    """(damage per day if nothing is covered, pull on mortality if nothing is covered) of all crises on resident i."""
    damage, pull = 0.0, 0.0
    for k in range(threat.exposure.shape[0]):
        x = strain(threat.by_frailty[k], np.float64(threat.exposure[k, i]), frailty, daily, p)
        damage += threat.damage[k] * x
        pull += threat.slope[k] * x
    return damage, pull


@rule
def days(functioning, covered, damage, span, p):
    """(functioning after `span` days, millionths of person-days lost on the way)."""
    lost = 0
    for _ in range(span):
        functioning = next_day(functioning, covered, damage, p)
        lost += lost_in_a_day(functioning)
    return functioning, lost


@rule
def _one(i, who, threat, key, day, span, counts, p, need, backlog, state):
    """One resident's step; True when it ends in death."""
    functioning, lost, hazard, alive = state
    covered = coverage(need[i], backlog[i], p)
    damage, pull = pressure(i, threat, np.float64(who.frailty[i]), need_a_day(need[i], span), p)
    after, missing = days(np.float64(functioning[i]), covered, damage, span, p)
    functioning[i] = after
    if counts:
        lost[i] += missing
    excess = excess_hazard(np.float64(who.age[i]), pull * (1.0 - covered), span, p)
    if excess > 0.0:
        hazard[i] = np.float64(hazard[i]) + excess
        if uniform(key, who.uid[i], 0, day, DEATH) < death(excess):
            alive[i] = 0
            return True
    return False


@parallel
def _function(who, threat, key, day, span, counts, p, need, backlog, state, deaths, piece, pieces):
    functioning, lost, hazard, alive = state
    for b in portion(deaths.size, piece, pieces):
        for i in block_of(b, who.uid.size):
            if (functioning[i] < 1.0 or exposed(i, threat.exposure)) and alive[i] == 1:
                if _one(i, who, threat, key, day, span, counts, p, need, backlog, state):
                    deaths[b] += 1


def function(world: World, now: Moment) -> int:
    """Functioning, losses, expected excess hazard and excess deaths of one step. Number of deaths."""
    people = world.people
    deaths = np.zeros(blocks(len(people)), np.int64)
    state = (people.functioning, people.loss, people.excess_hazard, people.alive)
    _function(folk(world), threat(now, len(people)), now.key, now.day, now.span, counting(now),
              world.settings.living.numbers, read(people.need), read(people.backlog), state, deaths)
    return int(deaths.sum())


@parallel
def _loads(lent, span, memory, felt, load, piece, pieces):
    usual = load_kept(span, np.float64(memory[0]))
    rows = portion(load.size, piece, pieces)
    mine, given = load[rows.start:rows.stop], lent[rows.start:rows.stop]
    for m in range(mine.size):  # without a branch: who has and gets no load keeps none
        i = rows.start + m
        keep = usual if memory.size == 1 else load_kept(span, np.float64(memory[i]))
        mine[m] = load_after(np.float64(mine[m]), given[m] * np.float64(at(felt, i)), span, keep)


def loads(world: World, now: Moment) -> None:
    """Helping load of everyone, a moving average of hours lent to others."""
    people = world.people
    memory, felt = now.handles.resident("load_days"), now.handles.resident("load_felt")
    _loads(read(people.lent), now.span, read(memory), read(felt), people.load)


@parallel
def _hurts(rows, day, span, least, p, exposure, alive, backlog, episode, hurt, agency, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        i, times = rows[m], 0
        if alive[i] == 1 and exposed(i, exposure):
            for d in range(DOMAIN_COUNT):
                old = backlog[i, d] > 0 and day + span - episode[i, d] >= least
                if old and (hurt[i] >> d) & 1 == 0:
                    hurt[i] |= np.uint8(1 << d)
                    times += 1
        if times > 0:
            agency[i] = loss(np.float64(agency[i]), p.refusal * times)


def hurts(world: World, now: Moment, rows: np.ndarray) -> None:
    """A need left unmet in a crisis costs power to act, once an episode; rows int32[m] have something unmet."""
    people, settings = world.people, world.settings
    _hurts(rows, now.day, now.span, settings.living.least_need_days, settings.meeting.numbers,
           threat(now, len(people)).exposure, read(people.alive), read(people.backlog), read(people.episode),
           people.hurt, people.agency)


def step(world: World, now: Moment) -> None:
    """Functioning and deaths; power to act; helping load; what stays unmet, or waits for its week, into the ledger."""
    rows = in_need(world, now)
    unmet = world.people.backlog[rows].sum(axis=0, dtype=np.int64)
    world.ledger.unmet += unmet
    now.stage("live.hurts", hurts)(world, now, rows)
    world.ledger.count("deaths", now.stage("live.function", function)(world, now))
    helping = now.helping
    if helping is None:
        world.ledger.carried += unmet
    else:
        now.stage("live.loads", loads)(world, helping)
