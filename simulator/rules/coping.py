"""Own means, the household's time, and the stock at home (model 7.7)."""

from __future__ import annotations

import math

from ..kernel.compiled import rule
from .domain import MILLI
from .needing import GROWN, WEEK, whole_flow


@rule
def able(alive, age, frailty, p):
    """True for someone who can help: alive, grown, and not too frail."""
    return alive == 1 and age >= GROWN and frailty < p.able


@rule
def own_time(frailty, functioning, span, p):
    """Thousandths of an hour one can spend on one's own needs in a step: less when frail or when low."""
    return int(math.floor(p.own * (1.0 - frailty) * functioning * span * MILLI))


@rule
def helping_time(functioning, span, p):
    """Thousandths of an hour an able adult has for the household, and then for others."""
    return int(math.floor(p.household * functioning * span * MILLI))


@rule
def own_know_how(need, skill):
    """Part of a need for know-how that one's own skill meets at once."""
    return int(math.floor(need * skill))


@rule
def restocked(stock, full, shops, day, span):
    """What shops bring back in a step, in thousandths: a seventh of the full stock a day, never above full."""
    return max(0, min(full - stock, whole_flow(full * shops / WEEK, day, span)))


@rule
def surplus(stock, size, reserve):
    """Essentials a household can part with: what is above a reserve of so many days for each of its people.

    Source: give if able without endangering yourself, Aktipis, Cronk, de Aguiar 2011, doi:10.1007/s10745-010-9364-9.
    """
    return max(0, stock - int(math.ceil(reserve * size * MILLI)))
