"""Which residents may hear of or forget a site this week: a cheap test by random numbers, before anything is looked up.

Numbers are drawn for a block of residents at a time. A rate of hearing has an upper bound, and most draws lie above it.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_two_words, pack_decision, to_uniform
from ...kernel.prefetch import prefetch
from ...kernel.random_streams import FORGET, HEAR
from ...rules.belief import DAYS_PER_YEAR
from ...world.population.people import CANDIDATES
from ...world.ties.tie_access import prefetch_slots
from ..step.context import WEEK


@rule
def draw_hearing_numbers(first, end, key, day, uid, candidate, before, site_uid, draws):
    """Draw a word for each resident first to end and candidate site: to forget it if known, else to hear of it.

    draws: the words of the first candidates of all residents come first, then those of the second ones.
    """
    rows, own_uid, known = end - first, uid[first:end], before[first:end]
    for k in range(CANDIDATES):
        a, b, decision = draws.a[k * rows:], draws.b[k * rows:], draws.decision[k * rows:]
        for c in range(rows):
            a[c], b[c] = own_uid[c], site_uid[max(candidate[first + c, k], 0)]
        for c in range(rows):
            decision[c] = pack_decision(FORGET) if known[c] >> np.uint8(k) & np.uint8(1) else pack_decision(HEAR)
    draw_two_words(rows * CANDIDATES, key, day, draws)


@rule
def list_possible_updates(first, end, p, before, degree, max_visibility, numbers, passes, selected):
    """List in `selected` the draws of the residents first to end that no bound rules out. Returns how many.

    A listed place stands for candidate place // rows of resident first + place % rows.
    """
    rows, count, known, ties = end - first, 0, before[first:end], degree[first:end]
    for k in range(CANDIDATES):
        u, out = numbers[k * rows:], passes[k * rows:]
        for c in range(rows):  # from 0 on, so that several are compared at a time
            bound = p.forget if known[c] >> np.uint8(k) & np.uint8(1) else max_visibility + p.word_of_mouth * ties[c]
            out[c] = not exceeds_weekly_bound(to_uniform(u[c]), bound)
    for place in range(CANDIDATES * rows):
        selected[count] = place
        count += passes[place]
    return count


@rule
def exceeds_weekly_bound(u, bound):
    """True when u, uniform in (0, 1), rules out an event of at most `bound` per year for this week."""
    return u >= bound * WEEK / DAYS_PER_YEAR


@rule
def prefetch_listener(i, listeners, people, building, ties):
    """Prefetch what decides whether word of mouth must be computed for resident i."""
    age, alive = listeners
    _, member, waiting = people
    degree, other, trust = ties
    prefetch(age, i)
    prefetch(alive, i)
    prefetch(member, i)
    prefetch(waiting, i)
    prefetch(building, i)
    prefetch_slots(degree, trust, i)
    prefetch_slots(degree, other, i)


@rule
def prefetch_word_of_mouth(i, people, homes, ties, before):
    """Prefetch what resident i can hear in the building and from ties."""
    candidate, member, _ = people
    building, adults, first_member, _ = homes
    degree, other, _ = ties
    prefetch(adults, building[i])
    prefetch(first_member, building[i])
    for k in range(degree[i]):
        j = other[i, k]
        prefetch(member, j)
        prefetch(before, j)
        prefetch(candidate, j)
