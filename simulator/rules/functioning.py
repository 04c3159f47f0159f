"""Functioning: it follows the ceiling that open needs and aftermath leave; loss and its sum.

Mortality in a heat wave is a matter of its own (rules/heat.py).
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule

MICRO = 1_000_000
"""Millionths in a person-day: lost functioning is summed in integers, so that sums are exact."""


LEAST_CEILING = 0.05
"""Functioning is never pressed below this."""


@rule
def lost_to_need(open_need, weight, p):
    """Functioning lost while a crisis need of one domain is open. open_need: hours or units; weight: of the domain."""
    return weight * p.need_weight * min(1.0, open_need / p.need_scale)


@rule
def follow_ceiling(functioning, ceiling, p):
    """Functioning a day later: it falls fast to its ceiling and climbs towards it."""
    rate = p.fall if functioning > ceiling else p.climb
    return min(1.0, max(0.0, functioning + (ceiling - functioning) * -math.expm1(-rate)))


@rule
def daily_loss(functioning):
    """Functioning lost in a day, in millionths of a person-day, rounded to the nearest."""
    return int(math.floor((1.0 - functioning) * MICRO + 0.5))
