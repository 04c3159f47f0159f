"""Whom an adult turns to in a crisis: the best by trust, nearness and chance of those in reach, and an acquaintance."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_uniform, draw_words, to_gumbel, to_uniform
from ...kernel.random_streams import ACQUAINTANCE, ASK_WHOM, REACH
from ...rules.coping import is_able_to_help
from ...rules.mutual_aid import choice_score
from ...rules.need_domains import ASSISTANCE
from ...world.population.people import MAX_PROMISES
from ..help.helper_candidates import can_help_next_door, sample_building_adult
from ..help.helper_choice import distance_between_buildings

FAR_KIN, FAR_OTHER = -2, -3
"""Rows that stand for people off the map in targets and promises; -1 is nobody."""
MAX_FAR_KIN, MAX_FAR_OTHER = 2, 1
"""People off the map whom one asks at a time, at most."""
MAX_ASKED = 9
"""People asked in a round, at most: those chosen and one acquaintance."""
SOMEBODY_NEXT_DOOR = 1
"""Key of the draw of whether an adult has any acquaintance next door."""

CHANNELS_OF_ASKING = ("ties", "far_ties", "strangers", "bridging")
TIES, FAR_TIES, STRANGERS, BRIDGING = range(len(CHANNELS_OF_ASKING))
"""Channels over which one may ask, as positions in an array of which are open."""


@rule
def choose_whom_to_ask(s, times, wanted, key, crisis_day, reach, allowed, p, coping, least, residents, housing, ties,
                       group, displaced, promised, scores, target, slots):
    """Write the best of those whom adult s can reach into `target`: ties, people off the map, by score and noise."""
    scores[:] = -np.inf
    most = min(np.int64(p.asked), MAX_ASKED - 1)
    only_hands = wanted == 1 << ASSISTANCE
    if allowed[TIES]:
        for k in range(ties.degree[s]):
            j, trust = np.int64(ties.alter[s, k]), np.float64(ties.trust[s, k])
            if trust < least or (group[j] != group[s] and not allowed[BRIDGING]) or has_promised(s, j, promised):
                continue
            if is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping):
                words = draw_words(key, residents.uid[s], residents.uid[j], crisis_day, ASK_WHOM, 0, times)
                if to_uniform(words[1]) < reach_of(s, j, only_hands, reach, residents, displaced):
                    km = distance_between_buildings(residents.building[s], residents.building[j], housing)
                    rank_target(choice_score(trust, km, p) + to_gumbel(to_uniform(words[0])), j, k, most, scores,
                                target, slots)
    if allowed[FAR_TIES]:
        kin = min(np.int64(residents.far_kin[s]) - count_promises(s, FAR_KIN, promised), MAX_FAR_KIN)
        others = min(np.int64(residents.far_other[s]) - count_promises(s, FAR_OTHER, promised), MAX_FAR_OTHER)
        for k in range(MAX_FAR_KIN + MAX_FAR_OTHER):
            is_kin = k < MAX_FAR_KIN
            if (k >= kin) if is_kin else (k - MAX_FAR_KIN >= others):
                continue
            words = draw_words(key, residents.uid[s], k, crisis_day, REACH, 0, times)
            if to_uniform(words[1]) < reach[1]:
                trust = p.far_kin_trust if is_kin else p.far_other_trust
                rank_target(choice_score(trust, 0.0, p) + to_gumbel(to_uniform(words[0])),
                            FAR_KIN if is_kin else FAR_OTHER, -1, most, scores, target, slots)


@rule
def is_together(i, j, residents, displaced):
    """True when residents i and j are at home in one building."""
    at_home = displaced[residents.household[i]] == 0 and displaced[residents.household[j]] == 0
    return at_home and residents.building[i] == residents.building[j]


@rule
def reach_of(s, j, only_hands, reach, residents, displaced):
    """P(adult s can reach tie j): sure in one building, else by visit or, but for hands alone, by telephone."""
    if is_together(s, j, residents, displaced):
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
def count_promises(s, j, promised):
    """Promises to adult s that still hold, by j: a row, or FAR_KIN or FAR_OTHER for all people of that sort."""
    count = 0
    for k in range(MAX_PROMISES):
        count += promised[s, k] == j
    return count


@rule
def has_promised(s, j, promised):
    """True when j has promised adult s help that still holds."""
    return count_promises(s, j, promised) > 0


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
