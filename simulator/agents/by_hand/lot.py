"""Sharing out in whole numbers, in plain Python."""

from __future__ import annotations

from ...kernel.draw import words
from ...kernel.stream import SHARE_OUT


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
