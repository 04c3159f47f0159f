"""Allocation in whole units, in plain Python."""

from __future__ import annotations

import numpy as np

from ....kernel.keyed_random import draw_words
from ....kernel.random_streams import SHARE_OUT
from ....rules.need_domains import DOMAIN_COUNT


def allocate_whole_units(world, context, claims: list[tuple[int, int, int]], budget: int) -> list[int]:
    """What each claim (row, domain, amount) gets: whole units in proportion, the rest one by one by priority."""
    people, total = world.people, sum(amount for _, _, amount in claims)
    if budget >= total:
        return [amount for _, _, amount in claims]
    shares = [amount * budget // total for _, _, amount in claims]
    priorities = [(int(draw_words(context.key, people.uid[i], 0, context.day, SHARE_OUT, d)[0]), int(people.uid[i]))
                  for i, d, _ in claims]
    left = budget - sum(shares)
    for k in sorted(range(len(claims)), key=priorities.__getitem__):
        if left and shares[k] < claims[k][2]:
            shares[k] += 1
            left -= 1
    return shares


def allocate_volunteer_time(world, context, claims: list[tuple[int, int, int]], offers: dict[int, int],
                            used: int) -> tuple[list[int], dict[int, int]]:
    """Volunteers' time `used`, on both sides: what each claim gets, what each volunteer (row: offer) gives."""
    by_volunteer = [(row, DOMAIN_COUNT, offer) for row, offer in offers.items()]
    given = allocate_whole_units(world, context, by_volunteer, used)
    return allocate_whole_units(world, context, claims, used), dict(zip(offers, given, strict=True))


def to_row_arrays(given: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """int64[v] twice: rows of the volunteers, sorted, and what each gives."""
    rows = sorted(given)
    return np.array(rows, np.int64), np.array([given[row] for row in rows], np.int64)
