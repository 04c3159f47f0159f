"""Who dares to ask, who is found, whom they turn to, who applies (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .needing import SENIOR


@rule
def over(probability, span):
    """P(at least once in `span` days) for a probability per day."""
    return 1.0 - (1.0 - probability) ** span


@rule
def asks(agency, p):
    """P(one asks for help in a need episode). Source: INSEE Focus 265: about three quarters of those in need asked."""
    return p.ask + p.ask_agency * agency


@rule
def tie_finds(trust, reach, span, p):
    """P(a strong tie finds out in a step) for its trust in one; reach is 1 in the same building, less if kept apart."""
    return over(min(1.0, p.found * trust * reach), span)


@rule
def neighbour_finds(check, climate, span):
    """P(a neighbour of the building finds out in a step), for a check per day and the neighbourhood's climate."""
    return over(min(1.0, check * climate), span)


@rule
def caller_finds(rate, phone, span):
    """P(outreach or a caller finds out in a step), for a rate per day and the share of calls that get through."""
    return 1.0 - math.exp(-rate * phone * span)


@rule
def registered(age, consent, rank, register):
    """True when on the register of vulnerable persons: old enough, willing, and within the register's coverage."""
    return age >= SENIOR and consent == 1 and rank < register


@rule
def appeal(trust, skill, km, load, p):
    """How much one would turn to somebody: trust and skill for, distance and load against."""
    return p.trust * trust + p.skill * skill - p.distance * km - p.load * load


@rule
def applies(trust, skill, linked, p):
    """P(one applies to the institution in a need episode). V = 0 lowers it to .12, it does not end it."""
    return 1.0 / (1.0 + math.exp(-(p.apply + p.apply_trust * trust + p.apply_skill * skill + linked)))
