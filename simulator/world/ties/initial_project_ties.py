"""Ties that members of a site have made there before the start (model 5.4): a few, most of them weak."""

from __future__ import annotations

import math

import numpy as np

from ...kernel.compiled import kernel
from ...kernel.keyed_random import RandomKey, draw_uniform, poisson_quantile
from ...kernel.random_streams import PROJECT_TIES
from ...parameters import Model
from ...rules.tie_formation import (
    is_same_person_or_household,
    pick_index,
    social_distance,
    tie_acceptance_probability,
)
from ...rules.tie_kinds import PROJECT
from ..population.people import People, Ties
from ..sites.member_traits import takes_part
from ..sites.site import Sites
from ..sites.strand import assign_strand
from .tie import TieProposals, add_proposed_ties

MAX_ATTEMPTS = 16
"""Partners that are tried before a tie is dropped."""
NOBODY = -1
MAX_PROPOSALS = 24
"""Ties that one member proposes at most."""


@kernel
def _assign_session_groups(key, share, rows, uid, member, site_uid, strands, first, group):
    """Write the standing group of each member, -1 for those who come to no sessions. first: groups of sites before."""
    for n in range(rows.size):
        i, s = rows[n], member[rows[n]]
        group[n] = NOBODY
        if takes_part(key, uid[i], site_uid[s], share):
            group[n] = first[s] + assign_strand(key, uid[i], site_uid[s], strands[s])


@kernel
def _propose_project_ties(key, mean, mixing, start_trust, least_trust, rows, edges, residents, p, proposer, partner,
                          trust):
    """Write proposals of all groups, one after the other; returns how many. edges: where each group begins in rows."""
    uid, age, milieu, ses, household = residents
    count = 0
    for g in range(edges.size - 1):
        size = edges[g + 1] - edges[g]
        for n in range(edges[g], edges[g + 1]):
            i = rows[n]
            ties = poisson_quantile(draw_uniform(key, uid[i], 0, 0, PROJECT_TIES), mean)
            for k in range(min(MAX_PROPOSALS, ties)):
                for attempt in range(MAX_ATTEMPTS):
                    j = rows[edges[g] + pick_index(draw_uniform(key, uid[i], k, 0, PROJECT_TIES, 1, attempt), size)]
                    distance = social_distance(milieu[i], milieu[j], age[i], age[j], ses[i], ses[j], p)
                    u = draw_uniform(key, uid[i], k, 0, PROJECT_TIES, 2, attempt)
                    if (is_same_person_or_household(i, j, household[i], household[j])
                            or u >= tie_acceptance_probability(distance, mixing)):
                        continue
                    u = draw_uniform(key, uid[i], k, 0, PROJECT_TIES, 3)
                    proposer[count], partner[count] = i, j
                    trust[count] = min(1.0, least_trust - (start_trust - least_trust) * math.log(u))
                    count += 1
                    break
    return count


def add_initial_project_ties(settings: Model, key: RandomKey, people: People, sites: Sites, ties: Ties) -> None:
    """Add start.project ties on average to each member who comes to sessions, to others of their standing group.

    Trust is exponential above the least that a tie holds, with mean start.trust_project.
    """
    rows = np.flatnonzero(people.member >= 0)
    if not len(rows):
        return
    rows = rows[np.argsort(people.uid[rows])]
    strands = np.maximum(1, np.ceil(sites.places / sites.group_size)).astype(np.int64)
    group = np.empty(len(rows), np.int64)
    _assign_session_groups(key, settings.meeting.participation, rows, people.uid, people.member, sites.uid, strands,
                           np.cumsum(strands) - strands, group)
    rows, group = rows[group >= 0], group[group >= 0]
    order = np.argsort(group, kind="stable")
    rows, edges = rows[order], np.searchsorted(group[order], np.arange(strands.sum() + 1))
    room = MAX_PROPOSALS * len(rows) + 1
    proposer, partner, trust = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room)
    start = settings.start
    count = _propose_project_ties(key, 0.5 * start.project, settings.meeting.mixing, start.trust_project,
                                  settings.contact.min_trust, rows, edges,
                                  (people.uid, people.age, people.group, people.ses, people.household),
                                  settings.tie_formation.numbers, proposer, partner, trust)
    proposals = TieProposals(proposer[:count], partner[:count], np.full(count, PROJECT, np.uint8), trust[:count],
                             np.zeros(count))
    add_proposed_ties(ties, people, proposals, settings.contact.numbers)
