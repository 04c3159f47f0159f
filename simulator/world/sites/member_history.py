"""What members gained at their site before the start, so that their beliefs start at rest (model 5.8 and 7.1)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ...rules.belief import approach_steady_state, dose_to_share
from ...rules.contact import WEEK
from ...rules.joining import leaving_rate
from ...rules.meeting import facilitation_quality
from ..population.people import People
from .candidate import find_candidate_slot
from .member_traits import draw_restlessness, draw_tenure, takes_part
from .site import HOSTS, Sites

DAYS_PER_YEAR = 365.0
COGOVERNED = HOSTS.index("co-governed")


@parallel_kernel
def _assign_histories(key, p, m, past, host0, rows, uid, member, site_uid, quality, governed, candidate, agency0,
                      institutions0, general0, agency, institutions, general, host_trust, satisfaction, chunk, chunks):
    """past: events a year before the start, as (help, refusals, aid, disappointments)."""
    for n in chunk_range(rows.size, chunk, chunks):
        i = rows[n]
        s = member[i]
        satisfaction[i] = p.first_satisfaction
        if not takes_part(key, uid[i], site_uid[s], m.participation):
            continue
        leaves = leaving_rate(p.first_satisfaction, 0.0, draw_restlessness(key, uid[i], site_uid[s], p), p)
        years = draw_tenure(key, uid[i], site_uid[s], leaves)
        sessions, q = m.attendance * DAYS_PER_YEAR / WEEK, m.length * quality[s]
        gain = past[0] * dose_to_share(m.event) + sessions * dose_to_share(m.agency * q)
        agency[i] = approach_steady_state(agency[i], agency0[i], m.decay_agency, gain,
                                          past[1] * dose_to_share(m.refusal), years)
        gain = past[2] * dose_to_share(m.aid) + sessions * dose_to_share(m.institution * m.length * governed[s])
        institutions[i] = approach_steady_state(institutions[i], institutions0[i], m.decay_institution, gain,
                                                past[3] * dose_to_share(m.aid * m.asymmetry), years)
        general[i] = approach_steady_state(general[i], general0[i], m.decay_general,
                                           sessions * dose_to_share(m.general * q), 0.0, years)
        k = find_candidate_slot(candidate, i, s)
        host_trust[i, k] = approach_steady_state(host_trust[i, k], host0, m.decay_host,
                                                 sessions * dose_to_share(m.host * q), 0.0, years)


def assign_member_histories(people: People, sites: Sites, settings: Model, key: RandomKey) -> None:
    """Write satisfaction of all members, and power to act and trust of those who come to sessions.

    How long each has belonged is exponential at their own rate of leaving: the age of a spell in a stock at rest.
    """
    p, m, past = settings.joining.numbers, settings.meeting.numbers, settings.population
    rows = np.flatnonzero(people.member >= 0)
    quality = np.array([facilitation_quality(staff, members, m)
                        for staff, members in zip(sites.staff, sites.members, strict=True)])
    events = (past.past_help, past.past_refusals, past.past_aid, past.past_disappointments)
    _assign_histories(key, p, m, events, settings.start.host_trust, rows, people.uid, people.member, sites.uid, quality,
                      (sites.host == COGOVERNED).astype(np.float64), people.candidate, people.agency0,
                      people.trust_institutions0, people.trust_general0, people.agency, people.trust_institutions,
                      people.trust_general, people.host_trust, people.satisfaction)
