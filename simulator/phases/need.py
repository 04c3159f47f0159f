"""Need: everyday needs and those of crises arise; what was unmet is carried over or fades (model 7.7, 7.9)."""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.threads import max_chunks
from ..rules.need_domains import BY_HOUSEHOLD, BY_SELF, DOMAIN_COUNT
from ..rules.needing import ADULT_AGE, carry_over_need
from ..world.world import World
from .needs.need_events import CELLS, NEED_BLOCK, allocate_need_buffers, compute_block_needs, get_need_buffer
from .needs.open_needs import close_episodes, list_open_needs
from .step.columns import view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_carry_over_share, get_hazard_arrays
from .step.row_lists import IN_NEED_CACHE_KEY

WRITES = ("people.need", "people.backlog", "people.time_given", "people.lent", "people.episode", "people.asked",
          "people.detected", "people.applied", "people.aided", "people.harmed", "households.kit_lent")
FLOW_COUNT = 5
NEW, CARRIED, FADED, MET_BY_ONESELF, MET_AT_HOME = range(FLOW_COUNT)
"""What becomes of needs in a step: new, carried over, faded, met by oneself, met at home."""

CELL_SUMS = (MET_BY_ONESELF, MET_AT_HOME, NEW)
"""Flows that are added up cell by cell, in the order of `_sum_cells`."""


def step(world: World, context: StepContext) -> None:
    """Everybody's time is free again; needs arise; the ledger adds up new, carried and faded needs."""
    for column in (world.people.time_given, world.people.lent, world.households.kit_lent):
        column[...] = 0
    context.cache.pop(IN_NEED_CACHE_KEY, None)
    new, carried, faded, own, home = context.run_stage(update_needs, world)
    ledger = world.ledger
    ledger.new += new
    ledger.carried += carried
    ledger.faded += faded
    ledger.met[BY_SELF] += own
    ledger.met[BY_HOUSEHOLD] += home


def update_needs(world: World, context: StepContext) -> np.ndarray:
    """Write the needs of the step into people.need, and what is unmet of them into people.backlog.

    Returns the flows int64[5, d], thousandths: new, carried over, faded, met by oneself, met at home.
    """
    people, size = world.people, max_chunks()
    flows = np.zeros((size, FLOW_COUNT, DOMAIN_COUNT), np.int64)
    sums = np.zeros((size, len(CELL_SUMS), CELLS), np.int64)
    marks = (people.asked, people.detected, people.applied, people.aided, people.harmed)
    hazards, p = get_hazard_arrays(context, len(people)), world.settings.needing.numbers
    _update_needs(view_residents(world), hazards, context.key, context.day, context.span, p, people.need,
                  people.backlog, people.episode, marks, flows, np.empty((size, 2, CELLS), np.int32), sums,
                  allocate_need_buffers())
    total = flows.sum(axis=0)
    total[list(CELL_SUMS)] = sums.sum(axis=0).reshape(len(CELL_SUMS), -1, DOMAIN_COUNT).sum(axis=1)
    return total


@parallel_kernel
def _update_needs(residents, hazards, key, day, span, p, need, backlog, episode, marks, flows, cells, sums, buffers,
                  chunk, chunks):
    """New needs arise, old ones are carried over or fade; what one meets oneself, or a child's home, is met at once.

    flows: int64[chunks, FLOW_COUNT, d]; cells: int32[chunks, 2, CELLS] to work in; sums: see `_sum_cells`.
    """
    n, buffer, carried, is_adult = residents.uid.size, get_need_buffer(buffers, chunk), cells[chunk, 0], cells[chunk, 1]
    for b in chunk_range((n + NEED_BLOCK - 1) // NEED_BLOCK, chunk, chunks):
        first, end = b * NEED_BLOCK, min(n, (b + 1) * NEED_BLOCK)
        low, high = first * DOMAIN_COUNT, end * DOMAIN_COUNT
        compute_block_needs(first, end, residents, hazards, key, day, span, p, buffer)
        _carry_over(first, end, residents, hazards, span, p, buffer, need, backlog, episode, marks, carried,
                    flows[chunk])
        _mark_adult_cells(residents.age[first:end], is_adult)
        _write_needs(high - low, is_adult, buffer, carried, need.reshape(-1)[low:high], backlog.reshape(-1)[low:high])
        _sum_cells(high - low, is_adult, buffer, sums[chunk, 0], sums[chunk, 1], sums[chunk, 2])


@rule
def _write_needs(cells, is_adult, buffer, carried, need, backlog):
    """The needs of a block's cells, and what of them is unmet after one's own time and the home's for its children."""
    for c in range(cells):
        lasts = buffer.crisis[c] + carried[c]
        need[c] = lasts + buffer.needs_others[c] + buffer.own[c]
        backlog[c] = lasts + buffer.needs_others[c] * is_adult[c]


@rule
def _carry_over(first, end, residents, hazards, span, p, buffer, need, backlog, episode, marks, carried, flows):
    """Carry over what lasts of unmet needs of the residents first to end; end episodes of which nothing is left."""
    for c in range((end - first) * DOMAIN_COUNT):
        carried[c] = 0
    count = list_open_needs(first, end, need, backlog, episode, marks, buffer.found)
    for m in range(count):
        i, ended = first + buffer.found[m], 0
        for d in range(DOMAIN_COUNT):
            c, unmet, lasts = buffer.found[m] * DOMAIN_COUNT + d, backlog[i, d], 0
            if unmet > 0:
                keep = get_carry_over_share(i, d, hazards, p.carry) if residents.alive[i] == 1 else 0.0
                lasts = carry_over_need(unmet, keep, span)
                flows[CARRIED, d] += lasts
                flows[FADED, d] += unmet - lasts
                carried[c] = lasts
            nothing = (unmet == 0) | (lasts + buffer.own[c] + buffer.needs_others[c] + buffer.crisis[c] == 0)
            over = (episode[i, d] >= 0) & (need[i, d] > 0) & nothing
            episode[i, d] = -1 if over else episode[i, d]
            ended |= over << d
        close_episodes(i, ended, marks)


@rule
def _mark_adult_cells(ages, is_adult):
    """1 in each cell of an adult, 0 in a child's."""
    for i in range(ages.size):
        for d in range(DOMAIN_COUNT):
            is_adult[i * DOMAIN_COUNT + d] = ages[i] >= ADULT_AGE


@rule
def _sum_cells(cells, is_adult, buffer, own, home, arose):
    """Add up, cell by cell over all blocks: what one meets oneself, what homes meet for their children, what arose."""
    for c in range(cells):
        own[c] += buffer.own[c]
        home[c] += buffer.needs_others[c] * (1 - is_adult[c])
        arose[c] += buffer.own[c] + buffer.needs_others[c] + buffer.crisis[c]
