"""Functioning, which falls while needs are unmet in a crisis and recovers after; and what is lost (model 7.8)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .need_domains import MILLI

MICRO = 1_000_000
"""Millionths in a person-day: lost functioning is summed in integers, so that sums are exact."""


@rule
def need_coverage(need, backlog, p):
    """Share of a resident's needs that is met, weighted by domain; 1 without need. need, backlog (unmet): int[4]."""
    weighted = p.food * need[0] + p.equipment * need[1] + p.assistance * need[2] + p.know_how * need[3]
    if weighted <= 0.0:
        return 1.0
    unmet = p.food * backlog[0] + p.equipment * backlog[1] + p.assistance * backlog[2] + p.know_how * backlog[3]
    return 1.0 - unmet / weighted


@rule
def crisis_strain(by_frailty, exposure, frailty, need_a_day, p):
    """Strain of a crisis on an exposed resident: exposure times frailty, or the needs it causes (h or units a day)."""
    if exposure <= 0.0:
        return 0.0
    if by_frailty:
        return exposure * (p.frail_base + frailty)
    return min(p.max_need, need_a_day)


@rule
def daily_need(need, span):
    """Needs of all domains, h or units a day. need: int[4], thousandths in a step of `span` days."""
    return (need[0] + need[1] + need[2] + need[3]) / MILLI / span


@rule
def update_functioning(functioning, covered, damage, p):
    """Functioning F a day later. covered: share c of needs that is met; damage: the crisis's rate times strain, 1/day.

    F <- F + (rho0 + rho1 c)(1 - F) - damage (1 - c) F. For constant c it tends to r / (r + l), with r and l the
    factors of (1 - F) and F.
    """
    up = (p.recovery + p.recovery_covered * covered) * (1.0 - functioning)
    down = damage * (1.0 - covered) * functioning
    return min(1.0, max(0.0, functioning + up - down))


@rule
def daily_loss(functioning):
    """Functioning lost in a day, in millionths of a person-day, rounded to the nearest."""
    return int(math.floor((1.0 - functioning) * MICRO + 0.5))
