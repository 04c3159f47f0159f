"""Cope, household by household."""

from __future__ import annotations

import numpy as np

from ...rules.coping import helping_time, own_know_how, own_time, restocked_amount
from ...rules.need_domains import ASSISTANCE, BY_HOUSEHOLD, BY_SELF, EQUIPMENT, FOOD, KNOW_HOW, MILLI
from .queries import DOMAIN_INDICES, can_help, get_handle_value, list_hazards


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


def use_loaned_kits(model, world, context) -> int:
    """Kits on loan meet needs. Returns thousandths of kit-days met."""
    people, met = world.people, 0
    for i in range(len(people)):
        if people.loan[i] >= 0:
            met += int(people.backlog[i, EQUIPMENT])
            people.backlog[i, EQUIPMENT] = 0
    return met


def meet_need(people, i: int, d: int, amount: int, met_by_source: np.ndarray, source: int) -> None:
    """Meet so much of a need from a source."""
    people.backlog[i, d] -= amount
    met_by_source[source, d] += amount


def use_household_goods(world, i: int, met_by_source: np.ndarray) -> int:
    """The household's kit and stock serve one member. Returns what left the stock."""
    people, homes = world.people, world.households
    h = people.household[i]
    if homes.kit[h]:
        meet_need(people, i, EQUIPMENT, int(people.backlog[i, EQUIPMENT]), met_by_source, BY_SELF)
    used = min(int(people.backlog[i, FOOD]), int(homes.stock[h]))
    homes.stock[h] -= used
    meet_need(people, i, FOOD, used, met_by_source, BY_SELF)
    return used


def use_own_means(world, context, i: int, met_by_source: np.ndarray) -> None:
    """Own know-how, then own time."""
    people, p = world.people, world.settings.coping.numbers
    meet_need(people, i, KNOW_HOW, own_know_how(people.backlog[i, KNOW_HOW], float(people.skill[i, KNOW_HOW])),
              met_by_source, BY_SELF)
    left = own_time(float(people.frailty[i]), float(people.functioning[i]), context.span, p) - int(people.time_given[i])
    for d in (ASSISTANCE, KNOW_HOW):
        amount = max(0, min(int(people.backlog[i, d]), left))
        left -= amount
        people.time_given[i] += amount
        meet_need(people, i, d, amount, met_by_source, BY_SELF)


def help_household_member(world, context, i: int, met_by_source: np.ndarray) -> None:
    """Other able adults of the household give their time to one member."""
    people, homes, p = world.people, world.households, world.settings.coping.numbers
    h = people.household[i]
    rows = sorted(range(homes.first[h], homes.first[h] + homes.size[h]), key=lambda j: people.uid[j])
    for d in (ASSISTANCE, KNOW_HOW):
        for j in rows:
            if j != i and people.backlog[i, d] > 0 and can_help(world, j):
                free = helping_time(float(people.functioning[j]), context.span, p) - int(people.time_given[j])
                amount = max(0, min(int(people.backlog[i, d]), free))
                people.time_given[j] += amount
                meet_need(people, i, d, amount, met_by_source, BY_HOUSEHOLD)


def use_household_means(model, world, context, rows) -> tuple[np.ndarray, int]:
    """The rows, exposed to a crisis, use their own means and their household's: needs met by source, stock used."""
    people, met_by_source, used = world.people, np.zeros((2, len(DOMAIN_INDICES)), np.int64), 0
    for h in sorted({int(people.household[i]) for i in rows}):
        members = sorted((i for i in rows if people.household[i] == h), key=lambda i: people.uid[i])
        used += sum(use_household_goods(world, i, met_by_source) for i in members)
        for i in members:
            use_own_means(world, context, i, met_by_source)
        for i in members:
            help_household_member(world, context, i, met_by_source)
    return met_by_source, used


REFERENCE_STAGES = (restock_households, use_loaned_kits, use_household_means)
