"""Aftermath of a crisis: what unmet needs leave behind, how fast it is made good, what is given up, who returns home.

Amounts are integers in thousandths: of hours of work, or of what an hour of work is worth. Source of the shape:
functioning of a household follows the work that is still open, so the time of recovery is the time of the work.
"""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .need_domains import MILLI
from .needing import WEEK, YEAR

MAX_TIES_THAT_REHOUSE = 6
"""Trusted ties that help a displaced household to find a home, at most."""

LOG_2 = math.log(2.0)


@rule
def own_pace(pace, by_income, frailty, functioning, skill, power, income, span, p):
    """What an adult makes good in a step, thousandths: own time less frailty, and what income buys.

    Own time counts for more with skill and with power to act. power: power to act above what is usual.
    """
    able = max(0.0, 1.0 + p.skill * (skill - p.usual_skill) + p.power * power)
    weekly = pace * (1.0 - frailty) * functioning * able + by_income * max(0.0, income - p.income_floor)
    return int(math.floor(weekly * span / WEEK * MILLI))


@rule
def pace_of_home(pace, able_others, span, p):
    """What the other able adults of a household add to it in a step, thousandths."""
    return int(math.floor(p.home * pace * able_others * span / WEEK * MILLI))


@rule
def insured_probability(income, p):
    """P(a household is insured against the damage), by income over the median."""
    return min(0.95, p.insured * min(1.3, max(0.5, 0.6 + 0.4 * income)))


@rule
def paper_gate(open_papers, made_papers, p):
    """Share of insurance and rehousing that can go ahead: 1 when no papers are open. Thousandths of hours."""
    if made_papers <= 0:
        return 1.0
    return 1.0 - p.paper_gate * min(1.0, open_papers / made_papers)


@rule
def insurance_payment(made, gate, span, p):
    """What insurance pays in a step towards aftermath of which `made` arose in all, thousandths."""
    return int(math.floor(p.insurance_rate * made * gate * span / WEEK))


@rule
def scar_of_need(faded, p):
    """Aftermath that a crisis need leaves behind which passed unmet, thousandths."""
    return int(math.floor(p.scar * faded))


@rule
def given_up_amount(open_amount, span, p):
    """Aftermath given up for good in a step, thousandths."""
    return int(math.floor(open_amount * -math.expm1(-p.give_up * span / YEAR)))


@rule
def saturating_share(amount, scale):
    """Weight, 0 to 1, of an open amount (thousandths): half at `scale` hours."""
    hours = amount / MILLI
    return hours / (hours + scale)


@rule
def return_rate(days_out, income, trusted_ties, applies, gate, p):
    """Rate per day at which a displaced household finds a home.

    days_out: days since it left; trusted_ties: 0 where ties are of no help; applies: 1 if it applies to the
    institution; gate: share of papers done, as `paper_gate` gives it.
    """
    if days_out < p.notice_days:
        return p.notice_return
    own = p.own_return * min(2.0, income) * gate
    ties = p.tie_return * min(MAX_TIES_THAT_REHOUSE, trusted_ties)
    institution = p.institution_return * applies * gate if days_out >= p.rehousing_days else 0.0
    return own + ties + institution
