"""Cope, played household by household."""

from __future__ import annotations

import numpy as np

from ...rules.coping import helping_time, own_know_how, own_time, restocked
from ...rules.domain import CARE, FOOD, HOUSEHOLD, KIT, KNOW, MILLI, OWN
from .plain import D, can_help, hazards, value


def kept(world, now, h: int) -> int:
    """The stock a household keeps."""
    homes, more = world.households, now.handles.resident("stock")
    rows = range(homes.first[h], homes.first[h] + homes.size[h])
    return int(homes.stock_full[h]) + sum(int(value(more, i) * MILLI) for i in rows if world.people.alive[i])


def affordable(world, now, h: int) -> float:
    """Share of usual restocking that crises leave to a household."""
    left, first, size = 1.0, world.households.first[h], world.households.size[h]
    for hazard in hazards(now):
        left *= 1 - (1 - hazard.restock) * max(float(hazard.exposure[i]) for i in range(first, first + size))
    return left


def restock(model, world, now) -> int:
    """Shops refill stocks."""
    homes, shops, total = world.households, now.handles.territory("shops"), 0
    for h in range(len(homes)):
        full = kept(world, now, h)
        if homes.stock[h] < full:
            amount = restocked(homes.stock[h], full, shops * affordable(world, now, h), now.day, now.span)
            homes.stock[h] += amount
            total += amount
    return total


def loan(model, world, now) -> int:
    """Kits on loan serve."""
    people, met = world.people, 0
    for i in range(len(people)):
        if people.loan[i] >= 0:
            met += int(people.backlog[i, KIT])
            people.backlog[i, KIT] = 0
    return met


def meet(people, i: int, d: int, amount: int, book: np.ndarray, source: int) -> None:
    """So much of a need is met."""
    people.backlog[i, d] -= amount
    book[source, d] += amount


def goods(world, i: int, book: np.ndarray) -> int:
    """The household's kit and stock serve one member; what left the stock."""
    people, homes = world.people, world.households
    h = people.household[i]
    if homes.kit[h]:
        meet(people, i, KIT, int(people.backlog[i, KIT]), book, OWN)
    used = min(int(people.backlog[i, FOOD]), int(homes.stock[h]))
    homes.stock[h] -= used
    meet(people, i, FOOD, used, book, OWN)
    return used


def oneself(world, now, i: int, book: np.ndarray) -> None:
    """Own know-how, then own time."""
    people, p = world.people, world.settings.coping.numbers
    meet(people, i, KNOW, own_know_how(people.backlog[i, KNOW], float(people.skill[i, KNOW])), book, OWN)
    left = own_time(float(people.frailty[i]), float(people.functioning[i]), now.span, p) - int(people.busy[i])
    for d in (CARE, KNOW):
        amount = max(0, min(int(people.backlog[i, d]), left))
        left -= amount
        people.busy[i] += amount
        meet(people, i, d, amount, book, OWN)


def one_another(world, now, i: int, book: np.ndarray) -> None:
    """Other able adults of the household give their time to one member."""
    people, homes, p = world.people, world.households, world.settings.coping.numbers
    h = people.household[i]
    rows = sorted(range(homes.first[h], homes.first[h] + homes.size[h]), key=lambda j: people.uid[j])
    for d in (CARE, KNOW):
        for j in rows:
            if j != i and people.backlog[i, d] > 0 and can_help(world, j):
                free = helping_time(float(people.functioning[j]), now.span, p) - int(people.busy[j])
                amount = max(0, min(int(people.backlog[i, d]), free))
                people.busy[j] += amount
                meet(people, i, d, amount, book, HOUSEHOLD)


def household(model, world, now, rows) -> tuple[np.ndarray, int]:
    """Own means and the household's for the rows hit by a crisis."""
    people, book, used = world.people, np.zeros((2, len(D)), np.int64), 0
    for h in sorted({int(people.household[i]) for i in rows}):
        members = sorted((i for i in rows if people.household[i] == h), key=lambda i: people.uid[i])
        used += sum(goods(world, i, book) for i in members)
        for i in members:
            oneself(world, now, i, book)
        for i in members:
            one_another(world, now, i, book)
    return book, used


HAND = {"cope.restock": restock, "cope.loan": loan, "cope.household": household}
