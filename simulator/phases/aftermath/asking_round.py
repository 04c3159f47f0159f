"""A round of asking in a crisis: who has a voice, whom they ask, who says yes, and in which domains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform, draw_words, to_gumbel, to_uniform
from ...kernel.random_streams import (
    ACQUAINTANCE,
    ASK_WHOM,
    FOUND_IN_CRISIS,
    PROMISE,
    REACH,
    VOICE,
    VOICE_DOMAIN,
)
from ...kernel.table import read_only_view
from ...kernel.threads import max_chunks
from ...rules.asking import is_registered
from ...rules.coping import is_able_to_help
from ...rules.mutual_aid import (
    choice_score,
    found_probability,
    promise_probability,
    promised_hours,
    voice_probability,
)
from ...rules.need_domains import ASSISTANCE, BY_KIN, BY_OFF_MAP, BY_STRANGER, DOMAIN_COUNT, MILLI
from ...world.population.people import ASKED, FOUND, HIT, MAX_PROMISES
from ...world.world import World
from ..help.helper_candidates import can_help_next_door, sample_building_adult
from ..help.helper_choice import distance_between_buildings
from ..step.columns import view_housing, view_residents, view_ties
from ..step.context import StepContext
from .serving import OpenAdults, open_amount

FAR_KIN, FAR_OTHER = -2, -3
"""Rows that stand for people off the map in targets and promises; -1 is nobody."""
MAX_FAR_KIN, MAX_FAR_OTHER = 2, 1
"""People off the map whom one asks at a time, at most."""
MAX_ASKED = 9
"""People asked in a round, at most: those chosen and one acquaintance."""
SOMEBODY_NEXT_DOOR = 1
"""Key of the draw of whether an adult has any acquaintance next door."""


class Answers(NamedTuple):
    """A round of asking by m adults: arrays [m, MAX_ASKED]."""

    target: np.ndarray
    """int32: row of who was asked, FAR_KIN or FAR_OTHER, -1 for nobody."""
    slot: np.ndarray
    """int8: slot of the tie, -1 for an acquaintance or somebody off the map."""
    domains: np.ndarray
    """u1: bit d for a yes in domain d; 0 for a refusal."""


def list_voices(world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
    """u1[m]: bit d where an adult would speak of a need in domain d: it asks in crises, or was found in need."""
    people, handles, n = world.people, context.handles, len(adults.rows)
    out = np.zeros(n, np.uint8)
    phone = handles.territory("phone")
    check = read_only_view(handles.resident("neighbour_check"))
    if context.is_cut("strangers"):
        check = np.zeros(1, np.float32)
    _list_voices(adults.rows, context.key, context.crisis_day, context.day, context.span, phone,
                 world.settings.mutual_aid.numbers, world.settings.asking.neighbour_detection, check,
                 read_only_view(handles.resident("check_rate")), read_only_view(handles.resident("reluctance")),
                 read_only_view(handles.institution("register")), read_only_view(handles.institution("call_rate")),
                 view_residents(world), people.crisis_marks, out)
    return out


@parallel_kernel
def _list_voices(rows, key, crisis_day, day, span, phone, p, usual_check, check, rate, reluctance, register, call,
                 residents, marks, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = rows[m]
        if has_voice(i, key, crisis_day, np.float64(value_at(reluctance, i)), p, residents):
            out[m] = draw_voiced_domains(i, key, crisis_day, p, residents)
        elif marks[i] & FOUND or is_found(i, key, day, span, phone, usual_check, np.float64(value_at(check, i)),
                                          np.float64(value_at(rate, i)), register, call, p, residents):
            marks[i] |= np.uint16(FOUND)
            out[m] = draw_voiced_domains(i, key, crisis_day, p, residents)


@rule
def has_voice(i, key, crisis_day, reluctance, p, residents):
    """True when adult i asks for help in this crisis: drawn once for a person and a crisis."""
    u = draw_uniform(key, residents.uid[i], 0, crisis_day, VOICE)
    return u < voice_probability(np.float64(residents.agency[i]), reluctance, p)


@rule
def draw_voiced_domains(i, key, crisis_day, p, residents):
    """Bits of the domains in which adult i would speak of a need."""
    words, bits = draw_words(key, residents.uid[i], 0, crisis_day, VOICE_DOMAIN), 0
    for d in range(DOMAIN_COUNT):
        bits |= (to_uniform(words[d]) < p.voiced) << d
    return np.uint8(bits)


@rule
def is_found(i, key, day, span, phone, usual_check, check, rate, register, call, p, residents):
    """True when others find adult i in need in this step: neighbours, outreach, callers.

    check: how often neighbours look in, in proportion to `usual_check`; rate: per day, by outreach; call: by calls to
    those on the register.
    """
    c = residents.commune[i]
    extra = p.found * (check / usual_check - 1.0) + rate if usual_check > 0.0 else rate
    if is_registered(residents.age[i], residents.consent[i], np.float64(residents.register_rank[i]), register[c]):
        extra += call[c] * phone
    return draw_uniform(key, residents.uid[i], 0, day, FOUND_IN_CRISIS) < found_probability(extra, span, p)


def ask_for_promises(world: World, context: StepContext, adults: OpenAdults, voices: np.ndarray) -> Answers:
    """The adults with a voice, u1[m], ask those they would turn to; yes is noted as a promise. Returns the answers."""
    people, s, n = world.people, world.settings, len(adults.rows)
    answers = Answers(np.full((n, MAX_ASKED), -1, np.int32), np.full((n, MAX_ASKED), -1, np.int8),
                      np.zeros((n, MAX_ASKED), np.uint8))
    allowed = np.array([not context.is_cut(name) for name in ("ties", "far_ties", "strangers", "bridging")])
    reach = np.array([context.handles.territory("visits"), context.handles.territory("phone")])
    promises = (people.promise, people.promise_hours, people.promise_domains, people.promise_source)
    _ask_for_promises(adults.rows, adults.carries, voices, context.key, context.crisis_day, context.day, reach,
                      allowed, s.mutual_aid.numbers, s.coping.numbers, s.asking.min_trust_to_ask, view_residents(world),
                      view_housing(world), view_ties(world), read_only_view(people.group),
                      read_only_view(world.households.displaced), read_only_view(people.crisis_backlog),
                      read_only_view(world.households.aftermath), people.crisis_marks, people.asked_on,
                      people.times_asked, promises, np.empty((max_chunks(), MAX_ASKED)), *answers)
    return answers


@parallel_kernel
def _ask_for_promises(rows, carries, voices, key, crisis_day, day, reach, allowed, p, coping, least, residents, housing,
                      ties, group, displaced, backlog, aftermath, marks, asked_on, times_asked, promises, scores,
                      target, slots, domains, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        s = np.int64(rows[m])
        wanted = voices[m] & list_wanted_domains(s, carries[m], p, residents, backlog, aftermath)
        if wanted == 0 or (asked_on[s] >= 0 and day - asked_on[s] < p.again):
            continue
        times = np.int64(times_asked[s])
        choose_whom_to_ask(s, times, wanted, key, crisis_day, reach, allowed, p, coping, least, residents, housing,
                           ties, group, displaced, promises[0], scores[chunk], target[m], slots[m])
        if allowed[2]:
            j = find_acquaintance(s, times, key, p, coping, residents, housing, displaced, ties)
            if j >= 0 and not (group[j] != group[s] and not allowed[3]) and not has_promised(s, j, promises[0]):
                target[m, MAX_ASKED - 1] = j
        for turn in range(MAX_ASKED):
            if target[m, turn] != -1:
                j, slot = np.int64(target[m, turn]), np.int64(slots[m, turn])
                trust = trust_of_helper(s, j, slot, ties, p)
                who, kind = key_of_helper(j, turn, target[m], residents.uid)
                yes = draw_answer(s, j, who, kind, wanted, trust, times, key, day, p, residents, marks)
                domains[m, turn] = yes
                if yes:
                    note_promise(s, j, yes, trust, source_of(s, j, slot, ties), p, promises)
        asked_on[s] = day
        times_asked[s] = min(255, times + 1)
        marks[s] |= np.uint16(ASKED)


@rule
def list_wanted_domains(s, carries, p, residents, backlog, aftermath):
    """Bits of the domains in which adult s has enough open to ask for help."""
    bits = 0
    for d in range(DOMAIN_COUNT):
        bits |= (open_amount(s, residents.household[s], carries, d, backlog, aftermath) > p.threshold * MILLI) << d
    return np.uint8(bits)


@rule
def choose_whom_to_ask(s, times, wanted, key, crisis_day, reach, allowed, p, coping, least, residents, housing, ties,
                       group, displaced, promised, scores, target, slots):
    """Write the best of those whom adult s can reach into `target`: ties, people off the map, by score and noise."""
    scores[:] = -np.inf
    most = min(np.int64(p.asked), MAX_ASKED - 1)
    only_hands = wanted == 1 << ASSISTANCE
    if allowed[0]:
        for k in range(ties.degree[s]):
            j, trust = np.int64(ties.alter[s, k]), np.float64(ties.trust[s, k])
            if trust < least or (group[j] != group[s] and not allowed[3]) or has_promised(s, j, promised):
                continue
            if is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping):
                words = draw_words(key, residents.uid[s], residents.uid[j], crisis_day, ASK_WHOM, 0, times)
                if to_uniform(words[1]) < reach_of(s, j, only_hands, reach, residents, displaced):
                    km = distance_between_buildings(residents.building[s], residents.building[j], housing)
                    rank_target(choice_score(trust, km, p) + to_gumbel(to_uniform(words[0])), j, k, most, scores,
                                target, slots)
    if allowed[1]:
        for k in range(min(np.int64(residents.far_kin[s]), MAX_FAR_KIN) + MAX_FAR_OTHER):
            is_kin = k < min(np.int64(residents.far_kin[s]), MAX_FAR_KIN)
            if not is_kin and residents.far_other[s] == 0:
                continue
            words = draw_words(key, residents.uid[s], k, crisis_day, REACH, 0, times)
            if to_uniform(words[1]) < reach[1]:
                trust = p.far_kin_trust if is_kin else p.far_other_trust
                rank_target(choice_score(trust, 0.0, p) + to_gumbel(to_uniform(words[0])),
                            FAR_KIN if is_kin else FAR_OTHER, -1, most, scores, target, slots)


@rule
def reach_of(s, j, only_hands, reach, residents, displaced):
    """P(adult s can reach tie j): sure in one building, else by visit or, but for hands alone, by telephone."""
    at_home = displaced[residents.household[s]] == 0 and displaced[residents.household[j]] == 0
    if residents.building[s] == residents.building[j] and at_home:
        return 1.0
    return reach[0] if only_hands else max(reach[0], reach[1])


@rule
def rank_target(score, j, slot, most, scores, target, slots):
    """Insert a target among the `most` best so far; equal scores keep the order in which they came."""
    if score <= scores[most - 1]:
        return
    at = most - 1
    while at > 0 and score > scores[at - 1]:
        scores[at], target[at], slots[at] = scores[at - 1], target[at - 1], slots[at - 1]
        at -= 1
    scores[at], target[at], slots[at] = score, j, slot


@rule
def has_promised(s, j, promised):
    """True when j has promised adult s help that still holds."""
    for k in range(MAX_PROMISES):
        if promised[s, k] == j:
            return True
    return False


@rule
def find_acquaintance(s, times, key, p, coping, residents, housing, displaced, ties):
    """Row of an acquaintance of the building whom adult s asks besides, another at each asking; -1 for nobody."""
    if displaced[residents.household[s]] > 0:
        return np.int64(-1)
    if draw_uniform(key, residents.uid[s], 0, 0, ACQUAINTANCE, SOMEBODY_NEXT_DOOR) < p.no_acquaintance:
        return np.int64(-1)
    word = draw_words(key, residents.uid[s], 0, 0, ACQUAINTANCE, 0, times % max(1, np.int64(p.acquaintances)))[0]
    j = sample_building_adult(residents.building[s], word, housing)
    if j < 0 or displaced[residents.household[j]] > 0 or not can_help_next_door(j, s, residents, coping):
        return np.int64(-1)
    for k in range(ties.degree[s]):
        if ties.alter[s, k] == j:
            return np.int64(-1)
    return j


@rule
def trust_of_helper(s, j, slot, ties, p):
    """The trust in adult s of somebody asked: a tie's own, else that of people off the map or of an acquaintance."""
    if slot >= 0:
        return np.float64(ties.alter_trust[s, slot])
    if j == FAR_KIN:
        return p.far_kin_trust
    return p.far_other_trust if j == FAR_OTHER else p.acquaintance_trust


