"""Who gives what: in three rounds donors hear requests, accept or refuse, and give what they have (model 7.7)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...rules.accepting import accepts, spare, taught, teaching_hours
from ...rules.coping import helping_time, surplus
from ...rules.domain import CARE, FOOD, KIT, MILLI
from ...world.world import World
from ..step.columns import folk, homes
from ..step.context import Moment
from .request import (
    DOMAIN,
    DONOR,
    HELPED,
    KIND,
    LUCK,
    NEEDY,
    NO_MEANS,
    REFUSED,
    REQUEST,
    ROUNDS,
    SEVERE,
    STRANGERS,
    TRUST,
    Outcomes,
    Requests,
    heard,
    parts,
    still_open,
    unanswered,
)


@rule
def willing(j, trust, severity, luck, who, aiding):
    """Whether donor j accepts a request."""
    return luck < accepts(trust, severity, np.float64(who.load[j]), aiding)


@rule
def time_left(j, who, busy, lent, span, coping, aiding):
    """Thousandths of an hour resident j would still give to others in this step."""
    left_over = helping_time(np.float64(who.functioning[j]), span, coping) - (busy[j] - lent[j])
    return max(0, spare(left_over, np.float64(who.agency[j]), span, aiding) - lent[j])


@rule
def gift(j, domain, wanted, who, home, span, coping, aiding, busy, lent, stock, kit_lent):
    """(need met, hours given) in thousandths: what donor j has left for a need of `wanted`, one act a day at most."""
    act = int(aiding.act * span * MILLI)
    h = who.household[j]
    if domain == FOOD:
        return min(wanted, act, surplus(stock[h], home.size[h], aiding.reserve)), 0
    if domain == KIT:
        free = int(coping.kit_days * span * MILLI) - kit_lent[h] if home.kit[h] == 1 else 0
        return max(0, min(wanted, act, free)), 0
    free = min(act, time_left(j, who, busy, lent, span, coping, aiding))
    if domain == CARE:
        amount = min(wanted, free)
        return amount, amount
    skill = np.float64(who.skill[j, domain])
    hours = min(free, teaching_hours(wanted, skill))
    return min(wanted, taught(hours, skill)), hours


@rule
def hand_over(i, j, domain, amount, hours, who, backlog, busy, lent, stock, kit_lent):
    """Move what was given, in whole thousandths."""
    h = who.household[j]
    backlog[i, domain] -= amount
    busy[j] += hours
    lent[j] += hours
    if domain == FOOD:
        stock[h] -= amount
    if domain == KIT:
        kit_lent[h] += amount


@parallel
def _serve(asked, cuts, turn, who, home, span, coping, aiding, state, status, given, hours, hours_given, piece,
           pieces):
    backlog, busy, lent, stock, kit_lent = state
    for part in portion(cuts.size - 1, piece, pieces):
        for c in range(cuts[part], cuts[part + 1]):
            last = asked.order.size - 1
            ahead(asked.what, asked.order[min(c + 2 * SOON, last)])
            ahead(asked.how, asked.order[min(c + 2 * SOON, last)])
            ahead(who.load, asked.what[asked.order[min(c + SOON, last)], DONOR])
            ahead(backlog, asked.what[asked.order[min(c + SOON, last)], NEEDY])
            at = asked.order[c]
            r, i, j, d, kind = (asked.what[at, REQUEST], asked.what[at, NEEDY], asked.what[at, DONOR],
                                asked.what[at, DOMAIN], asked.what[at, KIND])
            if not willing(j, asked.how[at, TRUST], asked.how[at, SEVERE], asked.how[at, LUCK], who, aiding):
                status[r, turn] = REFUSED
                continue
            amount, time = gift(j, d, backlog[i, d], who, home, span, coping, aiding, busy, lent, stock, kit_lent)
            status[r, turn] = HELPED if amount > 0 else NO_MEANS
            if amount > 0:
                hand_over(i, j, d, amount, time, who, backlog, busy, lent, stock, kit_lent)
                given[r, turn] = amount
                hours[r, turn] = time
                hours_given[part, kind] += time


def give(world: World, now: Moment, requests: Requests) -> tuple[Outcomes, np.ndarray]:
    """Three rounds of asking and giving. Outcomes, and int64[kinds + 1] hours given by kind of tie, last strangers."""
    people, houses, settings = world.people, world.households, world.settings
    who, home = folk(world), homes(world)
    state = (people.backlog, people.busy, people.lent, houses.stock, houses.kit_lent)
    outcomes, hours = unanswered(requests), np.zeros(STRANGERS + 1, np.int64)
    listed = np.arange(len(requests.row))
    for turn in range(ROUNDS):
        listed = still_open(world, requests, turn, listed)
        asked = heard(world, now, requests, turn, listed)
        cuts = parts(who.household[asked.what[asked.order, DONOR]])
        given = np.zeros((len(cuts), STRANGERS + 1), np.int64)
        _serve(asked, cuts, turn, who, home, now.span, settings.coping.numbers, settings.aiding.numbers, state,
               *outcomes, given)
        hours += given.sum(axis=0)
    return outcomes, hours
