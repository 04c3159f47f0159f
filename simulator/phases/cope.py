"""Cope: shops refill stocks; residents exposed to a crisis use their own and their household's means (model 7.7).

Reads the handles territory.restocking, resident.stock.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ..kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ..kernel.table import read_only_view
from ..kernel.threads import max_chunks
from ..rules.coping import helping_time, is_able_to_help, own_know_how, own_time, restocked_amount
from ..rules.need_domains import ASSISTANCE, BY_HOUSEHOLD, BY_SELF, BY_SITE, DOMAINS, EQUIPMENT, FOOD, KNOW_HOW, MILLI
from ..world.world import World
from .step.columns import view_housing, view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays, mark_exposed
from .step.household_order import end_of_household, first_household_of_chunk, sort_by_household
from .step.row_lists import list_assigned_rows, list_in_need

WRITES = ("people.backlog", "people.time_given", "households.stock")


def step(world: World, context: StepContext) -> None:
    """Stocks refill; kits on loan serve; households exposed to a crisis use what they have."""
    ledger = world.ledger
    ledger.add_goods("restocked", context.run_stage(restock_households, world))
    ledger.met[BY_SITE, EQUIPMENT] += context.run_stage(use_loaned_kits, world)
    rows = list_in_need(world, context)
    rows = rows[mark_exposed(get_hazard_arrays(context, len(world.people)), rows)]
    met, used = context.run_stage(use_household_means, world, rows)
    ledger.met[BY_SELF] += met[BY_SELF]
    ledger.met[BY_HOUSEHOLD] += met[BY_HOUSEHOLD]
    ledger.add_goods("consumed", used)


def use_household_means(world: World, context: StepContext, rows: np.ndarray) -> tuple[np.ndarray, int]:
    """The rows int32[m], exposed to a crisis, use their own means and their household's.

    Returns needs met by oneself and by the household, int64[2, d], and what left stocks; both in thousandths.
    """
    people, residents = world.people, view_residents(world)
    met, used = np.zeros((max_chunks(), 2, len(DOMAINS)), np.int64), np.zeros(max_chunks(), np.int64)
    _use_household_means(*sort_by_household(rows, residents.uid, residents.household), residents, view_housing(world),
                         context.span, world.settings.coping.numbers, people.backlog, people.time_given,
                         world.households.stock, met, used)
    return met.sum(axis=0), int(used.sum())


@parallel_kernel
def _use_household_means(listed, residents, housing, span, p, backlog, time_given, stock, met, used, chunk, chunks):
    at = first_household_of_chunk(listed, residents.household, chunk, chunks)
    stop = chunk_range(listed.size, chunk, chunks).stop
    while at < stop:
        end = end_of_household(listed, at, residents.household)
        _prefetch_means(listed[min(end + PREFETCH_DISTANCE, listed.size - 1)], residents, backlog, time_given, stock)
        members, h = listed[at:end], residents.household[listed[at]]
        used[chunk] += _use_household_goods(members, h, residents, housing, backlog, stock, met[chunk])
        for i in members:
            _use_own_means(i, residents, span, p, backlog, time_given, met[chunk])
        if housing.size[h] > 1:
            _help_household_members(members, h, residents, housing, span, p, backlog, time_given, met[chunk])
        at = end


@rule
def _use_household_goods(members, h, residents, housing, backlog, stock, met):
    """The household's kit serves all members, its stock one after the other by uid. Returns the stock used."""
    used = 0
    for i in members:
        if housing.kit[h] == 1:
            _meet_need(i, EQUIPMENT, backlog[i, EQUIPMENT], backlog, met, BY_SELF)
        amount = min(backlog[i, FOOD], stock[h])
        stock[h] -= amount
        used += amount
        _meet_need(i, FOOD, amount, backlog, met, BY_SELF)
    return used


@rule
def _use_own_means(i, residents, span, p, backlog, time_given, met):
    """Own know-how, then own time: for assistance first, then for know-how."""
    _meet_need(i, KNOW_HOW, own_know_how(backlog[i, KNOW_HOW], np.float64(residents.skill[i, KNOW_HOW])), backlog, met,
               BY_SELF)
    time = own_time(np.float64(residents.frailty[i]), np.float64(residents.functioning[i]), span, p) - time_given[i]
    for domain in (ASSISTANCE, KNOW_HOW):
        amount = max(0, min(backlog[i, domain], time))
        time -= amount
        time_given[i] += amount
        _meet_need(i, domain, amount, backlog, met, BY_SELF)


