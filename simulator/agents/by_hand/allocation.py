"""Sharing out in whole numbers, in plain Python."""

from __future__ import annotations

import numpy as np

from ...kernel.random import words
from ...kernel.stream import SHARE_OUT
from ...rules.domain import DOMAIN_COUNT


def share(world, now, claims: list[tuple[int, int, int]], budget: int) -> list[int]:
    """What each claim (row, domain, amount) gets: in proportion, whole, the rest one by one in the order of lots."""
    people, total = world.people, sum(amount for _, _, amount in claims)
    if budget >= total:
        return [amount for _, _, amount in claims]
    shares = [amount * budget // total for _, _, amount in claims]
    lots = [(int(words(now.key, people.uid[i], 0, now.day, SHARE_OUT, d)[0]), int(people.uid[i])) for i, d, _ in claims]
    left = budget - sum(shares)
    for k in sorted(range(len(claims)), key=lots.__getitem__):
        if left and shares[k] < claims[k][2]:
            shares[k] += 1
            left -= 1
    return shares


def split(world, now, claims: list[tuple[int, int, int]], offers: dict[int, int], used: int
          ) -> tuple[list[int], dict[int, int]]:
    """Volunteers' time, shared out on both sides: what each claim gets, and what each volunteer (row: offer) gives."""
    theirs = [(row, DOMAIN_COUNT, offer) for row, offer in offers.items()]
    return share(world, now, claims, used), dict(zip(offers, share(world, now, theirs, used), strict=True))


def by_row(given: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """int64[v], int64[v]: rows of the volunteers in order, and what each gives."""
    rows = sorted(given)
    return np.array(rows, np.int64), np.array([given[row] for row in rows], np.int64)
