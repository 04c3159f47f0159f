"""The sums over residents of one step of the series, computed in one pass and in integers."""

from __future__ import annotations

from math import floor

import numpy as np

from ..kernel.compiled import allocating_kernel, chunk_range, parallel_kernel, rule
from ..kernel.slot_arrays import INLINE_SLOTS
from ..rules.isolation import is_isolated
from ..world.population.people import HIT
from ..world.ties.tie_access import has_trusted_tie, prefetch_rest_slots
from ..world.world import World

SHARE_SCALE = float(2**20)
"""Fixed point of sums of shares: round(x 2^20) as int64, so that the order of summation cannot matter."""
SHARE_SCALE32, HALF32 = np.float32(SHARE_SCALE), np.float32(0.5)
HAZARD_SCALE = float(2**30)
"""Fixed point of sums of small hazards; exact as float64 up to 8 million residents."""
TIE_HOLDER_AGE = 15
"""Age from which residents hold ties (model 2.2)."""
BLOCK = 2048
"""Residents per block of work."""

QUINTILE_MASK, ISOLATED_BIT = 7, 8
"""Parts of a resident's code: income quintile, and whether isolated at onset."""

STATE_SUM_NAMES = ("alive", "functioning", "loss", "deaths", "in_need", "members", "aware", "waiting", "agency",
                   "trust_institutions", "trust_general", "adults", "ties", "trust", "strong", "isolated",
                   "f1", "f2", "f3", "f4", "f5", "n1", "n2", "n3", "n4", "n5", "f_isolated", "n_isolated",
                   "hit", "hit_low", "loss_hit", "displaced")
"""Integer sums, in the order of the columns of `sum_resident_blocks`; f…: sums of functioning, n…: persons."""
_FIRST_QUINTILE_SUM = STATE_SUM_NAMES.index("f1")


@rule
def sum_shares(values, alive, low, high):
    """Sum of round(x 2^20) over the living residents of rows low to high - 1, as an integer; x from 0 to 1."""
    total = np.int64(0)
    for i in range(low, high):
        total += np.int32(values[i] * SHARE_SCALE32 + HALF32) * np.int32(alive[i])
    return total


@rule
def count_with_site(site, alive, low, high):
    """How many living residents of rows low to high - 1 have a site in this column."""
    total = 0
    for i in range(low, high):
        total += (site[i] >= 0) & (alive[i] > 0)
    return total


@rule
def sum_tie_state(alive, age, member, social_hours, degree, far_kin, far_other, trust, strong, contact, attendance, low,
                  high):
    """Of living adults: persons, their ties, the trust of these, how many have a strong tie, how many are isolated."""
    adults = ties = trusts = connected = isolated = 0
    for i in range(low, high):
        counts = (alive[i] > 0) & (age[i] >= TIE_HOLDER_AGE)
        prefetch_rest_slots(degree, trust, i)
        adults += counts
        ties += degree[i] * counts
        isolated += is_isolated(social_hours[i], np.int64(degree[i]) + far_kin[i] + far_other[i], member[i] >= 0,
                                contact, attendance) & counts
    for i in range(low, high):
        counts = (alive[i] > 0) & (age[i] >= TIE_HOLDER_AGE)
        a, b, c, d = trust.first[i, 0], trust.first[i, 1], trust.first[i, 2], trust.first[i, 3]
        own = (np.int32(a * SHARE_SCALE32 + HALF32) + np.int32(b * SHARE_SCALE32 + HALF32)
               + np.int32(c * SHARE_SCALE32 + HALF32) + np.int32(d * SHARE_SCALE32 + HALF32))
        most = max(max(a, b), max(c, d))
        for k in range(np.int64(degree[i]) - INLINE_SLOTS):
            own += np.int32(trust.rest[i, k] * SHARE_SCALE32 + HALF32)
            most = max(most, trust.rest[i, k])
        trusts += own * counts
        connected += (most >= strong) & counts
    return adults, ties, trusts, connected, isolated


