"""Who may meet somebody new this week: a cheap test by random numbers, before any candidate is looked up."""

from __future__ import annotations

import numpy as np

from ...kernel.broadcast import value_at
from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_two_words, pack_decision, to_uniform
from ...kernel.random_streams import NEW_TIE_BUILDING, NEW_TIE_FRIEND, NEW_TIE_OTHER
from ...rules.belief import DAYS_PER_YEAR
from ...rules.contact import WEEK
from ...rules.tie_formation import ADULT_AGE
from ...rules.tie_kinds import FRIEND, NEIGHBOUR, OTHER

FOCI = (NEIGHBOUR, FRIEND, OTHER)
"""Building, friend of a friend, elsewhere: the kind of tie that begins in each focus."""
FOCUS_COUNT = len(FOCI)


@rule
def can_meeting_occur(u, rate, days):
    """False when u, uniform in (0, 1), rules out a meeting: its probability is never above rate * days / 365."""
    return u < rate * days / DAYS_PER_YEAR


@rule
def draw_focus_numbers(first, end, uid, key, day, draws):
    """Draw a word for each focus and each resident from first to end; those of one focus stand together."""
    rows, own_uid = end - first, uid[first:end]
    for focus in range(FOCUS_COUNT):
        stream = NEW_TIE_BUILDING if focus == 0 else NEW_TIE_FRIEND if focus == 1 else NEW_TIE_OTHER
        a, b, decision = draws.a[focus * rows:], draws.b[focus * rows:], draws.decision[focus * rows:]
        for c in range(rows):
            a[c], b[c], decision[c] = own_uid[c], 0, pack_decision(stream)
    draw_two_words(rows * FOCUS_COUNT, key, day, draws)


@rule
def list_possible_proposers(first, end, residents, p, factor, mingling, numbers, passes, selected):
    """List the adults of the rows first to end whose numbers allow a meeting in any focus. Returns how many."""
    rows, age, alive = end - first, residents.age[first:end], residents.alive[first:end]
    in_building, among_friends, elsewhere = numbers[:rows], numbers[rows:2 * rows], numbers[2 * rows:]
    for c in range(rows):
        rate = p.building * np.float64(value_at(mingling, first + c))
        near = can_meeting_occur(to_uniform(in_building[c]), rate, WEEK)
        friend = can_meeting_occur(to_uniform(among_friends[c]), p.friend * factor, WEEK)
        far = can_meeting_occur(to_uniform(elsewhere[c]), p.other * factor, WEEK)
        passes[c] = (age[c] >= ADULT_AGE) & (alive[c] > 0) & (near | friend | far)
    count = 0
    for c in range(rows):
        selected[count] = first + c
        count += passes[c]
    return count
