"""Plain questions about residents that several phases ask: who speaks for whom, who is hit, who can help."""

from __future__ import annotations

import numpy as np

from ...rules.accepting import spare
from ...rules.asking import registered
from ...rules.coping import able, helping_time
from ...rules.domain import DOMAINS
from ...rules.needing import GROWN

D = range(len(DOMAINS))


def spokesman(world, i: int) -> int:
    """Row of who asks for i: oneself; for a child the living lead of its household, else its first adult by uid; -1."""
    people, homes = world.people, world.households
    if people.age[i] >= GROWN:
        return int(i)
    h = people.household[i]
    lead = int(homes.lead[h])
    if people.alive[lead] and people.age[lead] >= GROWN:
        return lead
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    grown = [j for j in rows if people.alive[j] and people.age[j] >= GROWN]
    return min(grown, key=lambda j: people.uid[j], default=-1)


def is_hit(now, i: int) -> bool:
    """Whether a crisis that is on hits resident i."""
    return any(hazard.exposure[i] > 0 for hazard in now.hazards)


def hazards(now) -> list:
    """The crises that are on, in an order of their own."""
    return sorted(now.hazards, key=lambda hazard: (hazard.card.id, hazard.days_since))


def can_help(world, j: int) -> bool:
    """Alive, grown, not too frail."""
    people = world.people
    return bool(able(people.alive[j], people.age[j], float(people.frailty[j]), world.settings.coping.numbers))


def on_register(world, now, i: int) -> bool:
    """Whether i is on the register of vulnerable persons of the commune."""
    people = world.people
    return bool(registered(people.age[i], people.consent[i], float(people.register_rank[i]),
                           now.handles.institution("register")[people.commune[i]]))


def spare_time(world, now, j: int) -> int:
    """Thousandths of an hour j would still give to others."""
    people, s = world.people, world.settings
    free = helping_time(float(people.functioning[j]), now.span, s.coping.numbers)
    free -= int(people.busy[j]) - int(people.lent[j])
    return max(0, spare(free, float(people.agency[j]), now.span, s.aiding.numbers) - int(people.lent[j]))


def value(handle: np.ndarray, i: int) -> float:
    """A resident's value of a handle that may be shared by all."""
    return float(handle[min(i, handle.size - 1)])
