"""What help and refusals do to trust and to power to act (model 7.1 and 7.7).

All effects of one step are summed in whole numbers per pair of residents and per person, then applied once to the state
the phase began with, so the order in which they happened cannot matter.
"""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel, parallel, portion, rule
from ...kernel.prefetch import SOON, ahead
from ...kernel.threads import side_by_side
from ...rules.accepting import help_dose
from ...rules.belief import gain, loss
from ...world.ties.tie import find_slot
from ...world.ties.tie_read import ahead_trusts
from ...world.world import World
from ..step.columns import UID_BITS, read
from ..step.context import Moment
from .request import HELPED, REFUSED, ROUNDS, Outcomes, Requests, parts

SUMS = 4
"""Help to either side of a pair, refusals met by either side."""

NO_HELP = -1
"""Amount of a refusal."""

LOWER = (1 << UID_BITS) - 1
"""The lower half of a key of two rows."""


@rule
def trust_after(trust, received, given, refused, p):
    """Trust in somebody after a step: help received and given (thousandths of h or units), then refusals met."""
    return loss(gain(trust, help_dose(received, given, p)), p.loss * refused)


@rule
def agency_after(agency, helped, refused, p):
    """Power to act after a step with so many acts of help, given or received, and refusals met."""
    return loss(gain(agency, p.event * helped), p.refusal * refused)


@kernel
def _list(requests, outcomes, uid, keys, act):
    """Each help and refusal between two who have a tie: the pair, smaller uid first; the asker's side and how much."""
    count = 0
    for r in range(requests.row.size):
        for turn in range(ROUNDS):
            came = outcomes.status[r, turn]
            if (came == HELPED or came == REFUSED) and requests.slot[r, turn] >= 0:
                s, j = np.uint64(requests.speaker[r]), np.uint64(requests.target[r, turn])
                first_asks = uid[s] < uid[j]
                low, high = (s, j) if first_asks else (j, s)
                keys[count] = low << np.uint64(UID_BITS) | high
                act[count, 0] = 0 if first_asks else 1
                act[count, 1] = outcomes.amount[r, turn] if came == HELPED else NO_HELP
                count += 1
    return count


@rule
def _write(low, high, sums, p, degree, other, trust, mirror):
    """Write both sides of one tie. sums: help to low, help to high, refusals of low by high, of high by low."""
    to_low, to_high, by_high, by_low = sums[0], sums[1], sums[2], sums[SUMS - 1]
    here = find_slot(other, degree, degree, low, high)
    there = find_slot(other, degree, degree, high, low)
    if here >= 0 and there >= 0:
        mine, yours = np.float64(trust[low, here]), np.float64(trust[high, there])
        trust[low, here] = mirror[high, there] = trust_after(mine, to_low, to_high, by_high, p)
        trust[high, there] = mirror[low, here] = trust_after(yours, to_high, to_low, by_low, p)


@parallel
def _pairs(cuts, keys, order, act, p, sums, degree, other, trust, mirror, piece, pieces):
    for part in portion(cuts.size - 1, piece, pieces):
        total = sums[part]
        for at in range(cuts[part], cuts[part + 1]):
            later = keys[min(at + SOON, keys.size - 1)]
            for row in (np.int64(later >> np.uint64(UID_BITS)), np.int64(later & np.uint64(LOWER))):
                ahead_trusts(degree, other, trust, mirror, row)
            ahead(act, order[min(at + SOON, keys.size - 1)])
            low, high = np.int64(keys[at] >> np.uint64(UID_BITS)), np.int64(keys[at] & np.uint64(LOWER))
            side, amount = act[order[at], 0], act[order[at], 1]
            if amount != NO_HELP:
                total[side] += amount
            else:
                total[2 + side] += 1
            if at + 1 == cuts[part + 1] or keys[at + 1] != keys[at]:
                _write(low, high, total, p, degree, other, trust, mirror)
                total[:] = 0


def acts(world: World, requests: Requests, outcomes: Outcomes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Help and refusals between two who have a tie: keys of pairs uint64[k], sorted; their order; int32[., 2] acts."""
    most = outcomes.status.size
    keys, act = np.empty(most, np.uint64), np.empty((most, 2), np.int32)
    count = _list(requests, outcomes, read(world.people.uid), keys, act)
    order = np.argsort(keys[:count])
    return keys[order], order, act


def trusts(world: World, keys: np.ndarray, order: np.ndarray, act: np.ndarray) -> None:
    """Trust on both sides of each tie over which somebody helped or refused. A pair is written by one thread."""
    ties, cuts = world.ties, parts(keys)
    _pairs(cuts, keys, order, act, world.settings.contact.numbers, np.zeros((len(cuts), SUMS), np.int64), ties.degree,
           ties.other, ties.trust, ties.mirror)


@rule
def _settle(row, helped, refused, p, agency):
    """Power to act of a row that has not been settled yet in this step."""
    if helped[row] > 0 or refused[row] > 0:
        agency[row] = agency_after(np.float64(agency[row]), helped[row], refused[row], p)
        helped[row] = 0
        refused[row] = 0


@kernel
def _agency(rows, helped, refused, p, agency):
    for row in rows:
        helped[row] += 1
    for row in rows:
        _settle(row, helped, refused, p, agency)


def agencies(world: World, rows: np.ndarray) -> None:
    """Power to act of rows that gave or received; a row may stand there several times."""
    none = np.zeros((2, len(world.people)), np.int32)
    _agency(rows, none[0], none[1], world.settings.meeting.numbers, world.people.agency)


@kernel
def _acts(requests, outcomes, helped, refused, p, agency):
    for r in range(requests.row.size):
        later = min(r + SOON, requests.row.size - 1)
        ahead(helped, requests.speaker[later])
        ahead(refused, requests.speaker[later])
        ahead(agency, requests.speaker[later])
        for turn in range(ROUNDS):
            ahead(helped, max(requests.target[later, turn], 0))
            if outcomes.status[r, turn] == HELPED:
                helped[requests.speaker[r]] += 1
                helped[requests.target[r, turn]] += 1
            elif outcomes.status[r, turn] == REFUSED:
                refused[requests.speaker[r]] += 1
    for r in range(requests.row.size):
        _settle(requests.speaker[r], helped, refused, p, agency)
        for turn in range(ROUNDS):
            if outcomes.status[r, turn] == HELPED:
                _settle(requests.target[r, turn], helped, refused, p, agency)


def empower(world: World, requests: Requests, outcomes: Outcomes) -> None:
    """Power to act of givers, receivers and refused."""
    none = np.zeros((2, len(world.people)), np.int32)
    _acts(requests, outcomes, none[0], none[1], world.settings.meeting.numbers, world.people.agency)


def thank(world: World, now: Moment, requests: Requests, outcomes: Outcomes) -> None:
    """Trust on both sides, power to act of givers, receivers and refused."""
    listed, _ = side_by_side(len(world.people), lambda: acts(world, requests, outcomes),
                             lambda: empower(world, requests, outcomes))
    trusts(world, *listed)
