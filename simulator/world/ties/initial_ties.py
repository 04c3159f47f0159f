"""Generate the ties that a run starts with, with trust in a steady state of visits and decay (model 5.4).

Every adult proposes ties of each kind; friends, neighbours and others in proportion to social time. A tie to a place
off the map is only counted, as an off-map tie. Residents outside the map are assumed to be like those inside, so ties
that they propose are drawn from the same distribution, at mean social time.
"""

from __future__ import annotations

import numpy as np

from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ...rules.contact import WEEK, decay_by_kind, off_map_weights
from ...rules.tie_kinds import MAX_TIES
from ..population.people import People, Ties
from .initial_proposals import (
    INITIAL_KINDS,
    MeetingPlaces,
    ResidentTraits,
    count_initial_ties,
    count_off_map_ties,
    propose_initial_ties,
)
from .steady_state import prune_weak_ties, relax_trust_once
from .tie import get_tie_columns
from .tie_graph import TieGraph, compute_strength_cutoffs, fill_tie_slots, sort_tie_rows, symmetrise_ties

PRUNE_ROUNDS, RELAXATION_STEPS = 3, 10
"""Number of times that weak ties are removed, and iterations of mean contacts before each."""


def generate_initial_ties(settings: Model, key: RandomKey, people: People, places: MeetingPlaces) -> Ties:
    """Ties of all residents aged 15 and over; also writes people.far_kin and people.far_other."""
    start, tie_formation = settings.start.numbers, settings.tie_formation.numbers
    residents = ResidentTraits(people.uid, people.age, people.group, people.ses, people.household, people.building,
                               people.social_hours)
    counts = np.zeros((people.rows, INITIAL_KINDS), np.uint16)
    count_initial_ties(residents, key, start, counts)
    first = np.zeros(people.rows + 1, np.int64)
    np.cumsum(counts.sum(axis=1), out=first[1:])
    other, kind = np.empty(first[-1], np.int32), np.empty(first[-1], np.uint8)
    propose_initial_ties(residents, places, counts, first, key, tie_formation, other, kind)
    count_off_map_ties(residents, places, first, other, kind, key, start, tie_formation, people.far_kin,
                       people.far_other)
    return store_proposed_ties(settings, key, people, (first, other, kind))


def store_proposed_ties(settings: Model, key: RandomKey, people: People,
                        proposals: tuple[np.ndarray, np.ndarray, np.ndarray], prune: bool = True) -> Ties:
    """Ties with trust in its steady state. proposals: (first, other, kind), those of resident i at first[i] and on.

    prune: remove ties that become too weak; otherwise they keep the least trust of a tie.
    """
    ties = _build_tie_rows(people, *proposals, key, settings.start.numbers)
    _relax_to_steady_state(settings, people, ties, settings.contact.numbers, prune)
    return ties


def _build_tie_rows(people: People, first: np.ndarray, other: np.ndarray, kind: np.ndarray, key: RandomKey,
                    start) -> Ties:
    """Store proposed ties on both sides, sorted by uid; a resident with more than MAX_TIES keeps the strongest."""
    kind_trust = np.array([start.trust_kin, start.trust_friend, *[start.trust_other] * 3])
    graph = TieGraph(*symmetrise_ties(first, other, kind))
    sort_tie_rows(*graph, people.uid)
    ties = Ties(people.rows)
    cutoff = np.zeros(people.rows)
    compute_strength_cutoffs(graph, people.uid, key, kind_trust, MAX_TIES, cutoff)
    fill_tie_slots(ties.degree, ties.alter, ties.trust, ties.kind, graph, cutoff, people.uid, key, kind_trust)
    return ties


def _relax_to_steady_state(settings: Model, people: People, ties: Ties, contact, prune: bool) -> None:
    """Iterate trust towards its steady state without projects, and remove ties that become too weak."""
    t, off_map = get_tie_columns(ties), off_map_weights(settings.start, contact)
    social = (people.social_hours, people.far_kin, people.far_other)
    decay = decay_by_kind(contact, WEEK)
    for _ in range(PRUNE_ROUNDS):
        for _ in range(RELAXATION_STEPS):
            relax_trust_once(t, social, off_map, decay, contact)
        if prune:
            prune_weak_ties(t.degree, t, contact.min_trust)
    if not prune:
        in_use = np.arange(MAX_TIES) < ties.degree[:, None]
        trust = np.asarray(ties.trust)
        ties.trust[:] = np.where(in_use, np.maximum(trust, np.float32(contact.min_trust)), trust)
    for alter_trust, trust in zip(t.alter_trust, t.trust, strict=True):
        alter_trust[:] = trust
