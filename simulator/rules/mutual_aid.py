"""Help between persons in a crisis: who asks, who says yes, how long a promise lasts, what can be given."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .aftermath import LOG_2
from .need_domains import ASSISTANCE, KNOW_HOW, MILLI
from .needing import WEEK

FARTHEST_KM = 5.0
"""Distance beyond which it no longer matters whom one asks, km."""


@rule
def voice_probability(agency, reluctance, p):
    """P(an adult asks for help in a crisis), drawn once for both. reluctance: factor on the share who never ask.

    Source: INSEE Focus 265: about three quarters of those in need asked.
    """
    return min(1.0, max(0.0, 1.0 - p.never * reluctance + p.never_agency * (agency - p.usual_agency)))


@rule
def found_probability(check, span, p):
    """P(somebody in need who does not ask is found in a step). check: more of the rate per day, by levers."""
    return -math.expm1(-(p.found + check) * span)


@rule
def choice_score(trust, km, p):
    """Score of somebody whom one may ask, noise apart: people ask whom they trust, less so far away."""
    return p.choice_trust * trust - p.choice_distance * min(km, FARTHEST_KM)


@rule
def promise_probability(trust, state, times_asked, p):
    """P(yes). trust: the helper's, in who asks; state: helper's functioning times what being hit leaves of it.

    Availability x willingness (logistic in trust) x state x goodwill, which each asking before wears.
    """
    willing = 1.0 / (1.0 + math.exp(-(p.base + p.slope * trust)))
    return p.available * willing * state * p.goodwill**times_asked


@rule
def promised_hours(trust, p):
    """Hours a week that a yes promises, thousandths."""
    return int(math.floor((p.hours + p.hours_trust * trust) * MILLI))


@rule
def promise_worth(hours, domain, domains_open, is_far, visits, span, p):
    """What a promise of `hours` (thousandths a week) brings in a step in a domain, thousandths.

    domains_open: domains among which the hours are shared out evenly, those promised in which something is open; the
    hours are what the helper gives in all, however many things are wanting. visits: share of visits that is possible,
    for hands of people who live in another building (1 in the same).
    """
    if domain == ASSISTANCE:
        share = p.far_hands if is_far else visits
    elif domain == KNOW_HOW:
        share = 1.0
    else:
        share = p.far_goods if is_far else p.goods
    return int(math.floor(hours / domains_open * share * span / WEEK))


@rule
def promise_end_probability(is_kin, is_far, span, p):
    """P(a promise ends in a step): promises tire."""
    if is_far:
        rate = 2.0 * LOG_2 / p.tire_kin
    else:
        rate = LOG_2 / (p.tire_kin if is_kin else p.tire)
    return -math.expm1(-rate * span)


@rule
def spare_hours(functioning, agency, is_hit, span, p):
    """Thousandths of an hour that an able adult can give to others in a step of a crisis."""
    share = p.spare_base + p.spare_agency * agency
    return int(math.floor(p.spare * span * functioning * share * (p.hit_helper if is_hit else 1.0) * MILLI))


@rule
def crisis_application_probability(trust, linked, p):
    """P(an adult in need applies to the institution). trust: in institutions; linked: logit that levers add.

    The probability grows with trust in proportion, and the levers' logit acts on it.
    """
    usual = min(0.95, p.apply * trust / p.usual_trust)
    if usual <= 0.0:
        return 0.0
    odds = usual / (1.0 - usual) * math.exp(linked)
    return odds / (1.0 + odds)


@rule
def group_joins(adults, days_since, p):
    """Adults who join the group of a place in a day, `days_since` days after the crisis began."""
    if days_since < 0:
        return 0.0
    return p.group_joins * adults * math.exp(-days_since / p.group_fall) * -math.expm1(-days_since / p.group_rise)
