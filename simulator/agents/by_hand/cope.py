"""Cope, household by household."""

from __future__ import annotations

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import INSURED
from ...phases.aftermath.serving import CrisisMet
from ...phases.cope import get_own_paces
from ...rules.aftermath import insurance_payment, insured_probability, own_pace, pace_of_home, paper_gate
from ...rules.coping import restocked_amount
from ...rules.need_domains import (
    ASSISTANCE,
    BY_HOUSEHOLD,
    BY_INSURANCE,
    BY_SELF,
    EQUIPMENT,
    FOOD,
    KIT_KINDS,
    KNOW_HOW,
    MILLI,
)
from ...world.population.people import BEYOND_HOME, BEYOND_OWN
from .common.open_work import allocate_met_once, mark_if_open, serve_open
from .common.queries import DOMAIN_INDICES, can_help, get_handle_value, list_hazards


def compute_stock_target(world, context, h: int) -> int:
    """The stock a household aims at, thousandths of person-days."""
    homes, extra = world.households, context.handles.resident("stock")
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    alive = [i for i in rows if world.people.alive[i]]
    return int(homes.stock_full[h]) + sum(int(get_handle_value(extra, i) * MILLI) for i in alive)


def compute_restock_share(world, context, h: int) -> float:
    """Share of usual restocking that crises leave to a household."""
    share, first, size = 1.0, world.households.first[h], world.households.size[h]
    for hazard in list_hazards(context):
        share *= 1 - (1 - hazard.restock) * max(float(hazard.exposure[i]) for i in range(first, first + size))
    return share


def restock_households(model, world, context) -> int:
    """Shops refill stocks. Returns thousandths of person-days added."""
    homes, activity, total = world.households, context.handles.territory("restocking"), 0
    for h in range(len(homes)):
        full = compute_stock_target(world, context, h)
        if homes.stock[h] < full:
            amount = restocked_amount(homes.stock[h], full, activity * compute_restock_share(world, context, h),
                                      context.day, context.span)
            homes.stock[h] += amount
            total += amount
    return total


def list_kinds_that_help(context, i: int) -> int:
    """Bits of the kinds of equipment that meet what the active crises make resident i need."""
    kinds = {kind for hazard in context.hazards if hazard.exposure[i] > 0 for kind in hazard.card.kinds}
    return sum(1 << KIT_KINDS.index(kind) for kind in kinds)


def use_loaned_kits(model, world, context) -> tuple[int, int]:
    """Kits on loan meet needs. Returns thousandths of kit-days met: of everyday needs, of crisis needs."""
    people, everyday, crisis = world.people, 0, 0
    for i in range(len(people)):
        if people.loan[i] >= 0:
            everyday += int(people.backlog[i, EQUIPMENT])
            people.backlog[i, EQUIPMENT] = 0
            if list_kinds_that_help(context, i) & world.sites.kit_kinds[people.loan[i]]:
                crisis += int(people.crisis_backlog[i, EQUIPMENT])
                people.crisis_backlog[i, EQUIPMENT] = 0
    return everyday, crisis


def use_own_means(model, world, context, adults) -> tuple[CrisisMet, int]:
    """Stock and kit, own pace, the household's and insurance: what was met by source, and the stock used."""
    people, homes, s = world.people, world.households, world.settings
    met, used, paces = allocate_met_once(), 0, get_own_paces(world)
    order = sorted(zip(adults.rows.tolist(), adults.carries.tolist(), strict=True),
                   key=lambda adult: (people.household[adult[0]], people.uid[adult[0]]))
    for i, carries in order:
        h = int(people.household[i])
        income = float(homes.income[h])
        used += use_goods_at_home(world, context, i, h, met)
        for d in DOMAIN_INDICES:
            amount = own_pace(paces[0, d], paces[1, d], float(people.frailty[i]), float(people.functioning[i]),
                              float(people.skill[i, d]), float(people.agency[i]) - s.mutual_aid.usual_agency, income,
                              context.span, s.aftermath.numbers)
            serve_open(world, i, carries, d, amount, BY_SELF, met)
        mark_if_open(world, i, carries, BEYOND_OWN)
        if not context.is_cut("household"):
            rows = range(homes.first[h], homes.first[h] + homes.size[h])
            others = sum(can_help(world, j) for j in rows if j != i)
            for d in (ASSISTANCE, KNOW_HOW):
                amount = pace_of_home(paces[0, d], others, context.span, s.aftermath.numbers)
                serve_open(world, i, carries, d, amount, BY_HOUSEHOLD, met)
        if carries:
            pay_insurance(world, context, h, income, met)
        mark_if_open(world, i, carries, BEYOND_HOME)
    return met, used


def use_goods_at_home(world, context, i: int, h: int, met: CrisisMet) -> int:
    """Equipment of the right kind and the stock serve adult i. Returns the stock used."""
    people, homes = world.people, world.households
    if homes.kit[h] & list_kinds_that_help(context, i):
        met.need[BY_SELF, EQUIPMENT] += people.crisis_backlog[i, EQUIPMENT]
        people.crisis_backlog[i, EQUIPMENT] = 0
    amount = min(int(people.crisis_backlog[i, FOOD]), int(homes.stock[h]))
    homes.stock[h] -= amount
    people.crisis_backlog[i, FOOD] -= amount
    met.need[BY_SELF, FOOD] += amount
    return amount


def pay_insurance(world, context, h: int, income: float, met: CrisisMet) -> None:
    """Insurance pays for essentials, housing and equipment of an insured household."""
    homes, p = world.households, world.settings.aftermath
    is_insured = draw_uniform(context.key, homes.uid[h], 0, 0, INSURED) < insured_probability(income, p.numbers)
    if is_insured and homes.aftermath_on[h] >= 0 and context.day - homes.aftermath_on[h] >= p.insurance_wait:
        gate = paper_gate(int(homes.aftermath[h, KNOW_HOW]), int(homes.aftermath_made[h, KNOW_HOW]), p.numbers)
        for d in (FOOD, EQUIPMENT):
            payment = insurance_payment(int(homes.aftermath_made[h, d]), gate, context.span, p.numbers)
            amount = min(int(homes.aftermath[h, d]), payment)
            homes.aftermath[h, d] -= amount
            met.aftermath[BY_INSURANCE, d] += amount


REFERENCE_STAGES = (restock_households, use_loaned_kits, use_own_means)
