"""What sites and the institution can give, and how it is shared out (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .need_domains import MILLI


@rule
def matched_share(quality, p):
    """Share of volunteers' time that is matched to a need: it rises with the quality of facilitation."""
    return min(1.0, p.matched + p.matched_quality * quality)


@rule
def scale_amount(amount, share):
    """An integer amount times a share, rounded down."""
    return int(math.floor(amount * share))


@rule
def institution_budget(per_thousand, residents, service, span):
    """What the institution can give in a step, in thousandths of h or units.

    per_thousand: h or units a day per 1000 residents; service: share of normal service.
    """
    return int(math.floor(max(0.0, per_thousand * residents / MILLI * service * span * MILLI)))


@rule
def allocate_proportionally(demands, amount, shares):
    """Fill `shares` int64[n] with integer shares of `amount`, proportional to `demands` int64[n] and never above them.

    Shares are rounded down; what is left goes out one by one in the order of the demands, which must not depend on how
    residents are ordered in their table. The shares add up to min(amount, sum of demands).
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
