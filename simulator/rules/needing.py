"""Needs arise: lumpy everyday events, and what a crisis asks of those it touches (model 7.7 and 7.9)."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import rule
from ..kernel.random import near_log, poisson, unit, words
from ..kernel.stream import NEED, NEED_SIZE
from .domain import MILLI

GROWN = 15
"""Age from which a resident has ties, asks and helps; younger ones are spoken for by their household."""

SENIOR = 65
"""Age from which one may be on the register of vulnerable persons."""

WEEK = 7
YEAR = 365
MODES = ("flow", "event", "stock")
FLOW, EVENT, STOCK = range(3)
"""How a crisis makes needs: a little every day, now and then, or all at once on the first day."""

MOST_EVENTS = 255
"""Events of one domain in one step: the turn of a draw has eight bits."""


@rule
def thousandths(amount):
    """Hours or units as a whole number of thousandths, to the nearest."""
    return int(math.floor(amount * MILLI + 0.5))


@rule
def whole_flow(rate, day, span):
    """What a rate (per day) brings in [day, day + span), in whole numbers that add up over any split of the days."""
    return int(np.floor(rate * (day + span)) - np.floor(rate * day))


@rule
def needs_others(frailty, p):
    """P(an everyday need takes another person)."""
    return p.others + p.others_frail * frailty


@rule
def event_size(word, p):
    """Size of one event in thousandths, at luck of one word: exponential."""
    return thousandths(-math.log(unit(word)) * p.size)


DOUBT = 1e-9
"""Sizes this near half a thousandth, for their size, take another look: a thousand times what `near_log` may err."""


@rule
def near_event_size(word, p):
    """`event_size` where it is beyond doubt, else -1. No call: a loop over many is played several at a time."""
    size = -near_log(unit(word)) * p.size * MILLI + 0.5
    whole = math.floor(size)
    doubt = min(size - whole, whole + 1.0 - size) < DOUBT * (1.0 + size)
    return -1 if doubt else int(whole)


@rule
def everyday(key, uid, day, domain, word, span, frailty, p):
    """Everyday needs of one domain in one step: all of them, and those that take another person, in thousandths.

    Events are Poisson, sizes exponential, each with its own luck. Source: model 7.7.
    """
    count = min(poisson(unit(word), p.rate * span), MOST_EVENTS)
    everything = 0
    beyond = 0
    for turn in range(count):
        luck = words(key, uid, 0, day, NEED_SIZE, domain, turn)
        size = event_size(luck[0], p)
        everything += size
        if unit(luck[1]) < needs_others(frailty, p):
            beyond += size
    return everything, beyond


@rule
def in_crisis(key, uid, code, day, domain, mode, started, rate, span, p):
    """Need in thousandths that a crisis makes in one step, for a rate per day already times exposure. Source: 7.9."""
    if mode == FLOW:
        return whole_flow(rate * MILLI, day, span)
    if mode == STOCK:
        return thousandths(rate) if started else 0
    count = min(poisson(unit(words(key, uid, code, day, NEED, domain)[0]), rate / p.size * span), MOST_EVENTS)
    total = 0
    for turn in range(count):
        total += event_size(words(key, uid, code, day, NEED_SIZE, domain, turn)[0], p)
    return total


@rule
def carried_over(backlog, keep, span):
    """What is still there of an unmet need after `span` days, when a share `keep` survives each day.

    Rounded down: to the nearest, half of one thousandth would be one again, and an hour's need never end.
    """
    return int(math.floor(backlog * keep**span))
