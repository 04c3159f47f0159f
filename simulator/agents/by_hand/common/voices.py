"""Who speaks of a need in a crisis, adult by adult. Residents decide by their method dares_to_ask."""

from __future__ import annotations

import numpy as np

from ....kernel.keyed_random import draw_uniform, draw_words, to_uniform
from ....kernel.random_streams import FOUND_IN_CRISIS, VOICE, VOICE_DOMAIN
from ....rules.mutual_aid import found_probability, voice_probability
from ....world.population.people import FOUND
from ...resident import Resident
from .decision_answers import check_yes_or_no
from .queries import DOMAIN_INDICES, get_handle_value, is_registered


def find_extra_rate(world, context, i: int) -> float:
    """Rate per day at which levers let others find adult i in need."""
    handles, usual = context.handles, world.settings.asking.neighbour_detection
    check = 0.0 if context.is_cut("strangers") else get_handle_value(handles.resident("neighbour_check"), i)
    rate = get_handle_value(handles.resident("check_rate"), i)
    rate = world.settings.mutual_aid.found * (check / usual - 1.0) + rate if usual > 0 else rate
    if is_registered(world, context, i):
        rate += handles.institution("call_rate")[world.people.commune[i]] * handles.territory("phone")
    return rate


def is_found(world, context, i: int) -> bool:
    """True when others find adult i in need in this step."""
    rate, p = find_extra_rate(world, context, i), world.settings.mutual_aid.numbers
    u = draw_uniform(context.key, world.people.uid[i], 0, context.day, FOUND_IN_CRISIS)
    return bool(u < found_probability(rate, context.span, p))


def has_voice(world, context, i: int) -> bool:
    """True when adult i asks for help in this crisis."""
    reluctance = get_handle_value(context.handles.resident("reluctance"), i)
    probability = voice_probability(float(world.people.agency[i]), reluctance, world.settings.mutual_aid.numbers)
    return bool(draw_uniform(context.key, world.people.uid[i], 0, context.crisis_day, VOICE) < probability)


def draw_voiced_domains(world, context, i: int) -> int:
    """Bits of the domains in which adult i would speak of a need."""
    words = draw_words(context.key, world.people.uid[i], 0, context.crisis_day, VOICE_DOMAIN)
    return sum(1 << d for d in DOMAIN_INDICES if to_uniform(words[d]) < world.settings.mutual_aid.numbers.voiced)


def choose_domains(resident: Resident) -> int:
    """Bits of the domains in which a resident with a decision of its own asks."""
    return sum(check_yes_or_no(resident, "dares_to_ask", resident.dares_to_ask(d)) << d for d in DOMAIN_INDICES)


def list_voices(model, world, context, adults) -> np.ndarray:
    """u1[m]: bits of the domains in which an adult would speak of a need."""
    people, out = world.people, np.zeros(len(adults.rows), np.uint8)
    for m, i in enumerate(adults.rows):
        resident = model.residents[i]
        if type(resident).dares_to_ask is not Resident.dares_to_ask:
            out[m] = choose_domains(resident)
            speaks = out[m] > 0
        else:
            speaks = has_voice(world, context, i)
            out[m] = draw_voiced_domains(world, context, i) if speaks else 0
        if not speaks and (people.crisis_marks[i] & FOUND or is_found(world, context, i)):
            people.crisis_marks[i] |= FOUND
            out[m] = draw_voiced_domains(world, context, i)
    return out
