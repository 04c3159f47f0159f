"""What sites and institutions can give, and how it is shared out (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .domain import MILLI


@rule
def matched_share(quality, p):
    """Share of volunteers' time that finds its use: coordination raises matching, it never creates hours."""
    return min(1.0, p.matched + p.matched_quality * quality)


@rule
def scaled(amount, share):
    """A whole amount times a share, rounded down."""
    return int(math.floor(amount * share))


@rule
def means(per_thousand, residents, service, span):
    """What an institution can give in a step, in thousandths of h or units."""
    return int(math.floor(max(0.0, per_thousand * residents / MILLI * service * span * MILLI)))


@rule
def share_out(demands, amount, shares):
    """Write int64[k] shares of `amount`, proportional to demands int64[k] and never above them, in whole numbers.

    Every share is rounded down and what is left goes out one by one in the order in which the demands stand, which
    must not depend on rows. The shares add up to min(amount, sum of demands).
    """
    total = 0
    for k in range(demands.size):
        total += demands[k]
    left = amount
    for k in range(demands.size):
        shares[k] = demands[k] if amount >= total else demands[k] * amount // max(total, 1)
        left -= shares[k]
    for k in range(demands.size):
        if left > 0 and shares[k] < demands[k]:
            shares[k] += 1
            left -= 1
