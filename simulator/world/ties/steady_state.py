"""Steady state of trust at the start: mean contacts iterated to their fixed point (model 5.4).

Without it, trust would still be far from its steady state after two years of a run. In the steady state both sides of a
tie trust each other equally, because they share the same visits; so mirrors are not needed.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.slot_arrays import INLINE_SLOTS
from ...kernel.threads import max_chunks
from ...rules.belief import dose_to_share
from ...rules.contact import WEEK, contact_rate, contact_weight, expected_visits, steady_state_trust
from ...rules.tie_kinds import MAX_TIES
from .tie import clear_slot, copy_slot, list_alters

BLOCK_ROWS = 64
"""Rows whose ties are processed together."""


@parallel_kernel
def compute_contact_rates(t, social, off_map, p, rate, chunk, chunks):
    """Write float32[n]: social time per unit of contact weight, h/week.

    social: columns (social_hours, far_kin, far_other); off_map: weights of an off-map tie with kin, and with others.
    """
    hours, far_kin, far_other = social
    for i in chunk_range(hours.size, chunk, chunks):
        weights = far_kin[i] * off_map[0] + far_other[i] * off_map[1]
        for k in range(t.degree[i]):
            weights += contact_weight(np.float64(t.trust[i, k]), p)
        rate[i] = contact_rate(np.float64(hours[i]), weights)


@parallel_kernel
def relax_tie_trust(trust, t, rate, decay, p, alter_buffer, rate_buffer, chunk, chunks):
    """Set trust in each tie to the steady state of its present mean number of visits.

    alter_buffer uint32[chunks, .], rate_buffer float32[chunks, .]: work space for the alters of a block of rows and
    their contact rates.
    """
    share_moved, n = dose_to_share(p.gain * p.visit), t.degree.size
    for block in chunk_range((n + BLOCK_ROWS - 1) // BLOCK_ROWS, chunk, chunks):
        first, end, tie = block * BLOCK_ROWS, min(n, (block + 1) * BLOCK_ROWS), 0
        for m in range(list_alters(t, first, end, alter_buffer[chunk])):
            rate_buffer[chunk, m] = rate[alter_buffer[chunk, m]]
        for i in range(first, end):
            own_rate = np.float64(rate[i])
            for k in range(np.int64(t.degree[i])):
                weight = contact_weight(np.float64(trust[i, k]), p)
                alter_rate = np.float64(rate_buffer[chunk, tie])
                expected = expected_visits(own_rate * weight, alter_rate * weight, 1.0, WEEK, p)
                trust[i, k] = steady_state_trust(expected, decay[t.kind[i, k]], share_moved)
                tie += 1


def relax_trust_once(t, social, off_map, decay: np.ndarray, p) -> None:
    """One iteration: divide social time among ties, then set trust to the steady state that follows."""
    rate = np.zeros(len(social[0]), np.float32)
    compute_contact_rates(t, social, off_map, p, rate)
    shape = (max_chunks(), BLOCK_ROWS * MAX_TIES + INLINE_SLOTS)
    relax_tie_trust(t.trust, t, rate, decay, p, np.empty(shape, np.uint32), np.empty(shape, np.float32))


@parallel_kernel
def prune_weak_ties(degree, t, least, chunk, chunks):
    """Remove ties with trust below `least`; trust is equal on both sides, so both sides are removed."""
    for i in chunk_range(t.degree.size, chunk, chunks):
        count = 0
        for k in range(degree[i]):
            if t.trust[i, k] >= least:
                copy_slot(t, i, k, count)
                count += 1
        for k in range(count, degree[i]):
            clear_slot(t, i, k)
        degree[i] = count
