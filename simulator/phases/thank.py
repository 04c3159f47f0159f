"""What help and refusals do to trust and to power to act (model 7.1 and 7.7).

All effects of one step are summed in whole numbers per pair of residents and per person, then applied once to the state
the phase began with, so the order in which they happened cannot matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel.compiled import kernel, making_kernel, rule
from ..rules.accepting import help_dose
from ..rules.belief import gain, loss
from ..world.tie import find_slot
from ..world.world import World
from .folk import UID_BITS
from .moment import Moment
from .request import HELPED, REFUSED, Outcomes, Requests

SUMS = 4
"""Help to either side of a pair, refusals met by either side."""


@rule
def trust_after(trust, received, given, refused, p):
    """Trust in somebody after a step: help received and given (thousandths of h or units), then refusals met."""
    return loss(gain(trust, help_dose(received, given, p)), p.loss * refused)


@rule
def agency_after(agency, helped, refused, p):
    """Power to act after a step with so many acts of help, given or received, and refusals met."""
    return loss(gain(agency, p.event * helped), p.refusal * refused)


@kernel
def _pair(low, high, sums, p, degree, other, trust, mirror):
    """Write both sides of one tie. sums: help to low, help to high, refusals of low by high, of high by low."""
    to_low, to_high, by_high, by_low = sums[0], sums[1], sums[2], sums[SUMS - 1]
    here = find_slot(other, degree, degree, low, high)
    there = find_slot(other, degree, degree, high, low)
    if here < 0 or there < 0:
        return
    mine, yours = np.float64(trust[low, here]), np.float64(trust[high, there])
    trust[low, here] = mirror[high, there] = trust_after(mine, to_low, to_high, by_high, p)
    trust[high, there] = mirror[low, here] = trust_after(yours, to_high, to_low, by_low, p)


@making_kernel
def _pairs(order, low, high, first_asks, amount, p, degree, other, trust, mirror):
    sums = np.zeros(SUMS, np.int64)
    for at in range(order.size):
        e = order[at]
        side = 0 if first_asks[e] else 1
        if amount[e] > 0:
            sums[side] += amount[e]
        else:
            sums[2 + side] += 1
        last = at + 1 == order.size
        if last or low[order[at + 1]] != low[e] or high[order[at + 1]] != high[e]:
            _pair(low[e], high[e], sums, p, degree, other, trust, mirror)
            sums[:] = 0


def trusts(world: World, asker: np.ndarray, donor: np.ndarray, amount: np.ndarray) -> None:
    """Trust on both sides of each pair of rows int[k]; amount int[k] given in thousandths, 0 for a refusal."""
    uid, ties = world.people.uid, world.ties
    first_asks = uid[asker] < uid[donor]
    low, high = np.where(first_asks, asker, donor), np.where(first_asks, donor, asker)
    order = np.argsort(low.astype(np.uint64) << np.uint64(UID_BITS) | high.astype(np.uint64))
    _pairs(order, low, high, first_asks, amount, world.settings.contact.numbers, ties.degree, ties.other, ties.trust,
           ties.mirror)


@kernel
def _agency(rows, helped, refused, p, agency):
    for row in rows:
        if helped[row] > 0 or refused[row] > 0:
            agency[row] = agency_after(np.float64(agency[row]), helped[row], refused[row], p)
            helped[row] = 0
            refused[row] = 0


@kernel
def _count(rows, counts):
    for row in rows:
        counts[row] += 1


def agencies(world: World, helpers: np.ndarray, helped: np.ndarray, refused: np.ndarray) -> None:
    """Power to act of rows that gave, received, and were refused; a row may stand there several times."""
    n = len(world.people)
    acts, refusals = np.zeros(n, np.int32), np.zeros(n, np.int32)
    for rows, counts in ((helpers, acts), (helped, acts), (refused, refusals)):
        _count(rows, counts)
    _agency(np.concatenate([helpers, helped, refused]), acts, refusals, world.settings.meeting.numbers,
            world.people.agency)


def answers(requests: Requests, outcomes: Outcomes) -> dict[str, Any]:
    """Each help and refusal on one line: asker, donor, slot, row in need, domain, amount, hours, helped."""
    r, turn = np.nonzero((outcomes.status == HELPED) | (outcomes.status == REFUSED))
    return {"asker": requests.speaker[r], "donor": requests.target[r, turn], "slot": requests.slot[r, turn],
            "row": requests.row[r], "domain": requests.domain[r], "amount": outcomes.amount[r, turn],
            "hours": outcomes.hours[r, turn], "helped": outcomes.status[r, turn] == HELPED}


def thank(world: World, now: Moment, requests: Requests, outcomes: Outcomes) -> None:
    """Trust on both sides, power to act of givers, receivers and refused."""
    of = answers(requests, outcomes)
    tied = of["slot"] >= 0
    trusts(world, of["asker"][tied], of["donor"][tied], of["amount"][tied])
    helped = of["helped"]
    agencies(world, of["donor"][helped], of["asker"][helped], of["asker"][~helped])
