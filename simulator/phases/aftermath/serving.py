"""Adults with open crisis needs or aftermath, and how what is given serves them: needs first, then aftermath.

Each adult carries its own crisis needs. The aftermath of a household is carried by one adult, who acts for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compaction import ROWS_PER_BLOCK, allocate_block_lists, block_rows, compact_blocks
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.threads import max_chunks
from ...rules.need_domains import DOMAINS, SOURCES
from ...rules.needing import ADULT_AGE
from ...world.world import World
from ..step.columns import find_acting_adult, view_housing, view_residents
from ..step.context import StepContext
from ..step.row_lists import has_unmet_need

OPEN_ADULTS_CACHE_KEY = "open_adults"
"""Where StepContext.cache keeps who had open needs or aftermath when last asked."""


class OpenAdults(NamedTuple):
    """Adults with an open crisis need, or who act for a household with open aftermath."""

    rows: np.ndarray
    """int32[m], ascending."""
    carries: np.ndarray
    """bool[m]: acts for the aftermath of the household."""


class CrisisMet(NamedTuple):
    """What was met, int64[sources, domains]; in loops int64[chunks, sources, domains]."""

    need: np.ndarray
    aftermath: np.ndarray

    def add_up(self) -> CrisisMet:
        """The sum over the chunks of a loop."""
        return CrisisMet(self.need.sum(axis=0), self.aftermath.sum(axis=0))


def allocate_met() -> CrisisMet:
    """Zeros for each chunk of a loop."""
    shape = (max_chunks(), len(SOURCES), len(DOMAINS))
    return CrisisMet(np.zeros(shape, np.int64), np.zeros(shape, np.int64))


def add_met_to_ledger(world: World, met: CrisisMet) -> None:
    """Add what was met, summed over chunks, to the ledger."""
    world.ledger.crisis_met += met.need
    world.ledger.aftermath_met += met.aftermath


def list_open_adults(world: World, context: StepContext) -> OpenAdults:
    """Adults with something open. Needs only shrink after `need`: later calls look at those found before."""
    before = context.cache.get(OPEN_ADULTS_CACHE_KEY)
    if before is not None and not len(before.rows):
        return before
    people, houses = world.people, world.households
    if before is None and not context.hazards and not people.crisis_backlog.any() and not houses.aftermath.any():
        found = OpenAdults(np.zeros(0, np.int32), np.zeros(0, np.bool_))
    else:
        listed = np.arange(len(people), dtype=np.int32) if before is None else before.rows
        blocks = allocate_block_lists(len(listed))
        _list_open_adults(listed, view_residents(world), view_housing(world), people.view("crisis_backlog"),
                          houses.view("aftermath"), *blocks)
        rows = compact_blocks(*blocks)
        carries = np.zeros(len(rows), np.bool_)
        _mark_acting(rows, view_residents(world), view_housing(world), carries)
        found = OpenAdults(rows, carries)
    context.cache[OPEN_ADULTS_CACHE_KEY] = found
    return found


@parallel_kernel
def _list_open_adults(listed, residents, housing, backlog, aftermath, found, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        count = b * ROWS_PER_BLOCK
        for m in block_rows(b, listed.size):
            i = listed[m]
            if residents.age[i] >= ADULT_AGE and residents.alive[i] == 1:
                h = residents.household[i]
                is_open = has_unmet_need(i, backlog)
                if is_open or (has_unmet_need(h, aftermath) and find_acting_adult(h, residents, housing) == i):
                    found[count] = i
                    count += 1
        counts[b] = count - b * ROWS_PER_BLOCK


@parallel_kernel
def _mark_acting(rows, residents, housing, carries, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        carries[m] = find_acting_adult(residents.household[rows[m]], residents, housing) == rows[m]


@rule
def open_amount(i, h, carries, domain, backlog, aftermath):
    """What adult i of household h has open in a domain, thousandths: own need, and the home's aftermath if it acts."""
    return np.int64(backlog[i, domain]) + (np.int64(aftermath[h, domain]) if carries else 0)


@rule
def serve_open(i, h, carries, domain, amount, source, backlog, aftermath, met_need, met_aftermath):
    """Serve adult i's need, then the home's aftermath, with up to `amount`; returns what was used, thousandths.

    met_need, met_aftermath: int64[sources, domains], added to.
    """
    to_need = max(0, min(amount, np.int64(backlog[i, domain])))
    backlog[i, domain] -= to_need
    met_need[source, domain] += to_need
    to_aftermath = 0
    if carries:
        to_aftermath = max(0, min(amount - to_need, np.int64(aftermath[h, domain])))
        aftermath[h, domain] -= to_aftermath
        met_aftermath[source, domain] += to_aftermath
    return to_need + to_aftermath


def mark_reached(world: World, context: StepContext, rows: np.ndarray, received: np.ndarray, mark: int) -> None:
    """Who received something, int64[m] thousandths by row int32[m], is marked, tallied, and counts as reached."""
    people, helped = world.people, received > 0
    rows = rows[helped]
    people.crisis_marks[rows] |= np.uint16(mark)
    people.received_milli[rows] += received[helped].astype(np.int32)
    people.first_contact[rows[people.first_contact[rows] < 0]] = context.day
