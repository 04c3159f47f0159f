"""Needs: everyday events of random size, and what a crisis causes for exposed residents (model 7.7 and 7.9)."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import rule
from ..kernel.keyed_random import approximate_log, draw_words, poisson_quantile, to_uniform
from ..kernel.random_streams import NEED, NEED_SIZE
from .need_domains import MILLI

ADULT_AGE = 15
"""Age from which a resident has ties, asks and helps. The household asks for younger ones."""

SENIOR_AGE = 65
"""Age from which a resident may be on the register of vulnerable persons."""

WEEK = 7
YEAR = 365
QUINTILES = 5
"""Fifths of the territory's residents by income."""
NEED_MODES = ("flow", "event", "stock")
FLOW, EVENT, STOCK = range(3)
"""How a crisis causes needs: the same amount every day, in random events, or all on the first day."""

MAX_EVENTS = 255
"""Events of one domain in one step at most: the event's number in a random draw (`turn`) has eight bits."""


@rule
def to_thousandths(amount):
    """Hours or units as integer thousandths, rounded to the nearest."""
    return int(math.floor(amount * MILLI + 0.5))


@rule
def integer_flow(rate, day, span):
    """What a rate per day yields in [day, day + span), as an integer. Parts add up over any split of the days."""
    return int(np.floor(rate * (day + span)) - np.floor(rate * day))


@rule
def other_person_probability(frailty, p):
    """P(an everyday need takes another person) for a resident of this frailty."""
    return p.other_person + p.other_person_frail * frailty


@rule
def need_event_size(word, p):
    """Size of one event in thousandths, exponential. word: a random uint32."""
    return to_thousandths(-math.log(to_uniform(word)) * p.size)


SIZE_TOLERANCE = 1e-9
"""Sizes this near a rounding edge (relative) are computed exactly: a thousand times the error of `approximate_log`."""


@rule
def approximate_event_size(word, p):
    """`need_event_size` if rounding leaves no doubt, else -1. Without calls, so that the compiler vectorises loops."""
    size = -approximate_log(to_uniform(word)) * p.size * MILLI + 0.5
    whole = math.floor(size)
    uncertain = min(size - whole, whole + 1.0 - size) < SIZE_TOLERANCE * (1.0 + size)
    return -1 if uncertain else int(whole)


@rule
def draw_everyday_needs(key, uid, day, domain, word, span, frailty, p):
    """Everyday needs of one domain in one step, in thousandths: (all of them, those that take another person).

    Poisson events of exponential size, with a random number each. word: the random uint32 for the number of events.
    Source: model 7.7.
    """
    count = min(poisson_quantile(to_uniform(word), p.rate * span), MAX_EVENTS)
    total = 0
    for_others = 0
    for turn in range(count):
        event_words = draw_words(key, uid, 0, day, NEED_SIZE, domain, turn)
        size = need_event_size(event_words[0], p)
        total += size
        if to_uniform(event_words[1]) < other_person_probability(frailty, p):
            for_others += size
    return total, for_others


@rule
def draw_crisis_need(key, uid, code, day, domain, mode, started, rate, span, p):
    """Need of one domain that a crisis causes in one step, in thousandths. Source: model 7.9.

    code: number of the crisis, for its random draws; mode: FLOW, EVENT or STOCK; started: on the first step; rate: h or
    units per day (STOCK: in all), times exposure; p: the group of everyday needs, for the size of events.
    """
    if mode == FLOW:
        return integer_flow(rate * MILLI, day, span)
    if mode == STOCK:
        return to_thousandths(rate) if started else 0
    count = min(poisson_quantile(to_uniform(draw_words(key, uid, code, day, NEED, domain)[0]), rate / p.size * span),
                MAX_EVENTS)
    total = 0
    for turn in range(count):
        total += need_event_size(draw_words(key, uid, code, day, NEED_SIZE, domain, turn)[0], p)
    return total


@rule
def carry_over_need(backlog, keep, span):
    """What is left of an unmet need after `span` days, when a share `keep` of it is carried over each day.

    Rounded down, so that it ends: rounded to the nearest, half of one thousandth would be one thousandth again.
    """
    return int(math.floor(backlog * keep**span))
