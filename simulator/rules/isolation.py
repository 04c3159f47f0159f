"""Relational isolation: too few contacts a year over all networks of a resident (model 11, P1).

Source: Fondation de France / Crédoc, Solitudes 2024: 12 % of adults have no or very rare contacts in five networks.
"""

from __future__ import annotations

from ..kernel.compiled import rule

WEEKS_PER_YEAR = 52


@rule
def yearly_contacts(social_hours, ties, belongs, visit, attendance):
    """Expected visits and sessions in a year.

    social_hours: a week; ties: on and off the map; belongs: 1 for a member of a site; visit: hours of one visit;
    attendance: sessions a week of a member.
    """
    visits = social_hours / visit if ties > 0 else 0.0
    return WEEKS_PER_YEAR * (visits + attendance * belongs)


@rule
def is_isolated(social_hours, ties, belongs, contact, attendance):
    """True for an adult with fewer contacts a year than contact.few_contacts. contact: the group of contact numbers."""
    return yearly_contacts(social_hours, ties, belongs, contact.visit, attendance) < contact.few_contacts
