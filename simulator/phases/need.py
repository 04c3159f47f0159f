"""Need: everyday needs and those of crises arise, counted apart; what was unmet of everyday needs lasts or fades.

What lasts of a crisis need was settled at the end of the step before (phase `recovery`).
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.scratch import get_scratch
from ..kernel.threads import max_chunks
from ..rules.need_domains import BY_HOUSEHOLD, BY_SELF, DOMAIN_COUNT
from ..rules.needing import ADULT_AGE, carry_over_need
from ..world.population.people import HIT
from ..world.world import World
from .needs.need_events import CELLS, NEED_BLOCK, allocate_need_buffers, compute_block_needs, get_need_buffer
from .needs.open_needs import close_episodes, list_open_needs
from .step.columns import view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays
from .step.row_lists import IN_NEED_CACHE_KEY

WRITES = ("people.need", "people.backlog", "people.time_given", "people.lent", "people.episode", "people.asked",
          "people.detected", "people.applied", "people.aided", "people.harmed", "people.crisis_need",
          "people.crisis_backlog", "people.crisis_marks", "people.first_need", "households.kit_lent")
FLOW_COUNT = 7
NEW, CARRIED, FADED, MET_BY_ONESELF, MET_AT_HOME, NEW_IN_CRISIS, CARRIED_IN_CRISIS = range(FLOW_COUNT)
"""What becomes of needs in a step: new, carried over, faded, met by oneself, met at home; of a crisis: new, carried."""

CELL_SUMS = (MET_BY_ONESELF, MET_AT_HOME, NEW)
"""Flows that are added up cell by cell, in the order of `_sum_cells`."""


def step(world: World, context: StepContext) -> None:
    """Everybody's time is free again; needs arise; the ledger adds up new, carried and faded needs."""
    for column in (world.people.time_given, world.people.lent, world.households.kit_lent):
        column[...] = 0
    context.cache.pop(IN_NEED_CACHE_KEY, None)
    new, carried, faded, own, home, crisis_new, crisis_carried = context.run_stage(update_needs, world)
    ledger = world.ledger
    ledger.new += new
    ledger.carried += carried
    ledger.faded += faded
    ledger.met[BY_SELF] += own
    ledger.met[BY_HOUSEHOLD] += home
    ledger.crisis_new += crisis_new
    ledger.crisis_carried += crisis_carried


def update_needs(world: World, context: StepContext) -> np.ndarray:
    """Write the needs of the step into people.need and crisis_need, and what is unmet of them into the backlogs.

    Returns the flows int64[FLOW_COUNT, d], thousandths.
    """
    people, size = world.people, max_chunks()
    flows = np.zeros((size, FLOW_COUNT, DOMAIN_COUNT), np.int64)
    sums = np.zeros((size, len(CELL_SUMS), CELLS), np.int64)
    marks = (people.asked, people.detected, people.applied, people.aided, people.harmed)
    hazards, p = get_hazard_arrays(context, len(people)), world.settings.needing.numbers
    in_crisis = len(hazards.mode) > 0 or bool(people.crisis_backlog.any()) or bool(people.crisis_need.any())
    crisis = (people.crisis_need, people.crisis_backlog, people.crisis_marks, people.first_need)
    _update_needs(view_residents(world), hazards, context.key, context.day, context.span, p, people.need,
                  people.backlog, people.episode, marks, in_crisis, crisis, flows,
                  np.empty((size, 2, CELLS), np.int32), sums, get_scratch(allocate_need_buffers))
    total = flows.sum(axis=0)
    total[list(CELL_SUMS)] = sums.sum(axis=0).reshape(len(CELL_SUMS), -1, DOMAIN_COUNT).sum(axis=1)
    return total


@parallel_kernel
def _update_needs(residents, hazards, key, day, span, p, need, backlog, episode, marks, in_crisis, crisis, flows, cells,
                  sums, buffers, chunk, chunks):
    """New needs arise, old ones are carried over or fade; what one meets oneself, or a child's home, is met at once.

    flows: int64[chunks, FLOW_COUNT, d]; cells: int32[chunks, 2, CELLS] to work in; sums: see `_sum_cells`.
    """
    n, buffer, carried, is_adult = residents.uid.size, get_need_buffer(buffers, chunk), cells[chunk, 0], cells[chunk, 1]
    for b in chunk_range((n + NEED_BLOCK - 1) // NEED_BLOCK, chunk, chunks):
        first, end = b * NEED_BLOCK, min(n, (b + 1) * NEED_BLOCK)
        low, high = first * DOMAIN_COUNT, end * DOMAIN_COUNT
        compute_block_needs(first, end, residents, hazards, key, day, span, p, buffer)
        _carry_over(first, end, residents, span, p, buffer, need, backlog, episode, marks, carried, flows[chunk])
        _mark_adult_cells(residents.age[first:end], is_adult)
        _write_needs(high - low, is_adult, buffer, carried, need.reshape(-1)[low:high], backlog.reshape(-1)[low:high])
        _sum_cells(high - low, is_adult, buffer, sums[chunk, 0], sums[chunk, 1], sums[chunk, 2])
        if in_crisis:
            _write_crisis_needs(first, end, day, buffer, crisis, flows[chunk])


@rule
def _write_needs(cells, is_adult, buffer, carried, need, backlog):
    """The needs of a block's cells, and what of them is unmet after one's own time and the home's for its children."""
    for c in range(cells):
        need[c] = carried[c] + buffer.needs_others[c] + buffer.own[c]
        backlog[c] = carried[c] + buffer.needs_others[c] * is_adult[c]


@rule
def _write_crisis_needs(first, end, day, buffer, crisis, flows):
    """Add new needs of crises to what lasts of old ones; who has any is hit."""
    need, backlog, marks, first_need = crisis
    for i in range(first, end):
        hit = 0
        for d in range(DOMAIN_COUNT):
            new = buffer.crisis[(i - first) * DOMAIN_COUNT + d]
            flows[NEW_IN_CRISIS, d] += new
            flows[CARRIED_IN_CRISIS, d] += backlog[i, d]
            backlog[i, d] += new
            need[i, d] = backlog[i, d]
            hit |= new
        if hit > 0:
            marks[i] |= np.uint16(HIT)
            first_need[i] = day if first_need[i] < 0 else first_need[i]


@rule
def _carry_over(first, end, residents, span, p, buffer, need, backlog, episode, marks, carried, flows):
    """Carry over what lasts of unmet needs of the residents first to end; end episodes of which nothing is left."""
    for c in range((end - first) * DOMAIN_COUNT):
        carried[c] = 0
    count = list_open_needs(first, end, need, backlog, episode, marks, buffer.found)
    for m in range(count):
        i, ended = first + buffer.found[m], 0
        for d in range(DOMAIN_COUNT):
            c, unmet, lasts = buffer.found[m] * DOMAIN_COUNT + d, backlog[i, d], 0
            if unmet > 0:
                keep = p.carry if residents.alive[i] == 1 else 0.0
                lasts = carry_over_need(unmet, keep, span)
                flows[CARRIED, d] += lasts
                flows[FADED, d] += unmet - lasts
                carried[c] = lasts
            nothing = (unmet == 0) | (lasts + buffer.own[c] + buffer.needs_others[c] == 0)
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
        arose[c] += buffer.own[c] + buffer.needs_others[c]
