"""Who accepts to help, with how much time, and what it does to both (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .domain import MILLI
from .needing import WEEK


@rule
def accepts(trust, severity, load, p):
    """P(one accepts a request): logistic in one's trust in the asker, severity, and one's helping load."""
    return 1.0 / (1.0 + math.exp(-(p.base + p.trust * trust + p.severity * severity - p.load * load)))


@rule
def spare(left_over, agency, span, p):
    """Thousandths of an hour one would give to others: a share of left-over time that grows with power to act."""
    share = p.spare + p.spare_agency * agency
    return int(math.floor(min(p.cap * span * MILLI, max(0, left_over) * share)))


@rule
def taught(hours, skill):
    """Need for know-how met by so many thousandths of an hour of a helper's time."""
    return int(math.floor(hours * (1.0 + skill)))


@rule
def teaching_hours(need, skill):
    """Thousandths of an hour a helper needs for so much know-how."""
    return int(math.ceil(need / (1.0 + skill)))


@rule
def help_dose(received, given, p):
    """Dose of trust for help received from, and given to, the same person in a step (thousandths of h or units).

    An hour of help counts as several together; the giver feels a share of it.
    """
    return p.gain * p.help_hours * (received + p.donor_share * given) / MILLI


@rule
def load_kept(span, days):
    """Share of a helping load that is still felt after `span` days; days: memory."""
    return math.exp(-span / days)


@rule
def load_after(load, given, span, keep):
    """Helping load (h/week) after a step in which `given` thousandths of an hour went to others; keep: `load_kept`."""
    return load * keep + (1.0 - keep) * given / MILLI * WEEK / span
