"""Functioning falls when needs go unmet in a crisis, and recovers (model 7.8)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .domain import MILLI
from .needing import YEAR

MICRO = 1_000_000
"""Lost functioning is counted in millionths of a person-day, in whole numbers."""


@rule
def coverage(need, backlog, p):
    """Share of a resident's needs (int[4]) that is met, weighted by domain; 1 without need."""
    weighted = p.food * need[0] + p.kit * need[1] + p.care * need[2] + p.know * need[3]
    if weighted <= 0.0:
        return 1.0
    unmet = p.food * backlog[0] + p.kit * backlog[1] + p.care * backlog[2] + p.know * backlog[3]
    return 1.0 - unmet / weighted


@rule
def strain(by_frailty, exposure, frailty, need_a_day, p):
    """How hard a crisis hits one resident (x): by exposure and frailty, or by what one needs (h or units per day)."""
    if exposure <= 0.0:
        return 0.0
    if by_frailty:
        return exposure * (p.frail_base + frailty)
    return min(p.most_need, need_a_day)


@rule
def need_a_day(need, span):
    """Needs of all domains (int[4] thousandths over a step) per day, h or units."""
    return (need[0] + need[1] + need[2] + need[3]) / MILLI / span


@rule
def next_day(functioning, covered, damage, p):
    """Functioning a day later. damage is the crisis's rate times strain; only its uncovered part hurts.

    F <- F + (rho0 + rho1 c)(1 - F) - damage (1 - c) F; for constant c it settles at r / (r + l).
    """
    up = (p.recovery + p.recovery_covered * covered) * (1.0 - functioning)
    down = damage * (1.0 - covered) * functioning
    return min(1.0, max(0.0, functioning + up - down))


@rule
def lost_in_a_day(functioning):
    """Millionths of a person-day lost in a day at this functioning, to the nearest whole number."""
    return int(math.floor((1.0 - functioning) * MICRO + 0.5))


@rule
def gompertz(age, p):
    """Hazard of death off crisis, 1/yr. Source: Gompertz 1825; numbers in parameters/help.py."""
    return p.gompertz * math.exp(p.gompertz_age * age)


@rule
def excess_hazard(age, pull, span, p):
    """Expected excess deaths in a step; pull is the sum of slope x strain x (1 - coverage) over the crises."""
    if pull <= 0.0:
        return 0.0
    return gompertz(age, p) / YEAR * span * (math.exp(pull) - 1.0)


@rule
def death(excess):
    """P(dying of an excess hazard in a step)."""
    return -math.expm1(-excess)
