"""A site's money: yearly amounts by day, grants, and when a site must close (model 7.10)."""

from __future__ import annotations

from ..kernel.compiled import rule

GRANT_COUNT = 3
DAYS_PER_YEAR = 365


@rule
def prorate_yearly_amount(yearly, day, span):
    """Part of a yearly amount (integer milli-euros) that falls in [day, day + span). Parts add up over any steps."""
    return yearly * (day + span) // DAYS_PER_YEAR - yearly * day // DAYS_PER_YEAR


@rule
def count_active_grants(bits):
    """Number of grants that run. bits: one bit for each of three grants."""
    return (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1)


@rule
def closing_probability(renewal):
    """P(a site closes on 1 January): two or three of three grants lost, each renewed with this probability."""
    lost = 1.0 - renewal
    return 3.0 * lost * lost * renewal + lost * lost * lost


@rule
def must_close(bits):
    """True for a site that has lost two or more of its three grants: it closes. bits: the grants that run."""
    return count_active_grants(bits) <= 1
