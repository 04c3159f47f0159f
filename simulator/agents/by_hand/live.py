"""Live, played resident by resident."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import DEATH
from ...rules.accepting import load_after, load_kept
from ...rules.belief import loss
from ...rules.functioning import MICRO, coverage, death, excess_hazard, need_a_day, next_day, strain
from .plain import D, hazards, is_hit, value


def hurts(model, world, now, rows) -> None:
    """Needs left unmet in a crisis cost power to act."""
    people, times = world.people, 0
    for i in rows:
        times = 0
        for d in D if people.alive[i] and is_hit(now, i) else ():
            old = now.day + now.span - people.episode[i, d] >= world.settings.living.least_need_days
            if people.backlog[i, d] > 0 and old and not people.hurt[i] & 1 << d:
                people.hurt[i] |= 1 << d
                times += 1
        if times:
            people.agency[i] = loss(float(people.agency[i]), world.settings.meeting.refusal * times)


def one(world, now, i: int) -> bool:
    """One resident's functioning; True when the step ends in death."""
    people, p = world.people, world.settings.living.numbers
    covered = coverage(people.need[i], people.backlog[i], p)
    damage = pull = 0.0
    for hazard in hazards(now):
        x = strain(hazard.card.damage_by == "frailty", float(hazard.exposure[i]), float(people.frailty[i]),
                   need_a_day(people.need[i], now.span), p)
        damage += hazard.card.damage * x
        pull += hazard.card.mortality_slope * x
    level = float(people.functioning[i])
    for _ in range(now.span):
        level = next_day(level, covered, damage, p)
        if now.onset is not None and now.day >= now.onset:
            people.loss[i] += int(np.floor((1.0 - level) * MICRO + 0.5))
    people.functioning[i] = level
    excess = excess_hazard(float(people.age[i]), pull * (1.0 - covered), now.span, p)
    if excess > 0:
        people.excess_hazard[i] = float(people.excess_hazard[i]) + excess
        if uniform(now.key, people.uid[i], 0, now.day, DEATH) < death(excess):
            people.alive[i] = 0
            return True
    return False


def function(model, world, now) -> int:
    """Functioning of all; number of deaths."""
    people = world.people
    return sum(one(world, now, i) for i in range(len(people))
               if people.alive[i] and (people.functioning[i] < 1 or is_hit(now, i)))


def loads(model, world, now) -> None:
    """Helping load of all."""
    people = world.people
    memory, felt = now.handles.resident("load_days"), now.handles.resident("load_felt")
    for i in range(len(people)):
        if people.load[i] > 0 or people.lent[i] > 0:
            given = int(people.lent[i]) * value(felt, i)
            people.load[i] = load_after(float(people.load[i]), given, now.span, load_kept(now.span, value(memory, i)))


HAND = {"live.hurts": hurts, "live.function": function, "live.loads": loads}