@parallel_kernel
def sum_resident_blocks(alive, age, functioning, loss, hazard, crisis_need, marks, well, household, displaced,
                        member, aware, waiting, agency,
                        trust_institutions, trust_general, social_hours, degree, far_kin, far_other, trust, codes,
                        strong, contact, attendance, out, chunk, chunks):
    """Into out int64[blocks, STATE_SUM_NAMES]: sums by block of residents; one short loop a column is vectorised."""
    n = alive.size
    for block in chunk_range(out.shape[0], chunk, chunks):
        low, high = block * BLOCK, min(n, (block + 1) * BLOCK)
        row = out[block]
        for i in range(low, high):
            f = np.int64(np.int32(functioning[i] * SHARE_SCALE32 + HALF32)) * alive[i]
            quintile = _FIRST_QUINTILE_SUM + (codes[i] & QUINTILE_MASK)
            row[quintile] += f
            row[quintile + 5] += alive[i]
            if codes[i] & ISOLATED_BIT:
                row[_FIRST_QUINTILE_SUM + 10] += f
                row[_FIRST_QUINTILE_SUM + 11] += alive[i]
        for k in range(5):
            row[0] += row[_FIRST_QUINTILE_SUM + 5 + k]
            row[1] += row[_FIRST_QUINTILE_SUM + k]
        in_need = informed = 0
        lost = deaths = np.int64(0)
        for i in range(low, high):
            lost += loss[i]
            deaths += np.int64(hazard[i] * HAZARD_SCALE + 0.5)
            in_need += ((crisis_need[i, 0] | crisis_need[i, 1] | crisis_need[i, 2] | crisis_need[i, 3]) > 0) & (
                alive[i] > 0)
            informed += (aware[i] > 0) & (alive[i] > 0)
        row[2], row[3], row[4], row[6] = lost, deaths, in_need, informed
        row[5], row[7] = count_with_site(member, alive, low, high), count_with_site(waiting, alive, low, high)
        row[8] = sum_shares(agency, alive, low, high)
        row[9] = sum_shares(trust_institutions, alive, low, high)
        row[10] = sum_shares(trust_general, alive, low, high)
        row[11], row[12], row[13], row[14], row[15] = sum_tie_state(
            alive, age, member, social_hours, degree, far_kin, far_other, trust, strong, contact, attendance, low, high)
        for i in range(low, high):
            hit = (marks[i] & HIT) > 0
            row[_FIRST_QUINTILE_SUM + 12] += hit
            row[_FIRST_QUINTILE_SUM + 13] += hit & (alive[i] > 0) & (functioning[i] < well)
            row[_FIRST_QUINTILE_SUM + 14] += loss[i] * hit
            row[_FIRST_QUINTILE_SUM + 15] += (displaced[household[i]] > 0) & (alive[i] > 0)


def sum_resident_state(world: World, codes: np.ndarray) -> np.ndarray:
    """int64[STATE_SUM_NAMES]: sums over all residents. codes u1[n]: income quintile + ISOLATED_BIT if isolated."""
    p, t = world.people, world.ties
    out = np.zeros((max(1, -(-p.rows // BLOCK)), len(STATE_SUM_NAMES)), np.int64)
    sum_resident_blocks(p.alive, p.age, p.functioning, p.loss_micro, p.excess_hazard, p.crisis_need, p.crisis_marks,
                        np.float32(world.settings.functioning.well), p.household,
                        world.households.displaced, p.member, p.aware, p.waiting, p.agency,
                        p.trust_institutions, p.trust_general, p.social_hours, t.degree, p.far_kin,
                        p.far_other, t.trust, codes, np.float32(world.settings.tie_formation.strong_trust),
                        world.settings.contact.numbers, world.settings.meeting.attendance, out)
    return out.sum(axis=0)


@parallel_kernel
def flag_trusting(degree, trust, least, out, chunk, chunks):
    """Into out bool[n]: whether a resident has a tie with trust of `least` or more."""
    for i in chunk_range(degree.size, chunk, chunks):
        out[i] = has_trusted_tie(degree, trust, i, least)


@allocating_kernel
def sum_efficacy_terms(alive, age, agency, place, degree, other, trust, full, places):
    """int64[places, 3]: adults, their power to act, their trust in residents of the place, capped at `full`."""
    out = np.zeros((places, 3), np.int64)
    for i in range(alive.size):
        if alive[i] == 0 or age[i] < TIE_HOLDER_AGE:
            continue
        local = 0.0
        for k in range(degree[i]):
            if place[other[i, k]] == place[i]:
                local += trust[i, k]
        row = out[place[i]]
        row[0] += 1
        row[1] += int(floor(agency[i] * SHARE_SCALE + 0.5))
        row[2] += int(floor(min(1.0, local / full) * SHARE_SCALE + 0.5))
    return out
