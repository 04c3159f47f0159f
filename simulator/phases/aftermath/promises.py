"""Promises are kept: what each helper can spare is shared out among all to whom help was promised; promises end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import PROMISE_END
from ...kernel.table import read_only_view
from ...rules.coping import is_able_to_help
from ...rules.mutual_aid import promise_end_probability, promise_worth, spare_hours
from ...rules.need_domains import BY_KIN, DOMAIN_COUNT
from ...world.population.people import HIT, MAX_PROMISES
from ...world.world import World
from ..step.columns import view_residents
from ..step.context import StepContext
from .asking_round import key_of_helper
from .serving import CrisisMet, OpenAdults, allocate_met, open_amount, serve_open
from .whom_to_ask import FAR_KIN, is_together


class KeptPromises(NamedTuple):
    """What was given in a step on the promises of m adults: arrays [m, MAX_PROMISES]."""

    helper: np.ndarray
    """int32: who promised, as People.promise."""
    source: np.ndarray
    """u1: index in SOURCES."""
    given: np.ndarray
    """int64: thousandths given, in all domains."""
    met: CrisisMet


def keep_promises(world: World, context: StepContext, adults: OpenAdults) -> KeptPromises:
    """Helpers give what they promised, in proportion where they have too little; some promises end."""
    people, s, n = world.people, world.settings, len(adults.rows)
    residents = view_residents(world)
    offers, met = np.zeros((n, MAX_PROMISES, DOMAIN_COUNT), np.int32), allocate_met()
    kept = KeptPromises(people.promise[adults.rows], people.promise_source[adults.rows],
                        np.zeros((n, MAX_PROMISES), np.int64), met)
    aftermath = world.households.aftermath
    _offer_promised_help(adults.rows, adults.carries, context.span, context.handles.territory("visits"),
                         context.handles.resident("contact"), s.mutual_aid.numbers, s.coping.numbers,
                         residents, world.households.view("displaced"), people.view("crisis_backlog"),
                         read_only_view(aftermath), people.view("promise_hours"),
                         people.view("promise_domains"), people.promise, offers)
    demand = np.zeros(len(people), np.int64)
    _add_demands(kept.helper, offers, demand)
    _keep_promises(adults.rows, adults.carries, context.key, context.day, context.span, s.mutual_aid.numbers, residents,
                   people.view("crisis_marks"), kept.helper, kept.source, offers, demand, people.promise,
                   people.crisis_backlog, aftermath, kept.given, *met)
    return kept._replace(met=met.add_up())


@parallel_kernel
def _offer_promised_help(rows, carries, span, visits, contact, p, coping, residents, displaced, backlog, aftermath,
                         hours, domains, promise, offers, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = np.int64(rows[m])
        h = residents.household[i]
        wanted = list_open_domains(i, h, carries[m], backlog, aftermath)
        for d in range(DOMAIN_COUNT):
            left = open_amount(i, h, carries[m], d, backlog, aftermath)
            for k in range(MAX_PROMISES):
                j = np.int64(promise[i, k])
                if left > 0 and j != -1 and domains[i, k] >> d & 1:
                    if j >= 0 and not is_able_to_help(residents.alive[j], residents.age[j],
                                                      np.float64(residents.frailty[j]), coping):
                        continue
                    share = visits_between(i, j, visits, np.float64(value_at(contact, i)), residents, displaced)
                    worth = promise_worth(np.int64(hours[i, k]), d, count_domains(wanted & domains[i, k]), j < 0, share,
                                          span, p)
                    offers[m, k, d] = min(left, worth)
                    left -= offers[m, k, d]


@rule
def list_open_domains(i, h, carries, backlog, aftermath):
    """Bits of the domains in which adult i of household h has anything open."""
    bits = 0
    for d in range(DOMAIN_COUNT):
        bits |= (open_amount(i, h, carries, d, backlog, aftermath) > 0) << d
    return np.uint8(bits)


@rule
def count_domains(bits):
    """Number of domains in a set of bits."""
    count = 0
    for d in range(DOMAIN_COUNT):
        count += bits >> d & 1
    return count


@rule
def visits_between(i, j, visits, contact, residents, displaced):
    """Share of visits that is possible between adult i and helper j: all in one building. contact: visits of i."""
    if j < 0:
        return 1.0
    return 1.0 if is_together(i, j, residents, displaced) else visits * min(1.0, contact)


@kernel
def _add_demands(helper, offers, demand):
    """Add up what each helper on the map is to give, int64[n]."""
    for m in range(helper.shape[0]):
        for k in range(MAX_PROMISES):
            if helper[m, k] >= 0:
                for d in range(DOMAIN_COUNT):
                    demand[helper[m, k]] += offers[m, k, d]


@parallel_kernel
def _keep_promises(rows, carries, key, day, span, p, residents, marks, helper, source, offers, demand, promise, backlog,
                   aftermath, given, met_need, met_aftermath, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = np.int64(rows[m])
        h = residents.household[i]
        for k in range(MAX_PROMISES):
            j = np.int64(promise[i, k])
            if j == -1:
                continue
            spare = spare_of_helper(j, marks, residents, span, p)
            for d in range(DOMAIN_COUNT):
                amount = np.int64(offers[m, k, d])
                if j >= 0 and demand[j] > spare:
                    amount = amount * spare // demand[j]
                given[m, k] += serve_open(i, h, carries[m], d, amount, source[m, k], backlog, aftermath,
                                          met_need[chunk], met_aftermath[chunk])
            who, kind = key_of_helper(j, k, helper[m], residents.uid)
            if ends_promise(i, j, who, kind, source[m, k], key, day, span, p, residents):
                promise[i, k] = -1


@rule
def spare_of_helper(j, marks, residents, span, p):
    """Thousandths of an hour that helper j can give to others in this step; 0 for people off the map, who need none."""
    if j < 0:
        return np.int64(0)
    return np.int64(spare_hours(np.float64(residents.functioning[j]), np.float64(residents.agency[j]),
                                (marks[j] & HIT) > 0, span, p))


@rule
def ends_promise(i, j, who, kind, source, key, day, span, p, residents):
    """True when the promise of j to adult i ends in this step. who, kind: as `key_of_helper` gives them."""
    u = draw_uniform(key, residents.uid[i], np.uint32(who), day, PROMISE_END, kind)
    return u < promise_end_probability(source == BY_KIN or j == FAR_KIN, j < 0, span, p)
