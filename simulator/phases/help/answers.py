"""Answers to requests: in three rounds helpers accept or refuse, and give what they have (model 7.7)."""

from __future__ import annotations

from functools import partial

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...rules.accepting import acceptance_probability, need_met_by_teaching, offered_time, teaching_hours
from ...rules.coping import helping_time, surplus_stock
from ...rules.need_domains import ASSISTANCE, EQUIPMENT, FOOD, MILLI, TOOLS
from ...world.world import World
from ..step.columns import ResidentColumns, view_housing, view_residents
from ..step.context import StepContext
from .requests import (
    DOMAIN,
    HELPED,
    HELPER,
    KIND,
    NO_MEANS,
    RECEIVER,
    REFUSED,
    REQUEST,
    ROUNDS,
    SEVERITY,
    STRANGER_KIND,
    TRUST,
    UNIFORM,
    Outcomes,
    RequestQueue,
    Requests,
    create_empty_outcomes,
    list_open_requests,
    queue_requests,
    split_for_threads,
)


def answer_requests(world: World, context: StepContext, requests: Requests) -> tuple[Outcomes, np.ndarray]:
    """Three rounds of asking and giving.

    Returns the outcomes, and int64[kinds + 1] hours given by kind of tie and, last, by strangers, thousandths.
    """
    people, houses, settings = world.people, world.households, world.settings
    residents, housing = view_residents(world), view_housing(world)
    state = (people.backlog, people.time_given, people.lent, houses.stock, houses.kit_lent)
    outcomes, hours = create_empty_outcomes(requests), np.zeros(STRANGER_KIND + 1, np.int64)
    listed = np.arange(len(requests.row))
    for round_index in range(ROUNDS):
        listed = list_open_requests(world, requests, round_index, listed)
        if not len(listed):
            break
        queue = queue_requests(world, context, requests, round_index, listed)
        part_edges = split_for_threads(len(listed), partial(_list_helper_households, queue, residents))
        given = np.zeros((len(part_edges), STRANGER_KIND + 1), np.int64)
        _answer_requests(queue, part_edges, round_index, residents, housing, context.span, settings.coping.numbers,
                         settings.aiding.numbers, state, *outcomes, given)
        hours += given.sum(axis=0)
    return outcomes, hours


def _list_helper_households(queue: RequestQueue, residents: ResidentColumns) -> np.ndarray:
    households: np.ndarray = residents.household[queue.facts[queue.order, HELPER]]
    return households


@parallel_kernel
def _answer_requests(queue, part_edges, round_index, residents, housing, span, coping, aiding, state, status, given,
                     hours, hours_given, chunk, chunks):
    facts, weights = queue.facts, queue.weights
    backlog, time_given, lent, stock, kit_lent = state
    for part in chunk_range(part_edges.size - 1, chunk, chunks):
        for c in range(part_edges[part], part_edges[part + 1]):
            _prefetch_answers(c, queue, residents, backlog)
            q = queue.order[c]
            r, i, j, d, kind = (facts[q, REQUEST], facts[q, RECEIVER], facts[q, HELPER], facts[q, DOMAIN],
                                facts[q, KIND])
            if not accepts_request(j, weights[q, TRUST], weights[q, SEVERITY], weights[q, UNIFORM], residents, aiding):
                status[r, round_index] = REFUSED
                continue
            amount, time = compute_gift(j, d, backlog[i, d], residents, housing, span, coping, aiding, time_given, lent,
                                        stock, kit_lent)
            status[r, round_index] = HELPED if amount > 0 else NO_MEANS
            if amount > 0:
                transfer_help(i, j, d, amount, time, residents, backlog, time_given, lent, stock, kit_lent)
                given[r, round_index] = amount
                hours[r, round_index] = time
                hours_given[part, kind] += time


@rule
def accepts_request(j, trust, severity, u, residents, aiding):
    """True when helper j accepts a request. u: uniform in (0, 1)."""
    return u < acceptance_probability(trust, severity, np.float64(residents.load[j]), aiding)


@rule
def compute_gift(j, domain, wanted, residents, housing, span, coping, aiding, time_given, lent, stock, kit_lent):
    """(need met, hours given), thousandths: what helper j gives for an unmet need `wanted`, at most one act a day."""
    act = int(aiding.act * span * MILLI)
    h = residents.household[j]
    if domain == FOOD:
        return min(wanted, act, surplus_stock(stock[h], housing.size[h], aiding.reserve)), 0
    if domain == EQUIPMENT:
        free = int(coping.kit_days * span * MILLI) - kit_lent[h] if housing.kit[h] >> TOOLS & 1 else 0
        return max(0, min(wanted, act, free)), 0
    free = min(act, remaining_help_time(j, residents, time_given, lent, span, coping, aiding))
    if domain == ASSISTANCE:
        amount = min(wanted, free)
        return amount, amount
    skill = np.float64(residents.skill[j, domain])
    hours = min(free, teaching_hours(wanted, skill))
    return min(wanted, need_met_by_teaching(hours, skill)), hours


@rule
def remaining_help_time(j, residents, time_given, lent, span, coping, aiding):
    """Time that resident j would still give to others in this step, thousandths of an hour."""
    spare = helping_time(np.float64(residents.functioning[j]), span, coping) - (time_given[j] - lent[j])
    return max(0, offered_time(spare, np.float64(residents.agency[j]), span, aiding) - lent[j])


@rule
def transfer_help(i, j, domain, amount, hours, residents, backlog, time_given, lent, stock, kit_lent):
    """Move what helper j gives from j to resident i: the need met, hours, stock, use of the kit."""
    h = residents.household[j]
    backlog[i, domain] -= amount
    time_given[j] += hours
    lent[j] += hours
    if domain == FOOD:
        stock[h] -= amount
    if domain == EQUIPMENT:
        kit_lent[h] += amount


@rule
def _prefetch_answers(c, queue, residents, backlog):
    """Prefetch what later requests of the queue need: facts and weights first, then what these point to."""
    last = queue.order.size - 1
    soon, later = queue.order[min(c + PREFETCH_DISTANCE, last)], queue.order[min(c + 2 * PREFETCH_DISTANCE, last)]
    prefetch(queue.facts, later)
    prefetch(queue.weights, later)
    prefetch(residents.load, queue.facts[soon, HELPER])
    prefetch(backlog, queue.facts[soon, RECEIVER])
