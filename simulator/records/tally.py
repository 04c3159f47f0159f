"""One pass over the residents: what a step of the series remembers of them, in integers."""

from __future__ import annotations

from math import floor

import numpy as np

from ..kernel.compiled import making_kernel, parallel, portion, rule
from ..kernel.slots import FEW
from ..rules.isolation import is_isolated
from ..world.ties.tie_read import ahead_rest, trusts
from ..world.world import World

UNIT = float(2**20)
"""Fixed point of sums of shares: round(x 2^20) as int64, so that no order of summing can matter."""
UNIT32, HALF = np.float32(UNIT), np.float32(0.5)
RARE = float(2**30)
"""Fixed point of sums of small hazards; exact as float64 up to 8 million residents."""
ADULT = 15
"""Age from which residents hold ties (model 2.2)."""
BLOCK = 2048
"""Residents per block of work."""

FIFTH_MASK, ISOLATED_BIT = 7, 8
"""Residents' marks: income fifth, and whether isolated at onset."""

NAMES = ("alive", "functioning", "loss", "deaths", "in_need", "members", "aware", "waiting", "agency",
         "trust_institutions", "trust_general", "adults", "ties", "trust", "strong", "isolated",
         "f1", "f2", "f3", "f4", "f5", "n1", "n2", "n3", "n4", "n5", "f_isolated", "n_isolated")
"""Integer sums, in the order of `tally`'s columns; f are sums of functioning, n are heads."""
_FIFTHS = NAMES.index("f1")


@rule
def share_sum(values, alive, low, high):
    """Sum over rows low … high of round(x 2^20) of those alive, as an integer; x in 0 … 1."""
    total = np.int64(0)
    for i in range(low, high):
        total += np.int32(values[i] * UNIT32 + HALF) * np.int32(alive[i])
    return total


@rule
def held(site, alive, low, high):
    """How many of those alive have a site in this column."""
    total = 0
    for i in range(low, high):
        total += (site[i] >= 0) & (alive[i] > 0)
    return total


@rule
def tie_sums(alive, age, member, social_hours, degree, far_kin, far_other, trust, strong, contact, attendance, low,
             high):
    """Of those alive and grown: heads, ties, their trust, who has a strong tie, who is isolated."""
    adults = ties = trusts = attached = alone = 0
    for i in range(low, high):
        counts = (alive[i] > 0) & (age[i] >= ADULT)
        ahead_rest(degree, trust, i)
        adults += counts
        ties += degree[i] * counts
        alone += is_isolated(social_hours[i], np.int64(degree[i]) + far_kin[i] + far_other[i], member[i] >= 0, contact,
                             attendance) & counts
    for i in range(low, high):
        counts = (alive[i] > 0) & (age[i] >= ADULT)
        a, b, c, d = trust.first[i, 0], trust.first[i, 1], trust.first[i, 2], trust.first[i, 3]
        own = np.int32(a * UNIT32 + HALF) + np.int32(b * UNIT32 + HALF) + np.int32(c * UNIT32 + HALF) + np.int32(
            d * UNIT32 + HALF)
        most = max(max(a, b), max(c, d))
        for k in range(np.int64(degree[i]) - FEW):
            own += np.int32(trust.rest[i, k] * UNIT32 + HALF)
            most = max(most, trust.rest[i, k])
        trusts += own * counts
        attached += (most >= strong) & counts
    return adults, ties, trusts, attached, alone


@parallel
def tally(alive, age, functioning, loss, hazard, need, member, aware, waiting, agency, trust_institutions,
          trust_general, social_hours, degree, far_kin, far_other, trust, mark, strong, contact, attendance, out,
          piece, pieces):
    """Sums per block of residents into int64[blocks, NAMES]; one short loop a column keeps each at full width."""
    n = alive.size
    for block in portion(out.shape[0], piece, pieces):
        low, high = block * BLOCK, min(n, (block + 1) * BLOCK)
        row = out[block]
        for i in range(low, high):
            f = np.int64(np.int32(functioning[i] * UNIT32 + HALF)) * alive[i]
            fifth = _FIFTHS + (mark[i] & FIFTH_MASK)
            row[fifth] += f
            row[fifth + 5] += alive[i]
            if mark[i] & ISOLATED_BIT:
                row[_FIFTHS + 10] += f
                row[_FIFTHS + 11] += alive[i]
        for k in range(5):
            row[0] += row[_FIFTHS + 5 + k]
            row[1] += row[_FIFTHS + k]
        needy = heard = 0
        lost = deaths = np.int64(0)
        for i in range(low, high):
            lost += loss[i]
            deaths += np.int64(hazard[i] * RARE + 0.5)
            needy += ((need[i, 0] | need[i, 1] | need[i, 2] | need[i, 3]) > 0) & (alive[i] > 0)
            heard += (aware[i] > 0) & (alive[i] > 0)
        row[2], row[3], row[4], row[6] = lost, deaths, needy, heard
        row[5], row[7] = held(member, alive, low, high), held(waiting, alive, low, high)
        row[8] = share_sum(agency, alive, low, high)
        row[9] = share_sum(trust_institutions, alive, low, high)
        row[10] = share_sum(trust_general, alive, low, high)
        row[11], row[12], row[13], row[14], row[15] = tie_sums(
            alive, age, member, social_hours, degree, far_kin, far_other, trust, strong, contact, attendance, low, high)


def state(world: World, mark: np.ndarray) -> np.ndarray:
    """int64[NAMES]: sums over all residents. mark u1[n]: income fifth + ISOLATED_BIT."""
    p, t = world.people, world.ties
    out = np.zeros((max(1, -(-p.rows // BLOCK)), len(NAMES)), np.int64)
    tally(p.alive, p.age, p.functioning, p.loss, p.excess_hazard, p.need, p.member, p.aware, p.waiting, p.agency,
          p.trust_institutions, p.trust_general, p.social_hours, t.degree, p.far_kin, p.far_other, t.trust, mark,
          np.float32(world.settings.binding.strong), world.settings.contact.numbers, world.settings.meeting.attendance,
          out)
    return out.sum(axis=0)


@parallel
def trusting(degree, trust, least, out, piece, pieces):
    """Write bool[n]: who trusts a tie at least so much."""
    for i in portion(degree.size, piece, pieces):
        out[i] = trusts(degree, trust, i, least)


@making_kernel
def local_trust(alive, age, agency, place, degree, other, trust, full, places):
    """int64[places, 3]: adults, their power to act, their trust in residents of the same place, capped at `full`."""
    out = np.zeros((places, 3), np.int64)
    for i in range(alive.size):
        if alive[i] == 0 or age[i] < ADULT:
            continue
        held = 0.0
        for k in range(degree[i]):
            if place[other[i, k]] == place[i]:
                held += trust[i, k]
        row = out[place[i]]
        row[0] += 1
        row[1] += int(floor(agency[i] * UNIT + 0.5))
        row[2] += int(floor(min(1.0, held / full) * UNIT + 0.5))
    return out
