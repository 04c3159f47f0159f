"""A round of asking in a crisis: who has a voice, whom they ask, who says yes, and in which domains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.keyed_random import draw_uniform, draw_words, to_uniform
from ...kernel.random_streams import (
    FOUND_IN_CRISIS,
    PROMISE,
    VOICE,
    VOICE_DOMAIN,
)
from ...kernel.threads import max_chunks
from ...rules.asking import is_registered
from ...rules.mutual_aid import (
    found_probability,
    promise_probability,
    promised_hours,
    voice_probability,
)
from ...rules.need_domains import BY_KIN, BY_OFF_MAP, BY_STRANGER, DOMAIN_COUNT, MILLI
from ...world.population.people import ASKED, FOUND, HIT, MAX_PROMISES
from ...world.world import World
from ..step.columns import view_housing, view_residents, view_ties
from ..step.context import StepContext
from .serving import OpenAdults, open_amount
from .whom_to_ask import (
    BRIDGING,
    CHANNELS_OF_ASKING,
    FAR_KIN,
    FAR_OTHER,
    MAX_ASKED,
    STRANGERS,
    choose_whom_to_ask,
    find_acquaintance,
    has_promised,
)

MOST_TIMES_ASKED = (1 << 8) - 1
"""Where the count of askings stops: it is held in eight bits."""


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
    check = handles.resident("neighbour_check")
    if context.is_cut("strangers"):
        check = np.zeros(1, np.float32)
    _list_voices(adults.rows, context.key, context.crisis_day, context.day, context.span, phone,
                 world.settings.mutual_aid.numbers, world.settings.asking.neighbour_detection, check,
                 handles.resident("check_rate"), handles.resident("reluctance"),
                 handles.institution("register"), handles.institution("call_rate"),
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
    allowed = np.array([not context.is_cut(name) for name in CHANNELS_OF_ASKING])
    reach = np.array([context.handles.territory("visits"), context.handles.territory("phone")])
    promises = (people.promise, people.promise_hours, people.promise_domains, people.promise_source)
    _ask_for_promises(adults.rows, adults.carries, voices, context.key, context.crisis_day, context.day, reach,
                      allowed, s.mutual_aid.numbers, s.coping.numbers, s.asking.min_trust_to_ask, view_residents(world),
                      view_housing(world), view_ties(world), people.view("group"),
                      world.households.view("displaced"), people.view("crisis_backlog"),
                      world.households.view("aftermath"), people.crisis_marks, people.asked_on,
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
        if allowed[STRANGERS]:
            j = find_acquaintance(s, times, key, p, coping, residents, housing, displaced, ties)
            if j >= 0 and not (group[j] != group[s] and not allowed[BRIDGING]) and not has_promised(s, j, promises[0]):
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
        times_asked[s] = min(MOST_TIMES_ASKED, times + 1)
        marks[s] |= np.uint16(ASKED)


@rule
def list_wanted_domains(s, carries, p, residents, backlog, aftermath):
    """Bits of the domains in which adult s has enough open to ask for help."""
    bits = 0
    for d in range(DOMAIN_COUNT):
        bits |= (open_amount(s, residents.household[s], carries, d, backlog, aftermath) > p.threshold * MILLI) << d
    return np.uint8(bits)


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
