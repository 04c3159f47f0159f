"""Ask, resident by resident. Residents decide by their method dares_to_ask."""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import DETECT_NEIGHBOUR, DETECT_TIE
from ...rules.asking import neighbour_check_probability, tie_detection_probability
from ...rules.need_domains import KNOW_HOW
from .common.decision_answers import check_yes_or_no
from .common.queries import DOMAIN_INDICES, find_speaker, get_handle_value


def open_episodes(model, world, context, rows) -> np.ndarray:
    """u1[m]: bits of the domains in which an episode opens."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        for d in DOMAIN_INDICES:
            if people.backlog[i, d] > 0 and people.episode[i, d] < 0:
                people.episode[i, d] = context.day
                out[m] |= 1 << d
    return out


def ask_for_help(model, world, context, rows, opened) -> np.ndarray:
    """u1[m]: bits of the domains in which one asks."""
    out = np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        for d in DOMAIN_INDICES:
            if opened[m] >> d & 1:
                resident = model.residents[i]
                out[m] |= check_yes_or_no(resident, "dares_to_ask", resident.dares_to_ask(d)) << d
    return out


def is_detected_by_neighbour(world, context, i: int) -> bool:
    """True when a neighbour of the building detects i."""
    people = world.people
    if context.is_cut("strangers"):
        return False
    support = float(world.neighbourhoods.support[people.neighbourhood[i]])
    rate = get_handle_value(context.handles.resident("neighbour_check"), i)
    probability = neighbour_check_probability(rate, support, context.span)
    return draw_uniform(context.key, people.uid[i], 0, context.day, DETECT_NEIGHBOUR) < probability


def is_detected_by_tie(world, context, i: int) -> bool:
    """True when one of the ties who trust the speaker detects i."""
    people, ties, s = world.people, world.ties, find_speaker(world, i)
    remote_factor = context.handles.territory("visits") * context.handles.territory("phone")
    for k in range(ties.degree[s] if s >= 0 and not context.is_cut("ties") else 0):
        j, trust = ties.alter[s, k], float(ties.alter_trust[s, k])
        if trust >= world.settings.tie_formation.strong_trust and people.alive[j]:
            reach = 1.0 if people.building[j] == people.building[s] else remote_factor
            probability = tie_detection_probability(trust, reach, context.span, world.settings.asking.numbers)
            if draw_uniform(context.key, people.uid[j], people.uid[i], context.day, DETECT_TIE) < probability:
                return True
    return False


def detect_needs(model, world, context, rows) -> np.ndarray:
    """u1[m]: bits of the domains in which one is detected."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        known = int(people.asked[i]) | int(people.detected[i])
        unknown = sum(1 << d for d in DOMAIN_INDICES if people.backlog[i, d] > 0 and not known >> d & 1)
        if unknown and (is_detected_by_neighbour(world, context, i) or is_detected_by_tie(world, context, i)):
            out[m] = unknown
    return out


def list_off_map_help(model, world, context, rows) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the residents whose requests for know-how ties off the map meet, and how much they get."""
    people, answered = world.people, []
    for i in rows:
        s = find_speaker(world, i)
        asks = people.backlog[i, KNOW_HOW] > 0 and people.asked[i] >> KNOW_HOW & 1
        if asks and s >= 0 and (people.far_kin[s] or people.far_other[s]):
            answered.append(i)
    listed = np.array(answered, np.int32)
    return listed, people.backlog[listed, KNOW_HOW].copy()


REFERENCE_STAGES = (open_episodes, ask_for_help, detect_needs, list_off_map_help)
