"""Relational isolation: too few contacts a year, over all of one's networks (model 11, P1).

Source: Fondation de France / Crédoc, Solitudes 2024: 12 % of adults have no or very rare contacts in five networks.
"""

from __future__ import annotations

from ..kernel.compiled import rule

WEEKS = 52


@rule
def contacts_a_year(social_hours, ties, belongs, visit, attendance):
    """Expected visits and sessions in a year. ties: on the map and beyond; belongs: 1 for a member of a site.

    visit: hours of one visit; attendance: sessions a week of a member.
    """
    visits = social_hours / visit if ties > 0 else 0.0
    return WEEKS * (visits + attendance * belongs)


@rule
def is_isolated(social_hours, ties, belongs, contact, attendance):
    """True for an adult with fewer contacts a year than `contact.few`. contact: contact numbers."""
    return contacts_a_year(social_hours, ties, belongs, contact.visit, attendance) < contact.few
