"""Who asks for help, who is detected, whom they turn to, who applies to the institution (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .needing import SENIOR_AGE


@rule
def probability_over_days(probability, span):
    """P(at least once in `span` days) for a probability per day."""
    return 1.0 - (1.0 - probability) ** span


@rule
def asking_probability(agency, p):
    """P(a resident asks in a need episode). Source: INSEE Focus 265: about three quarters of those in need asked."""
    return p.ask + p.ask_agency * agency


@rule
def tie_detection_probability(trust, reach, span, p):
    """P(a strong tie detects the need in a step). trust: in the resident; reach: 1 in one building, else less."""
    return probability_over_days(min(1.0, p.tie_detection * trust * reach), span)


@rule
def neighbour_check_probability(check, support, span):
    """P(a neighbour of the building detects the need in a step). check: per day; support: neighbourhood support."""
    return probability_over_days(min(1.0, check * support), span)


@rule
def is_registered(age, consent, rank, register):
    """True for a resident on the register of vulnerable persons: aged 65 or over, consenting, within its coverage."""
    return age >= SENIOR_AGE and consent == 1 and rank < register


@rule
def helper_score(trust, skill, km, load, p):
    """Score of a possible helper: trust and skill raise it, distance (km) and helping load (h/week) lower it."""
    return p.trust * trust + p.skill * skill - p.distance * km - p.load * load


@rule
def application_probability(trust, skill, linked, p):
    """P(a resident applies to the institution in a need episode). Trust 0 lowers it to .12, not to 0. linked: logit."""
    return 1.0 / (1.0 + math.exp(-(p.apply + p.apply_trust * trust + p.apply_skill * skill + linked)))
