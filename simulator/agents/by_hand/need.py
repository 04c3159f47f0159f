"""Need, played resident by resident."""

from __future__ import annotations

import numpy as np

from ...kernel.name_hash import hash31
from ...kernel.random import words
from ...kernel.stream import NEED
from ...rules.needing import GROWN, MODES, carried_over, everyday, in_crisis
from .plain import D, hazards


def close(people, i: int, d: int) -> None:
    """An episode ends."""
    people.episode[i, d] = -1
    for column in (people.voiced, people.found, people.applied, people.aided):
        column[i] &= 255 - (1 << d)
    people.hurt[i] &= 255 - (1 << d) - (16 << d)


def keep(world, now, i: int, d: int) -> float:
    """Share of an unmet need that is there a day later."""
    hit = [float(hazard.card.carry[d]) for hazard in now.hazards if hazard.exposure[i] > 0]
    return max(hit) if hit else world.settings.needing.carry


def crisis_need(world, now, i: int, d: int) -> int:
    """What the crises that are on make resident i need of domain d."""
    people, total = world.people, 0
    for hazard in hazards(now):
        base, frail = hazard.card.rates()
        rate = (float(base[d]) + float(frail[d]) * float(people.frailty[i])) * float(hazard.exposure[i])
        if rate > 0:
            total += in_crisis(now.key, people.uid[i], np.uint32(hash31(hazard.card.id)), now.day, d,
                               MODES.index(hazard.card.mode), bool(hazard.started), rate, now.span,
                               world.settings.needing.numbers)
    return total


def renew(world, now, i: int, d: int, book: np.ndarray) -> None:
    """The need of one resident and domain in this step, and its backlog."""
    people, p = world.people, world.settings.needing.numbers
    had, left = people.need[i, d] > 0, int(people.backlog[i, d])
    arose = own = home = carried = 0
    if people.alive[i]:
        luck = words(now.key, people.uid[i], 0, now.day, NEED)[d]
        arose, beyond = everyday(now.key, people.uid[i], now.day, d, luck, now.span, float(people.frailty[i]), p)
        own, home = arose - beyond, beyond if people.age[i] < GROWN else 0
        arose += crisis_need(world, now, i, d)
        carried = carried_over(left, keep(world, now, i, d), now.span) if left else 0
    people.need[i, d] = carried + arose
    people.backlog[i, d] = carried + arose - own - home
    book[:, d] += (arose, carried, left - carried, own, home)
    if had and (left == 0 or people.need[i, d] == 0) and people.episode[i, d] >= 0:
        close(people, i, d)


def events(model, world, now) -> np.ndarray:
    """int64[5, d]: new, carried, faded, met by oneself, met at home."""
    book = np.zeros((5, len(D)), np.int64)
    for i in range(len(world.people)):
        for d in D:
            renew(world, now, i, d, book)
    return book


HAND = {"need.events": events}
