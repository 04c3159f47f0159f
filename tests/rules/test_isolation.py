"""Isolation: contacts are visits and sessions."""

from __future__ import annotations

import math

from simulator.parameters import Model
from simulator.rules.isolation import is_isolated, yearly_contacts

P = Model().contact.numbers


def test_three_visits_a_week_and_a_weekly_session() -> None:
    assert yearly_contacts(6.0, 4, 0, 2.0, 0.6) == 156
    assert math.isclose(yearly_contacts(6.0, 4, 1, 2.0, 0.6), 156 + 31.2)


def test_without_ties_there_is_nobody_to_visit() -> None:
    assert yearly_contacts(6.0, 0, 0, 2.0, 0.6) == 0
    assert is_isolated(40.0, 0, 0, P, 0.6) and not is_isolated(40.0, 1, 0, P, 0.6)


def test_a_member_of_a_site_is_not_isolated() -> None:
    assert is_isolated(0.1, 3, 0, P, 0.6) and not is_isolated(0.1, 3, 1, P, 0.6)


def test_exponential_social_time_isolates_an_eighth() -> None:
    """With 6 h a week on average, P(H < few x 2 h / 52) = 1 - exp(-few / 156): 12 % at 20 contacts (P1: 9 to 16 %)."""
    assert 0.09 < 1 - math.exp(-P.few_contacts / 156) < 0.16
