"""Coping at home: who can help, an able adult's time, the stock of essentials (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .need_domains import MILLI
from .needing import ADULT_AGE, WEEK, integer_flow


@rule
def is_able_to_help(alive, age, frailty, p):
    """True for a resident who can help others: alive, aged 15 or over, and not too frail."""
    return alive == 1 and age >= ADULT_AGE and frailty < p.able


@rule
def helping_time(functioning, span, p):
    """Thousandths of an hour that an able adult has in a step, for the household first and then for others."""
    return int(math.floor(p.household * functioning * span * MILLI))


@rule
def restocked_amount(stock, full, shops, day, span):
    """Essentials bought in a step, in thousandths: at most a seventh of the full stock a day, never above full.

    shops: share of normal restocking that is possible; day: first day of the step.
    """
    return max(0, min(full - stock, integer_flow(full * shops / WEEK, day, span)))


@rule
def surplus_stock(stock, size, reserve):
    """Essentials that a household can give away, in thousandths: its stock above a reserve of so many days per member.

    Source: give if able without endangering yourself, Aktipis, Cronk, de Aguiar 2011, doi:10.1007/s10745-010-9364-9.
    """
    return max(0, stock - int(math.ceil(reserve * size * MILLI)))
