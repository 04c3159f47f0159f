"""Aid, played request by request: here a researcher's own turns_to and accepts are asked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from ...kernel.random import unit, words
from ...kernel.stream import ACCEPT
from ...phases.help.feedback import agency_after, trust_after
from ...phases.help.request import (
    HELPED,
    NO_MEANS,
    NOT_ASKED,
    REFUSED,
    ROUNDS,
    STRANGERS,
    Outcomes,
    Requests,
    unanswered,
)
from ...rules.accepting import taught, teaching_hours
from ...rules.coping import surplus
from ...rules.domain import CARE, FOOD, KIT, MILLI
from ..choices import Request
from .plain import D, spare_time, spokesman


def slot_of(ties, i: int, j: int) -> int:
    """Slot of j among the ties of i, -1 for none."""
    return next((k for k in range(ties.degree[i]) if ties.other[i, k] == j), -1)


def reachable(world, s: int, target: list[int]) -> list[int]:
    """The targets of a speaker. ValueError for who is no living resident, or is the speaker."""
    for j in target:
        if not 0 <= j < world.people.rows or not world.people.alive[j] or j == s:
            raise ValueError(f"turns_to() gave row {j} to row {s}: expected rows of other living residents")
    return target


def choose(model, world, now, rows) -> Requests:
    """The requests of the step."""
    people, listed = world.people, []
    for i in rows:
        s, heard = spokesman(world, i), int(people.voiced[i]) | int(people.found[i])
        for d in D:
            if s >= 0 and people.backlog[i, d] > 0 and heard >> d & 1:
                target = reachable(world, s, [int(j) for j in model.residents[i].turns_to(d)][:ROUNDS])
                slots = [slot_of(world.ties, s, j) for j in target]
                none = [-1] * (ROUNDS - len(target))
                listed.append((i, s, d, people.backlog[i, d] / people.need[i, d], target + none, slots + none))
    kinds = (np.int32, np.int32, np.int8, np.float64, np.int32, np.int8)
    columns: list[Any] = list(zip(*listed, strict=True)) or [()] * len(kinds)
    arrays = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return Requests(*arrays[:4], *(array.reshape(len(listed), ROUNDS) for array in arrays[4:]))


def in_order(world, now, requests: Requests, turn: int) -> list[tuple[int, int, int, int, float]]:
    """(donor's household, mildness, lot, request, luck) of a round, as donors hear them."""
    people, out = world.people, []
    for r, (i, d) in enumerate(zip(requests.row, requests.domain, strict=True)):
        j = requests.target[r, turn]
        if j >= 0 and people.backlog[i, d] > 0:
            drawn = words(now.key, people.uid[j], people.uid[i], now.day, ACCEPT, d, turn)
            mild = 1023 - min(1023, int(requests.severity[r] * 1023))
            out.append((int(people.household[j]), mild, int(drawn[1]) >> 2, r, unit(drawn[0])))
    return sorted(out)


def gift(world, now, i: int, j: int, d: int) -> tuple[int, int]:
    """(need met, hours given) by donor j for the need d of i."""
    people, homes, aiding, coping = world.people, world.households, world.settings.aiding, world.settings.coping
    wanted, act, h = int(people.backlog[i, d]), int(aiding.act * now.span * MILLI), people.household[j]
    if d == FOOD:
        return min(wanted, act, surplus(homes.stock[h], homes.size[h], aiding.reserve)), 0
    if d == KIT:
        free = int(coping.kit_days * now.span * MILLI) - int(homes.kit_lent[h]) if homes.kit[h] else 0
        return max(0, min(wanted, act, free)), 0
    free = min(act, spare_time(world, now, j))
    if d == CARE:
        return min(wanted, free), min(wanted, free)
    skill = float(people.skill[j, d])
    hours = min(free, teaching_hours(wanted, skill))
    return min(wanted, taught(hours, skill)), hours


def hand_over(world, i: int, j: int, d: int, amount: int, hours: int) -> None:
    """What was given changes hands."""
    people, homes = world.people, world.households
    people.backlog[i, d] -= amount
    people.busy[j] += hours
    people.lent[j] += hours
    homes.stock[people.household[j]] -= amount if d == FOOD else 0
    homes.kit_lent[people.household[j]] += amount if d == KIT else 0


def give(model, world, now, requests: Requests) -> tuple[Outcomes, np.ndarray]:
    """Three rounds; outcomes, and hours given by kind of tie."""
    out, hours_given = unanswered(requests), np.zeros(STRANGERS + 1, np.int64)
    for turn in range(ROUNDS):
        for _, _, _, r, luck in in_order(world, now, requests, turn):
            i, s, d = int(requests.row[r]), int(requests.speaker[r]), int(requests.domain[r])
            j, slot = int(requests.target[r, turn]), int(requests.slot[r, turn])
            request = Request(model.residents[i], model.residents[s], d, float(requests.severity[r]), slot, luck)
            if not model.residents[j].accepts(request):
                out.status[r, turn] = REFUSED
                continue
            amount, hours = gift(world, now, i, j, d)
            out.status[r, turn] = HELPED if amount else NO_MEANS
            if amount:
                hand_over(world, i, j, d, amount, hours)
                out.amount[r, turn], out.hours[r, turn] = amount, hours
                hours_given[world.ties.kind[s, slot] if slot >= 0 else STRANGERS] += hours
    return out, hours_given


def thank(model, world, now, requests: Requests, outcomes: Outcomes) -> None:
    """Trust and power to act, from what they were before the step."""
    people, ties, meeting = world.people, world.ties, world.settings.meeting.numbers
    got: Counter[tuple[int, int]] = Counter()
    refused: Counter[tuple[int, int]] = Counter()
    acts: Counter[int] = Counter()
    refusals: Counter[int] = Counter()
    for r, turn in np.argwhere((outcomes.status != NOT_ASKED) & (outcomes.status != NO_MEANS)):
        s, j, slot = int(requests.speaker[r]), int(requests.target[r, turn]), requests.slot[r, turn]
        helped = outcomes.status[r, turn] == HELPED
        if helped:
            acts.update((s, j))
        else:
            refusals[s] += 1
        if slot >= 0:
            (got if helped else refused)[s, j] += int(outcomes.amount[r, turn]) if helped else 1
    pairs = {tuple(sorted(pair)) for pair in (*got, *refused)}
    before = {pair: float(ties.trust[pair[0], slot_of(ties, *pair)]) for both in pairs for pair in (both, both[::-1])}
    for (i, j), trust in before.items():
        after = trust_after(trust, got[i, j], got[j, i], refused[i, j], world.settings.contact.numbers)
        ties.trust[i, slot_of(ties, i, j)] = ties.mirror[j, slot_of(ties, j, i)] = after
    for i in {*acts, *refusals}:
        people.agency[i] = agency_after(float(people.agency[i]), acts[i], refusals[i], meeting)


HAND = {"aid.choose": choose, "aid.give": give, "aid.thank": thank}
