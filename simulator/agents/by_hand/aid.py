"""Aid, request by request. Residents decide by their methods turns_to and accepts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from ...kernel.keyed_random import draw_words, to_uniform
from ...kernel.random_streams import ACCEPT
from ...phases.help.help_feedback import agency_after_help, trust_after_help
from ...phases.help.requests import (
    HELPED,
    NO_MEANS,
    NOT_ASKED,
    REFUSED,
    ROUNDS,
    STRANGER_KIND,
    Outcomes,
    Requests,
    create_empty_outcomes,
)
from ...rules.accepting import need_met_by_teaching, teaching_hours
from ...rules.coping import surplus_stock
from ...rules.need_domains import ASSISTANCE, EQUIPMENT, FOOD, MILLI, TOOLS
from ..default_decisions import Request
from .common.decision_answers import check_yes_or_no
from .common.queries import DOMAIN_INDICES, compute_spare_time, find_speaker


def find_tie_slot(ties, i: int, j: int) -> int:
    """Slot of j among the ties of i, -1 if they have no tie."""
    return next((k for k in range(ties.degree[i]) if ties.alter[i, k] == j), -1)


def check_targets(world, s: int, target: list[int]) -> list[int]:
    """The targets of speaker s. ValueError unless all are living residents other than s."""
    for j in target:
        if not 0 <= j < world.people.rows or not world.people.alive[j] or j == s:
            raise ValueError(f"turns_to() gave row {j} to row {s}: expected rows of other living residents")
    return target


def choose_helpers(model, world, context, rows) -> Requests:
    """The requests of the step."""
    people, listed = world.people, []
    for i in rows:
        s, known = find_speaker(world, i), int(people.asked[i]) | int(people.detected[i])
        for d in DOMAIN_INDICES:
            if s >= 0 and people.backlog[i, d] > 0 and known >> d & 1:
                target = check_targets(world, s, [int(j) for j in model.residents[i].turns_to(d)][:ROUNDS])
                slots = [find_tie_slot(world.ties, s, j) for j in target]
                none = [-1] * (ROUNDS - len(target))
                listed.append((i, s, d, people.backlog[i, d] / people.need[i, d], target + none, slots + none))
    kinds = (np.int32, np.int32, np.int8, np.float64, np.int32, np.int8)
    columns: list[Any] = list(zip(*listed, strict=True)) or [()] * len(kinds)
    arrays = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return Requests(*arrays[:4], *(array.reshape(len(listed), ROUNDS) for array in arrays[4:]))


def order_requests(world, context, requests: Requests, turn: int) -> list[tuple[int, int, int, int, float]]:
    """The requests of one round in the order of answers.

    Each is (helper's household, 1023 less severity, hash of the pair, request, random number).
    """
    people, out = world.people, []
    for r, (i, d) in enumerate(zip(requests.row, requests.domain, strict=True)):
        j = requests.target[r, turn]
        if j >= 0 and people.backlog[i, d] > 0:
            words = draw_words(context.key, people.uid[j], people.uid[i], context.day, ACCEPT, d, turn)
            mildness = 1023 - min(1023, int(requests.severity[r] * 1023))
            out.append((int(people.household[j]), mildness, int(words[1]) >> 2, r, to_uniform(words[0])))
    return sorted(out)


def compute_gift(world, context, i: int, j: int, d: int) -> tuple[int, int]:
    """(need met, hours given) by helper j for the need d of resident i, thousandths."""
    people, homes, aiding, coping = world.people, world.households, world.settings.aiding, world.settings.coping
    wanted, act, h = int(people.backlog[i, d]), int(aiding.act * context.span * MILLI), people.household[j]
    if d == FOOD:
        return min(wanted, act, surplus_stock(homes.stock[h], homes.size[h], aiding.reserve)), 0
    if d == EQUIPMENT:
        free = int(coping.kit_days * context.span * MILLI) - int(homes.kit_lent[h]) if homes.kit[h] >> TOOLS & 1 else 0
        return max(0, min(wanted, act, free)), 0
    free = min(act, compute_spare_time(world, context, j))
    if d == ASSISTANCE:
        return min(wanted, free), min(wanted, free)
    skill = float(people.skill[j, d])
    hours = min(free, teaching_hours(wanted, skill))
    return min(wanted, need_met_by_teaching(hours, skill)), hours


def transfer_help(world, i: int, j: int, d: int, amount: int, hours: int) -> None:
    """Move what helper j gives from j to resident i."""
    people, homes = world.people, world.households
    people.backlog[i, d] -= amount
    people.time_given[j] += hours
    people.lent[j] += hours
    homes.stock[people.household[j]] -= amount if d == FOOD else 0
    homes.kit_lent[people.household[j]] += amount if d == EQUIPMENT else 0


def answer_requests(model, world, context, requests: Requests) -> tuple[Outcomes, np.ndarray]:
    """Three rounds of asking and giving: outcomes, and hours given by kind of tie."""
    out, hours_given = create_empty_outcomes(requests), np.zeros(STRANGER_KIND + 1, np.int64)
    for turn in range(ROUNDS):
        for _, _, _, r, random_number in order_requests(world, context, requests, turn):
            i, s, d = int(requests.row[r]), int(requests.speaker[r]), int(requests.domain[r])
            j, slot = int(requests.target[r, turn]), int(requests.slot[r, turn])
            request = Request(model.residents[i], model.residents[s], d, float(requests.severity[r]), slot,
                              random_number)
            helper = model.residents[j]
            if not check_yes_or_no(helper, "accepts", helper.accepts(request)):
                out.status[r, turn] = REFUSED
                continue
            amount, hours = compute_gift(world, context, i, j, d)
            out.status[r, turn] = HELPED if amount else NO_MEANS
            if amount:
                transfer_help(world, i, j, d, amount, hours)
                out.amount[r, turn], out.hours[r, turn] = amount, hours
                hours_given[world.ties.kind[s, slot] if slot >= 0 else STRANGER_KIND] += hours
    return out, hours_given


def apply_help_feedback(model, world, context, requests: Requests, outcomes: Outcomes) -> None:
    """Trust and power to act after the step, from what they were before it."""
    people, ties, meeting = world.people, world.ties, world.settings.meeting.numbers
    received: Counter[tuple[int, int]] = Counter()
    refused: Counter[tuple[int, int]] = Counter()
    help_counts: Counter[int] = Counter()
    refusals: Counter[int] = Counter()
    for r, turn in np.argwhere((outcomes.status != NOT_ASKED) & (outcomes.status != NO_MEANS)):
        s, j, slot = int(requests.speaker[r]), int(requests.target[r, turn]), requests.slot[r, turn]
        helped = outcomes.status[r, turn] == HELPED
        if helped:
            help_counts.update((s, j))
        else:
            refusals[s] += 1
        if slot >= 0:
            (received if helped else refused)[s, j] += int(outcomes.amount[r, turn]) if helped else 1
    pairs = {tuple(sorted(pair)) for pair in (*received, *refused)}
    before = {pair: float(ties.trust[pair[0], find_tie_slot(ties, *pair)])
              for both in pairs for pair in (both, both[::-1])}
    for (i, j), trust in before.items():
        after = trust_after_help(trust, received[i, j], received[j, i], refused[i, j], world.settings.contact.numbers)
        ties.trust[i, find_tie_slot(ties, i, j)] = ties.alter_trust[j, find_tie_slot(ties, j, i)] = after
    for i in {*help_counts, *refusals}:
        people.agency[i] = agency_after_help(float(people.agency[i]), help_counts[i], refusals[i], meeting)


REFERENCE_STAGES = (choose_helpers, answer_requests, apply_help_feedback)
