"""Who accepts to help, how much time they give, and what help does to both sides (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .need_domains import MILLI
from .needing import WEEK


@rule
def acceptance_probability(trust, severity, load, p):
    """P(a resident accepts a request): logistic in trust in the asker, severity of need and own load (h/week)."""
    return 1.0 / (1.0 + math.exp(-(p.base + p.trust * trust + p.severity * severity - p.load * load)))


@rule
def offered_time(left_over, agency, span, p):
    """Thousandths of an hour that a resident offers to others: a share of left-over time, larger with power to act."""
    share = p.spare + p.spare_agency * agency
    return int(math.floor(min(p.cap * span * MILLI, max(0, left_over) * share)))


@rule
def need_met_by_teaching(hours, skill):
    """Need for know-how, in thousandths, that a helper of this skill meets in so many thousandths of an hour."""
    return int(math.floor(hours * (1.0 + skill)))


@rule
def teaching_hours(need, skill):
    """Thousandths of an hour that a helper of this skill takes to meet a need for know-how."""
    return int(math.ceil(need / (1.0 + skill)))


@rule
def help_dose(received, given, p):
    """Dose of trust for help received from and given to one person in a step (both in thousandths of h or units).

    An hour of help received counts as several hours together; the giver's trust gains a share of that.
    """
    return p.gain * p.help_hours * (received + p.donor_share * given) / MILLI


@rule
def load_retention(span, days):
    """Share of a helping load that is still felt after `span` days. days: time constant of the memory."""
    return math.exp(-span / days)


@rule
def update_load(load, given, span, retention):
    """Helping load (h/week) after a step in which a resident gave `given` thousandths of an hour to others.

    retention: as `load_retention` gives it.
    """
    return load * retention + (1.0 - retention) * given / MILLI * WEEK / span
