"""Who may join a site this week: a cheap test by random numbers, before any rate is computed.

Numbers are drawn for a block of residents at a time. A rate of joining has an upper bound, and most draws lie above it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ...kernel.compiled import rule
from ...kernel.keyed_random import draw_two_words, pack_decision, to_uniform
from ...kernel.prefetch import prefetch
from ...kernel.random_streams import JOIN
from ...rules.belief import DAYS_PER_YEAR
from ...rules.joining import ROUNDING_MARGIN, max_joining_rate
from ...rules.tie_formation import ADULT_AGE
from ...rules.tie_kinds import MAX_TIES
from ...world.population.people import CANDIDATES
from ...world.ties.tie_access import prefetch_slots
from ..step.context import WEEK


class JoinColumns(NamedTuple):
    """Columns of People that decide who joins, n rows."""

    uid: np.ndarray
    age: np.ndarray
    ses: np.ndarray
    building: np.ndarray
    barrier: np.ndarray
    agency: np.ndarray
    trust_institutions: np.ndarray
    host_trust: np.ndarray
    social_hours: np.ndarray
    candidate: np.ndarray
    member: np.ndarray


@rule
def list_join_candidates(first, end, people, aware, alive, waiting, flags, rows, pairs):
    """List the pairs of a resident free to join and a site they know, of the residents first to end. Returns how many.

    A pair is a whole number: (row - first) * CANDIDATES + candidate.
    """
    size, listed, count = end - first, 0, 0
    age, member, known = people.age[first:end], people.member[first:end], aware[first:end]
    is_alive, waits_for = alive[first:end], waiting[first:end]
    for c in range(size):
        flags[c] = known[c] * ((member[c] < 0) & (waits_for[c] < 0) & (is_alive[c] == 1) & (age[c] >= ADULT_AGE))
    for c in range(size):
        rows[listed] = c
        listed += flags[c] > 0
    for m in range(listed):
        for k in range(CANDIDATES):
            pairs[count] = rows[m] * CANDIDATES + k
            count += flags[rows[m]] >> k & 1
    return count


@rule
def filter_join_candidates(first, count, key, day, draw_bounds, people, degree, site_uid, draws, pairs):
    """Keep the pairs whose random number allows joining at the highest possible rate. Returns how many.

    draw_bounds: see compute_join_draw_bounds. draws.first holds the words of the pairs that are kept.
    """
    for c in range(count):
        i, k = first + pairs[c] // CANDIDATES, pairs[c] % CANDIDATES
        draws.a[c], draws.b[c] = people.uid[i], site_uid[max(people.candidate[i, k], 0)]
        draws.decision[c] = pack_decision(JOIN)
    draw_two_words(count, key, day, draws)
    count_kept = 0
    for c in range(count):
        pairs[count_kept], draws.first[count_kept] = pairs[c], draws.first[c]
        count_kept += to_uniform(draws.first[c]) < draw_bounds[degree[first + pairs[c] // CANDIDATES]]
    return count_kept


@rule
def prefetch_join_columns(i, people, ties):
    """Prefetch what a resident's rates of joining depend on."""
    degree, other, trust = ties
    prefetch(people.ses, i)
    prefetch(people.building, i)
    prefetch(people.barrier, i)
    prefetch(people.agency, i)
    prefetch(people.trust_institutions, i)
    prefetch(people.host_trust, i)
    prefetch(people.social_hours, i)
    prefetch_slots(degree, other, i)
    prefetch_slots(degree, trust, i)


def compute_join_draw_bounds(p: Any, modifiers: tuple) -> np.ndarray:
    """float64[ties + 1]: by number of ties, the u in (0, 1) from which on a resident joins no site this week."""
    quality, _, _, no_time = modifiers
    spare = -min(0.0, float(no_time.min()))
    return _bound_draws_by_ties(p, spare, bool(quality.max() <= p.welcome))


@lru_cache
def _bound_draws_by_ties(p: Any, spare: float, welcome: bool) -> np.ndarray:
    highest: np.ndarray = max_joining_rate(np.arange(MAX_TIES + 1), spare, welcome, p)
    return highest * ROUNDING_MARGIN * WEEK / DAYS_PER_YEAR
