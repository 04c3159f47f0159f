"""Questions about residents that several phases ask: who speaks for whom, who can help, how far homes are apart."""

from __future__ import annotations

import math

import numpy as np

from ....rules.accepting import offered_time
from ....rules.asking import is_registered as is_on_register
from ....rules.coping import helping_time, is_able_to_help
from ....rules.need_domains import DOMAINS
from ....rules.needing import ADULT_AGE

DOMAIN_INDICES = range(len(DOMAINS))


def find_speaker(world, i: int) -> int:
    """Row of who asks for i, -1 for nobody: an adult in person, for a child an adult of the home."""
    people = world.people
    return int(i) if people.age[i] >= ADULT_AGE else find_acting_adult(world, int(people.household[i]))


def find_acting_adult(world, h: int) -> int:
    """Row of who acts for household h, -1 for nobody: its lead, or its first adult."""
    people, homes = world.people, world.households
    lead = int(homes.lead[h])
    if people.alive[lead] and people.age[lead] >= ADULT_AGE:
        return lead
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    grown = [j for j in rows if people.alive[j] and people.age[j] >= ADULT_AGE]
    return min(grown, key=lambda j: people.uid[j], default=-1)


def list_hazards(context) -> list:
    """The active crises, by card id and day of onset."""
    return sorted(context.hazards, key=lambda hazard: (hazard.card.id, hazard.days_since))


def can_help(world, j: int) -> bool:
    """True when j is alive, an adult and not too frail."""
    people = world.people
    return bool(is_able_to_help(people.alive[j], people.age[j], float(people.frailty[j]),
                                world.settings.coping.numbers))


def is_registered(world, context, i: int) -> bool:
    """True when i is on the commune's register of vulnerable persons."""
    people = world.people
    return bool(is_on_register(people.age[i], people.consent[i], float(people.register_rank[i]),
                               context.handles.institution("register")[people.commune[i]]))


def compute_spare_time(world, context, j: int) -> int:
    """Time that j would still give to others, thousandths of an hour."""
    people, s = world.people, world.settings
    free = helping_time(float(people.functioning[j]), context.span, s.coping.numbers)
    free -= int(people.time_given[j]) - int(people.lent[j])
    return max(0, offered_time(free, float(people.agency[j]), context.span, s.aiding.numbers) - int(people.lent[j]))


def get_handle_value(handle: np.ndarray, i: int) -> float:
    """A resident's value of a handle, [n] or [1] where all share it."""
    return float(handle[min(i, handle.size - 1)])


def measure_distance(world, i: int, j: int) -> float:
    """Distance between the homes of two residents, km."""
    buildings, a, b = world.buildings, world.people.building[i], world.people.building[j]
    dx = float(buildings.x[a]) - float(buildings.x[b])
    dy = float(buildings.y[a]) - float(buildings.y[b])
    return math.sqrt(dx * dx + dy * dy)
