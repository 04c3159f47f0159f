"""Cope: shops refill stocks; residents hit by a crisis use their own means, their household's and insurance.

Crisis needs are served first, then the aftermath that the household has open. Reads the handles territory.restocking,
resident.stock.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import INSURED
from ..kernel.threads import max_chunks
from ..rules.aftermath import insurance_payment, insured_probability, own_pace, pace_of_home, paper_gate
from ..rules.coping import is_able_to_help, restocked_amount
from ..rules.need_domains import (
    ASSISTANCE,
    BY_HOUSEHOLD,
    BY_INSURANCE,
    BY_SELF,
    BY_SITE,
    DOMAIN_COUNT,
    DOMAINS,
    EQUIPMENT,
    FOOD,
    KNOW_HOW,
    MILLI,
)
from ..world.population.people import BEYOND_HOME, BEYOND_OWN
from ..world.world import World
from .aftermath.serving import (
    CrisisMet,
    OpenAdults,
    add_met_to_ledger,
    allocate_met,
    list_open_adults,
    open_amount,
    serve_open,
)
from .step.columns import view_housing, view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays, get_kinds_that_help, list_kinds_that_help
from .step.household_order import end_of_household, first_household_of_chunk, sort_by_household
from .step.row_lists import list_assigned_rows

WRITES = ("people.backlog", "people.crisis_backlog", "people.crisis_marks", "households.stock", "households.aftermath")


def step(world: World, context: StepContext) -> None:
    """Stocks refill; kits on loan serve; who has open needs or aftermath uses what there is at home."""
    ledger = world.ledger
    everyday = context.help_context
    if everyday is not None:
        ledger.add_goods("restocked", everyday.run_stage(restock_households, world))
        everyday_met, crisis_met = everyday.run_stage(use_loaned_kits, world)
        ledger.met[BY_SITE, EQUIPMENT] += everyday_met
        ledger.crisis_met[BY_SITE, EQUIPMENT] += crisis_met
    else:  # no new needs in this step: those of crises are only carried on
        ledger.crisis_carried += world.people.crisis_backlog.sum(axis=0, dtype=np.int64)
    adults = list_open_adults(world, context)
    if len(adults.rows):
        met, used = context.run_stage(use_own_means, world, adults)
        add_met_to_ledger(world, met)
        ledger.add_goods("consumed", used)


def use_own_means(world: World, context: StepContext, adults: OpenAdults) -> tuple[CrisisMet, int]:
    """Open needs and aftermath of the adults are served by stock and kit, own pace, the household's, and insurance.

    Returns what was met, and what left stocks, thousandths.
    """
    people, homes, s = world.people, world.households, world.settings
    met, used = allocate_met(), np.zeros(max_chunks(), np.int64)
    residents = view_residents(world)
    _use_own_means(*sort_by_household(adults.rows, residents.uid, residents.household, adults.carries), residents,
                   view_housing(world), get_hazard_arrays(context, len(people)), context.key, context.day,
                   context.span, not context.is_cut("household"), get_own_paces(world), s.aftermath.numbers,
                   s.mutual_aid.usual_agency, s.coping.numbers,
                   tuple(homes.views(("income", "aftermath_made", "aftermath_on"))), people.crisis_backlog,
                   people.crisis_marks, homes.aftermath, homes.stock, *met, used)
    return met.add_up(), int(used.sum())


def get_own_paces(world: World) -> np.ndarray:
    """float64[2, d]: own pace by time, and by income, in each domain; h/week."""
    p = world.settings.aftermath
    return np.array([[getattr(p, f"pace_{domain}") for domain in DOMAINS],
                     [getattr(p, f"income_{domain}", 0.0) for domain in DOMAINS]])


@parallel_kernel
def _use_own_means(listed, carries, residents, housing, hazards, key, day, span, home_helps, paces, p, usual_agency,
                   coping, money, backlog, marks, aftermath, stock, met_need, met_aftermath, used, chunk, chunks):
    at = first_household_of_chunk(listed, residents.household, chunk, chunks)
    stop = chunk_range(listed.size, chunk, chunks).stop
    income, made, since = money
    while at < stop:
        end = end_of_household(listed, at, residents.household)
        for m in range(at, end):
            i, acts = listed[m], carries[m]
            h = residents.household[i]
            used[chunk] += use_goods_at_home(i, h, housing, hazards, backlog, stock, met_need[chunk])
            for d in range(DOMAIN_COUNT):
                amount = own_pace(paces[0, d], paces[1, d], np.float64(residents.frailty[i]),
                                  np.float64(residents.functioning[i]), np.float64(residents.skill[i, d]),
                                  np.float64(residents.agency[i]) - usual_agency, np.float64(income[h]), span, p)
                serve_open(i, h, acts, d, amount, BY_SELF, backlog, aftermath, met_need[chunk], met_aftermath[chunk])
            mark_if_open(i, h, acts, BEYOND_OWN, backlog, aftermath, marks)
            if home_helps:
                others = count_able_others(i, h, residents, housing, coping)
                for d in (ASSISTANCE, KNOW_HOW):
                    serve_open(i, h, acts, d, pace_of_home(paces[0, d], others, span, p), BY_HOUSEHOLD, backlog,
                               aftermath, met_need[chunk], met_aftermath[chunk])
            if acts and is_insured(h, key, np.float64(income[h]), housing, p) and is_paid(day, since[h], p):
                gate = paper_gate(np.int64(aftermath[h, KNOW_HOW]), np.int64(made[h, KNOW_HOW]), p)
                for d in (FOOD, EQUIPMENT):
                    amount = min(np.int64(aftermath[h, d]), insurance_payment(np.int64(made[h, d]), gate, span, p))
                    aftermath[h, d] -= amount
                    met_aftermath[chunk, BY_INSURANCE, d] += amount
            mark_if_open(i, h, acts, BEYOND_HOME, backlog, aftermath, marks)
        at = end


@rule
def use_goods_at_home(i, h, housing, hazards, backlog, stock, met_need):
    """Equipment of the right kind and the stock of essentials meet needs of adult i. Returns the stock used."""
    if housing.kit[h] & list_kinds_that_help(i, hazards):
        met_need[BY_SELF, EQUIPMENT] += backlog[i, EQUIPMENT]
        backlog[i, EQUIPMENT] = 0
    amount = min(backlog[i, FOOD], stock[h])
    stock[h] -= amount
    backlog[i, FOOD] -= amount
    met_need[BY_SELF, FOOD] += amount
    return amount


@rule
def mark_if_open(i, h, acts, mark, backlog, aftermath, marks):
    """Mark adult i when anything is still open."""
    for d in range(DOMAIN_COUNT):
        if open_amount(i, h, acts, d, backlog, aftermath) > 0:
            marks[i] |= np.uint16(mark)


@rule
def count_able_others(i, h, residents, housing, coping):
    """Able adults of household h other than i."""
    count = 0
    for j in range(housing.first[h], housing.first[h] + housing.size[h]):
        count += j != i and is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]),
                                            coping)
    return count


@rule
def is_insured(h, key, income, housing, p):
    """True when household h is insured against the damage; drawn once for a household."""
    return draw_uniform(key, housing.uid[h], 0, 0, INSURED) < insured_probability(income, p)


@rule
def is_paid(day, since, p):
    """True once insurance pays for aftermath that first arose on day `since`, -1 for never."""
    return since >= 0 and day - since >= p.insurance_wait


def use_loaned_kits(world: World, context: StepContext) -> tuple[int, int]:
    """A kit on loan meets its borrower's need for equipment, of a crisis only if it is of a kind that helps.

    Returns thousandths of kit-days met: of everyday needs, of crisis needs.
    """
    people, hazards = world.people, get_hazard_arrays(context, len(world.people))
    borrowers = list_assigned_rows(people.loan)
    if not len(borrowers):
        return 0, 0
    everyday = int(people.backlog[borrowers, EQUIPMENT].sum(dtype=np.int64))
    people.backlog[borrowers, EQUIPMENT] = 0
    kinds = get_kinds_that_help(hazards, borrowers) & world.sites.kit_kinds[people.loan[borrowers]]
    helped = borrowers[kinds > 0]
    crisis = int(people.crisis_backlog[helped, EQUIPMENT].sum(dtype=np.int64))
    people.crisis_backlog[helped, EQUIPMENT] = 0
    return everyday, crisis


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
        return households.view("stock_full")
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
