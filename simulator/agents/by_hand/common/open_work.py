"""What is open of a crisis for one adult, and how an amount given serves it: needs first, then the home's aftermath."""

from __future__ import annotations

import numpy as np

from ....phases.aftermath.serving import CrisisMet
from ....rules.need_domains import DOMAINS, SOURCES
from .queries import DOMAIN_INDICES


def allocate_met_once() -> CrisisMet:
    """Zeros, int64[sources, domains] each."""
    shape = (len(SOURCES), len(DOMAINS))
    return CrisisMet(np.zeros(shape, np.int64), np.zeros(shape, np.int64))


def get_open_amount(world, i: int, carries: bool, d: int) -> int:
    """What adult i has open in a domain, thousandths."""
    aftermath = int(world.households.aftermath[world.people.household[i], d]) if carries else 0
    return int(world.people.crisis_backlog[i, d]) + aftermath


def serve_open(world, i: int, carries: bool, d: int, amount: int, source: int, met: CrisisMet) -> int:
    """Serve need, then aftermath, with up to `amount`; returns what was used, thousandths."""
    people, homes = world.people, world.households
    to_need = max(0, min(int(amount), int(people.crisis_backlog[i, d])))
    people.crisis_backlog[i, d] -= to_need
    met.need[source, d] += to_need
    to_aftermath = 0
    if carries:
        h = people.household[i]
        to_aftermath = max(0, min(int(amount) - to_need, int(homes.aftermath[h, d])))
        homes.aftermath[h, d] -= to_aftermath
        met.aftermath[source, d] += to_aftermath
    return to_need + to_aftermath


def mark_if_open(world, i: int, carries: bool, mark: int) -> None:
    """Mark adult i when anything is still open."""
    if any(get_open_amount(world, i, carries, d) > 0 for d in DOMAIN_INDICES):
        world.people.crisis_marks[i] |= mark