@rule
def source_of(s, j, slot, ties):
    """Index in SOURCES of somebody asked."""
    if slot >= 0:
        return np.int64(BY_KIN + ties.kind[s, slot])
    return np.int64(BY_OFF_MAP) if j < 0 else np.int64(BY_STRANGER)


@rule
def key_of_helper(j, place, helpers, uid):
    """(number, kind) that key what is drawn about helper j, in this place of a list: the same whoever else is in it."""
    if j >= 0:
        return np.int64(uid[j]), np.int64(0)
    nth = 0
    for k in range(place):
        nth += helpers[k] == j
    return np.int64(nth), np.int64(-j)


@rule
def draw_answer(s, j, who, kind, wanted, trust, times, key, day, p, residents, marks):
    """Bits of the domains in which somebody asked says yes; the state of people off the map is 1.

    who, kind: as `key_of_helper` gives them.
    """
    state = 1.0
    if j >= 0:
        state = np.float64(residents.functioning[j]) * (p.hit_helper if marks[j] & HIT else 1.0)
    words = draw_words(key, residents.uid[s], np.uint32(who), day, PROMISE, kind)
    probability, bits = promise_probability(trust, state, float(times), p), 0
    for d in range(DOMAIN_COUNT):
        if wanted >> d & 1 and to_uniform(words[d]) < probability:
            bits |= 1 << d
    return np.uint8(bits)


@rule
def note_promise(s, j, domains, trust, source, p, promises):
    """Note a promise in a free place, if there is one."""
    promise, hours, held, sources = promises
    for k in range(MAX_PROMISES):
        if promise[s, k] == -1:
            promise[s, k], hours[s, k], held[s, k], sources[s, k] = j, promised_hours(trust, p), domains, source
            return
