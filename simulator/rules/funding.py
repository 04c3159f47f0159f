"""A site's money: yearly amounts paid out day by day, grants, what is left for staff (model 7.10)."""

from __future__ import annotations

from ..kernel.compiled import rule

GRANTS = 3
DAYS = 365


@rule
def paid(yearly, day, span):
    """Integer milli-euros of a yearly amount that fall in `span` days from `day`: they add up over any steps."""
    return yearly * (day + span) // DAYS - yearly * day // DAYS


@rule
def running_grants(bits):
    """How many of the three grants run."""
    return (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1)


@rule
def closes(bits):
    """A site closes when two or more of its three grants are lost in one year."""
    return running_grants(bits) <= 1