@rule
def _help_household_members(members, h, residents, housing, span, p, backlog, time_given, met):
    """Able adults of the household give their time; those who receive and those who give come in the order of uids."""
    for i in members:
        for domain in (ASSISTANCE, KNOW_HOW):
            j = _next_by_uid(h, -1, residents, housing) if backlog[i, domain] > 0 else -1
            while j >= 0 and backlog[i, domain] > 0:
                frailty = np.float64(residents.frailty[j])
                if j != i and is_able_to_help(residents.alive[j], residents.age[j], frailty, p):
                    spare = helping_time(np.float64(residents.functioning[j]), span, p) - time_given[j]
                    amount = max(0, min(backlog[i, domain], spare))
                    time_given[j] += amount
                    _meet_need(i, domain, amount, backlog, met, BY_HOUSEHOLD)
                j = _next_by_uid(h, np.int64(residents.uid[j]), residents, housing)


@rule
def _next_by_uid(h, uid, residents, housing):
    """Row of the member of household h with the next uid after `uid`, -1 if there is none."""
    found = -1
    for j in range(housing.first[h], housing.first[h] + housing.size[h]):
        if np.int64(residents.uid[j]) > uid and (found < 0 or residents.uid[j] < residents.uid[found]):
            found = np.int64(j)
    return found


@rule
def _meet_need(i, domain, amount, backlog, met, source):
    backlog[i, domain] -= amount
    met[source, domain] += amount


@rule
def _prefetch_means(i, residents, backlog, time_given, stock):
    """Prefetch the means of resident i and their household."""
    prefetch(backlog, i)
    prefetch(residents.frailty, i)
    prefetch(residents.functioning, i)
    prefetch(residents.skill, i)
    prefetch(time_given, i)
    prefetch(stock, residents.household[i])


def use_loaned_kits(world: World, context: StepContext) -> int:
    """A kit on loan meets its borrower's need for equipment. Returns thousandths of kit-days met."""
    people = world.people
    borrowers = list_assigned_rows(people.loan)
    met = int(people.backlog[borrowers, EQUIPMENT].sum(dtype=np.int64))
    people.backlog[borrowers, EQUIPMENT] = 0
    return met


def restock_households(world: World, context: StepContext) -> int:
    """Shops refill households' stocks towards their targets. Returns thousandths of person-days added."""
    households = world.households
    added = np.zeros(len(households), np.int32)
    _restock_households(context.handles.territory("restocking"), compute_restock_share(world, context), context.day,
                        context.span, compute_stock_target(world, context), households.stock, added)
    return int(added.sum(dtype=np.int64))


@kernel
def _restock_households(activity, share, day, span, full, stock, added):
    for h in range(stock.size):
        if stock[h] < full[h]:
            amount = restocked_amount(stock[h], full[h], activity * value_at(share, h), day, span)
            stock[h] += amount
            added[h] = amount


def compute_stock_target(world: World, context: StepContext) -> np.ndarray:
    """int32[h]: the stock each household aims at, thousandths of person-days: the usual one plus what levers add."""
    people, households, extra = world.people, world.households, context.handles.resident("stock")
    if extra.size == 1 and extra[0] <= 0:
        return read_only_view(households.stock_full)
    full = households.stock_full.copy()
    np.add.at(full, people.household, np.floor(extra.astype(np.float64) * MILLI * people.alive).astype(np.int32))
    return full


def compute_restock_share(world: World, context: StepContext) -> np.ndarray:
    """float64[h] or [1]: share of usual restocking that crises leave to each household, by its most exposed member."""
    hazards = [hazard for hazard in context.hazards if hazard.restock < 1]
    share = np.ones(len(world.households) if hazards else 1)
    for hazard in sorted(hazards, key=lambda hazard: (hazard.card.id, hazard.days_since)):
        most = np.zeros(len(share))
        np.maximum.at(most, world.people.household, hazard.exposure.astype(np.float64))
        share *= 1 - (1 - hazard.restock) * most
    return share
