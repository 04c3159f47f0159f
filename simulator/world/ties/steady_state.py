"""Trust at the start, settled: the mean contact map iterated to its fixed point (model 5.4).

Without it most of a tie's initial gap would still be there after two years. At rest both sides of a tie trust alike,
because both live through the same visits: so mirrors need not be looked at.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import parallel, portion
from ...kernel.slots import FEW
from ...kernel.threads import most_pieces
from ...rules.belief import jump as belief_jump
from ...rules.contact import WEEK, company, rate_of, settled_trust, visits_expected
from ...rules.kind import SLOTS
from .tie import clear_slot, list_others, move_slot

BLOCK = 64
"""Rows whose ties are looked up together."""


@parallel
def rates(t, own, far, p, rate, piece, pieces):
    """Write float32[n]: h/week a unit of trust. own: (hours, far_kin, far_other); far: weights of an out-of-map tie."""
    hours, far_kin, far_other = own
    for i in portion(hours.size, piece, pieces):
        weights = far_kin[i] * far[0] + far_other[i] * far[1]
        for k in range(t.degree[i]):
            weights += company(np.float64(t.trust[i, k]), p)
        rate[i] = rate_of(np.float64(hours[i]), weights)


@parallel
def move_to_rest(trust, t, rate, worn, p, others, theirs, piece, pieces):
    """Put each tie where its present mean number of visits would let it settle.

    others uint32[pieces, .], theirs float32[pieces, .]: room for what is looked up for a block of rows.
    """
    moved, n = belief_jump(p.gain * p.visit), t.degree.size
    for block in portion((n + BLOCK - 1) // BLOCK, piece, pieces):
        first, end, tie = block * BLOCK, min(n, (block + 1) * BLOCK), 0
        for other in range(list_others(t, first, end, others[piece])):
            theirs[piece, other] = rate[others[piece, other]]
        for i in range(first, end):
            mine = np.float64(rate[i])
            for k in range(np.int64(t.degree[i])):
                weight = company(np.float64(trust[i, k]), p)
                expected = visits_expected(mine * weight, np.float64(theirs[piece, tie]) * weight, 1.0, WEEK, p)
                trust[i, k] = settled_trust(expected, worn[t.kind[i, k]], moved)
                tie += 1


def settle(t, own, far, worn: np.ndarray, p) -> None:
    """One sweep: share out social time, then let every tie settle."""
    rate = np.zeros(len(own[0]), np.float32)
    rates(t, own, far, p, rate)
    shape = (most_pieces(), BLOCK * SLOTS + FEW)
    move_to_rest(t.trust, t, rate, worn, p, np.empty(shape, np.uint32), np.empty(shape, np.float32))


@parallel
def drop_weak(degree, t, least, piece, pieces):
    """Let go of ties below `least`; trust is the same on both sides, so both let go."""
    for i in portion(t.degree.size, piece, pieces):
        kept = 0
        for k in range(degree[i]):
            if t.trust[i, k] >= least:
                move_slot(t, i, k, kept)
                kept += 1
        for k in range(kept, degree[i]):
            clear_slot(t, i, k)
        degree[i] = kept
