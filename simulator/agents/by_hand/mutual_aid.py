"""Mutual aid, adult by adult."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...kernel.keyed_random import draw_uniform, draw_words, to_gumbel, to_uniform
from ...kernel.random_streams import (
    ACQUAINTANCE,
    ASK_WHOM,
    PROMISE,
    PROMISE_END,
    REACH,
)
from ...phases.aftermath.asking_round import Answers
from ...phases.aftermath.promises import KeptPromises
from ...phases.aftermath.whom_to_ask import (
    FAR_KIN,
    FAR_OTHER,
    MAX_ASKED,
    MAX_FAR_KIN,
    MAX_FAR_OTHER,
    SOMEBODY_NEXT_DOOR,
)
from ...rules.mutual_aid import (
    choice_score,
    promise_end_probability,
    promise_probability,
    promise_worth,
    promised_hours,
    spare_hours,
)
from ...rules.need_domains import ASSISTANCE, BY_KIN, BY_OFF_MAP, BY_STRANGER, MILLI
from ...world.population.people import ASKED, HIT, MAX_PROMISES
from .common.open_work import allocate_met_once, get_open_amount, serve_open
from .common.queries import DOMAIN_INDICES, can_help, get_handle_value, measure_distance
from .common.voices import list_voices


def is_together(world, s: int, j: int) -> bool:
    """True when s and j are at home in one building."""
    people, homes = world.people, world.households
    at_home = not homes.displaced[people.household[s]] and not homes.displaced[people.household[j]]
    return bool(at_home and people.building[s] == people.building[j])


def list_people_to_ask(world, context, s: int, times: int, wanted: int) -> list[tuple[float, int, int]]:
    """(score, row or code, slot) of everybody whom adult s could ask and can reach."""
    people, ties, p, found = world.people, world.ties, world.settings.mutual_aid.numbers, []
    visits, phone = context.handles.territory("visits"), context.handles.territory("phone")
    for k in range(ties.degree[s] if not context.is_cut("ties") else 0):
        j, trust = int(ties.alter[s, k]), float(ties.trust[s, k])
        apart = context.is_cut("bridging") and people.group[j] != people.group[s]
        if trust < world.settings.asking.min_trust_to_ask or apart or j in people.promise[s] or not can_help(world, j):
            continue
        words = draw_words(context.key, people.uid[s], people.uid[j], context.crisis_day, ASK_WHOM, 0, times)
        reach = visits if wanted == 1 << ASSISTANCE else max(visits, phone)
        if is_together(world, s, j) or to_uniform(words[1]) < reach:
            score = choice_score(trust, measure_distance(world, s, j), p)
            found.append((score + to_gumbel(to_uniform(words[0])), j, k))
    held = people.promise[s].tolist()
    kin = min(int(people.far_kin[s]) - held.count(FAR_KIN), MAX_FAR_KIN)
    others = min(int(people.far_other[s]) - held.count(FAR_OTHER), MAX_FAR_OTHER)
    for k in [*range(kin), *range(MAX_FAR_KIN, MAX_FAR_KIN + others)] if not context.is_cut("far_ties") else []:
        words = draw_words(context.key, people.uid[s], k, context.crisis_day, REACH, 0, times)
        if to_uniform(words[1]) < phone:
            trust = p.far_kin_trust if k < MAX_FAR_KIN else p.far_other_trust
            found.append((choice_score(trust, 0.0, p) + to_gumbel(to_uniform(words[0])),
                          FAR_KIN if k < MAX_FAR_KIN else FAR_OTHER, -1))
    return found


def find_acquaintance(world, context, s: int, times: int) -> int:
    """Row of an acquaintance of the building, another at each asking; -1 for nobody."""
    people, homes, p, b = world.people, world.households, world.settings.mutual_aid, world.people.building[s]
    lonely = draw_uniform(context.key, people.uid[s], 0, 0, ACQUAINTANCE, SOMEBODY_NEXT_DOOR) < p.no_acquaintance
    count = int(world.buildings.adults[b])
    if context.is_cut("strangers") or homes.displaced[people.household[s]] or lonely or not count:
        return -1
    word = draw_words(context.key, people.uid[s], 0, 0, ACQUAINTANCE, 0, times % max(1, int(p.acquaintances)))[0]
    j = int(world.adults_by_building[world.buildings.first_adult[b] + int(to_uniform(word) * count)])
    known = j in [int(world.ties.alter[s, k]) for k in range(world.ties.degree[s])]
    apart = context.is_cut("bridging") and people.group[j] != people.group[s]
    same_home = people.household[j] == people.household[s]
    away = bool(homes.displaced[people.household[j]])
    if same_home or away or known or apart or not can_help(world, j) or j in people.promise[s]:
        return -1
    return j


def describe_helper(world, s: int, j: int, slot: int) -> tuple[float, int]:
    """Trust in adult s of somebody asked, and the index in SOURCES."""
    p = world.settings.mutual_aid
    if slot >= 0:
        return float(world.ties.alter_trust[s, slot]), BY_KIN + int(world.ties.kind[s, slot])
    if j >= 0:
        return p.acquaintance_trust, BY_STRANGER
    return (p.far_kin_trust if j == FAR_KIN else p.far_other_trust), BY_OFF_MAP


def get_helper_key(world, j: int, before: list[int]) -> tuple[int, int]:
    """What keys draws about helper j, listed after those `before`."""
    return (int(world.people.uid[j]), 0) if j >= 0 else (before.count(j), -j)


def draw_answer(world, context, s: int, j: int, who: tuple[int, int], wanted: int, trust: float, times: int) -> int:
    """Bits of the domains in which somebody asked says yes. who: from get_helper_key."""
    people, p, state = world.people, world.settings.mutual_aid.numbers, 1.0
    if j >= 0:
        state = float(people.functioning[j]) * (p.hit_helper if people.crisis_marks[j] & HIT else 1.0)
    words = draw_words(context.key, people.uid[s], np.uint32(who[0]), context.day, PROMISE, who[1])
    probability = promise_probability(trust, state, float(times), p)
    return sum(1 << d for d in DOMAIN_INDICES if wanted >> d & 1 and to_uniform(words[d]) < probability)


def note_promise(world, s: int, j: int, domains: int, trust: float, source: int) -> None:
    """Note a promise in a free place."""
    people = world.people
    for k in range(MAX_PROMISES):
        if people.promise[s, k] == -1:
            people.promise[s, k], people.promise_domains[s, k], people.promise_source[s, k] = j, domains, source
            people.promise_hours[s, k] = promised_hours(trust, world.settings.mutual_aid.numbers)
            return


def ask_for_promises(model, world, context, adults, voices) -> Answers:
    """A round of asking."""
    people, p, n = world.people, world.settings.mutual_aid.numbers, len(adults.rows)
    out = Answers(np.full((n, MAX_ASKED), -1, np.int32), np.full((n, MAX_ASKED), -1, np.int8),
                  np.zeros((n, MAX_ASKED), np.uint8))
    for m, (i, carries) in enumerate(zip(adults.rows, adults.carries, strict=True)):
        enough = sum(1 << d for d in DOMAIN_INDICES
                     if get_open_amount(world, i, carries, d) > p.threshold * MILLI)
        wanted = int(voices[m]) & enough
        if not wanted or (people.asked_on[i] >= 0 and context.day - people.asked_on[i] < p.again):
            continue
        times = int(people.times_asked[i])
        candidates = sorted(list_people_to_ask(world, context, i, times, wanted), key=lambda person: -person[0])
        asked: list[tuple[int, int, int]] = [(turn, j, slot) for turn, (_, j, slot)
                                             in enumerate(candidates[:min(int(p.asked), MAX_ASKED - 1)])]
        acquaintance = find_acquaintance(world, context, i, times)
        if acquaintance >= 0:
            asked.append((MAX_ASKED - 1, acquaintance, -1))
        for turn, j, slot in asked:
            trust, source = describe_helper(world, i, j, slot)
            who = get_helper_key(world, j, [other for at, other, _ in asked if at < turn])
            yes = draw_answer(world, context, i, j, who, wanted, trust, times)
            out.target[m, turn], out.slot[m, turn], out.domains[m, turn] = j, slot, yes
            if yes:
                note_promise(world, i, j, yes, trust, source)
        people.asked_on[i], people.times_asked[i] = context.day, min(255, times + 1)
        people.crisis_marks[i] |= ASKED
    return out


def list_offers(world, context, i: int, carries: bool) -> dict[tuple[int, int], int]:
    """(place of the promise, domain) -> thousandths that are promised to adult i in this step."""
    people, p, offers = world.people, world.settings.mutual_aid.numbers, {}
    contact = min(1.0, get_handle_value(context.handles.resident("contact"), i))
    wanted = sum(1 << d for d in DOMAIN_INDICES if get_open_amount(world, i, carries, d) > 0)
    for d in DOMAIN_INDICES:
        left = get_open_amount(world, i, carries, d)
        for k in range(MAX_PROMISES):
            j = int(people.promise[i, k])
            if left <= 0 or j == -1 or not people.promise_domains[i, k] >> d & 1 or (j >= 0 and not can_help(world, j)):
                continue
            share = 1.0 if j < 0 or is_together(world, i, j) else context.handles.territory("visits") * contact
            shared = (wanted & int(people.promise_domains[i, k])).bit_count()
            worth = promise_worth(int(people.promise_hours[i, k]), d, shared, j < 0, share, context.span, p)
            offers[k, d] = min(left, worth)
            left -= offers[k, d]
    return offers


def keep_promises(model, world, context, adults) -> KeptPromises:
    """Helpers give what they promised."""
    people, p, n = world.people, world.settings.mutual_aid.numbers, len(adults.rows)
    offers = [list_offers(world, context, int(i), bool(carries))
              for i, carries in zip(adults.rows, adults.carries, strict=True)]
    demand: dict[int, int] = {}
    for i, own in zip(adults.rows, offers, strict=True):
        for (k, _), amount in own.items():
            demand[int(people.promise[i, k])] = demand.get(int(people.promise[i, k]), 0) + amount
    kept = KeptPromises(people.promise[adults.rows], people.promise_source[adults.rows],
                        np.zeros((n, MAX_PROMISES), np.int64), allocate_met_once())
    before: Any = {int(j): spare_hours(float(people.functioning[j]), float(people.agency[j]),
                                       bool(people.crisis_marks[j] & HIT), context.span, p) for j in demand if j >= 0}
    for m, (i, carries) in enumerate(zip(adults.rows, adults.carries, strict=True)):
        for k in range(MAX_PROMISES):
            j = int(people.promise[i, k])
            if j == -1:
                continue
            for d in DOMAIN_INDICES:
                amount = offers[m].get((k, d), 0)
                if amount and j >= 0 and demand[j] > before[j]:
                    amount = amount * before[j] // demand[j]
                kept.given[m, k] += serve_open(world, i, carries, d, amount, kept.source[m, k], kept.met)
            is_kin = kept.source[m, k] == BY_KIN or j == FAR_KIN
            who, kind = get_helper_key(world, j, kept.helper[m, :k].tolist())
            u = draw_uniform(context.key, people.uid[i], np.uint32(who), context.day, PROMISE_END, kind)
            if u < promise_end_probability(is_kin, j < 0, context.span, p):
                people.promise[i, k] = -1
    return kept


REFERENCE_STAGES = (list_voices, ask_for_promises, keep_promises)
