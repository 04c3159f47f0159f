"""The ties a run starts from: begun in everyday places, then settled where visits and wear balance (model 5.4).

Every adult begins ties of each kind; friends, neighbours and others in proportion to social time. A tie whose place
lies off the map becomes an out-of-map tie. The world outside is taken to be like the one inside, so ties begun out
there and landing here are drawn from the same law, at mean social time.
"""

from __future__ import annotations

import numpy as np

from ...kernel.random import Key
from ...parameters import Model
from ...rules.contact import WEEK, far_weights, wear_by_kind
from ...rules.kind import SLOTS
from ..population.people import People, Ties
from .initial_ties import BEGUN, Places, Residents, begin, count_begun, count_far
from .steady_state import drop_weak, settle
from .tie import columns
from .tie_graph import Web, cutoffs, fill, sort_rows, weave

ROUNDS, SWEEPS = 3, 10
"""Settling: sweeps of the mean contact map, and how often what has become too weak is let go."""


def start_ties(settings: Model, key: Key, people: People, places: Places) -> Ties:
    """Ties of everybody aged 15 and over; writes people.far_kin and people.far_other. places: begun.meeting_places."""
    start, binding, contact = settings.start.numbers, settings.binding.numbers, settings.contact.numbers
    residents = Residents(people.uid, people.age, people.group, people.ses, people.household, people.building,
                          people.social_hours)
    counts = np.zeros((people.rows, BEGUN), np.uint16)
    count_begun(residents, key, start, counts)
    first = np.zeros(people.rows + 1, np.int64)
    np.cumsum(counts.sum(axis=1), out=first[1:])
    other, kind = np.empty(first[-1], np.int32), np.empty(first[-1], np.uint8)
    begin(residents, places, counts, first, key, binding, other, kind)
    count_far(residents, places, first, other, kind, key, start, binding, people.far_kin, people.far_other)
    ties = _row_by_row(people, first, other, kind, key, start)
    _settle(settings, people, ties, contact)
    return ties


def _row_by_row(people: People, first: np.ndarray, other: np.ndarray, kind: np.ndarray, key: Key, start) -> Ties:
    """Lay begun ties on both sides, sorted by uid; who has too many keeps the strongest."""
    seed = np.array([start.trust_kin, start.trust_friend, start.trust_other, start.trust_other, start.trust_other])
    web = Web(*weave(first, other, kind))
    sort_rows(*web, people.uid)
    ties = Ties(people.rows)
    least = np.zeros(people.rows)
    cutoffs(web, people.uid, key, seed, SLOTS, least)
    fill(ties.degree, ties.other, ties.trust, ties.kind, web, least, people.uid, key, seed)
    return ties


def _settle(settings: Model, people: People, ties: Ties, contact) -> None:
    """Let trust settle, without projects."""
    t, far = columns(ties), far_weights(settings.start, contact)
    own = (people.social_hours, people.far_kin, people.far_other)
    worn = wear_by_kind(contact, WEEK)
    for _ in range(ROUNDS):
        for _ in range(SWEEPS):
            settle(t, own, far, worn, contact)
        drop_weak(t.degree, t, contact.least_trust)
    for mirror, trust in zip(t.mirror, t.trust, strict=True):
        mirror[:] = trust
