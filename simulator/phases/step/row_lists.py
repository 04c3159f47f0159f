"""Lists of residents that several phases of a step need: those in need, members of sites, rows that hold a value."""

from __future__ import annotations

import numpy as np

from ...kernel.compaction import ROWS_PER_BLOCK, allocate_block_lists, block_rows, compact_blocks
from ...kernel.compiled import chunk_range, parallel_kernel, rule
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...kernel.table import read_only_view
from ...rules.need_domains import ASSISTANCE, EQUIPMENT, FOOD, KNOW_HOW
from ...world.world import World
from .context import StepContext

MEMBERS_CACHE_KEY = "site_members"
"""Where StepContext.cache keeps the members of sites."""

IN_NEED_CACHE_KEY = "residents_in_need"
"""Where StepContext.cache keeps who was in need when last asked."""


def list_in_need(world: World, context: StepContext) -> np.ndarray:
    """int32[m]: rows of the residents with an unmet need.

    Once needs have arisen, a step only meets them: later calls look only at those found by the call before.
    """
    backlog, before = world.people.view("backlog"), context.cache.get(IN_NEED_CACHE_KEY)
    if before is not None and not len(before):
        return before
    found = allocate_block_lists(len(backlog) if before is None else len(before))
    if before is None:
        _list_in_need(backlog, *found)
    else:
        _list_still_in_need(before, backlog, *found)
    context.cache[IN_NEED_CACHE_KEY] = compact_blocks(*found)
    return context.cache[IN_NEED_CACHE_KEY]


@rule
def has_unmet_need(i, backlog):
    """True when a need of a resident, or work of a household, is open in row i. backlog: int32[n, d], none below 0."""
    return (backlog[i, FOOD] | backlog[i, EQUIPMENT] | backlog[i, ASSISTANCE] | backlog[i, KNOW_HOW]) != 0


@parallel_kernel
def _list_in_need(backlog, found, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        count = b * ROWS_PER_BLOCK
        for i in block_rows(b, backlog.shape[0]):
            if has_unmet_need(i, backlog):
                found[count] = i
                count += 1
        counts[b] = count - b * ROWS_PER_BLOCK


@parallel_kernel
def _list_still_in_need(rows, backlog, found, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        count = b * ROWS_PER_BLOCK
        for m in block_rows(b, rows.size):
            prefetch(backlog, rows[min(m + PREFETCH_DISTANCE, rows.size - 1)])
            if has_unmet_need(rows[m], backlog):
                found[count] = rows[m]
                count += 1
        counts[b] = count - b * ROWS_PER_BLOCK


def list_site_members(world: World, context: StepContext) -> np.ndarray:
    """int32[m]: rows of the members of all sites. Listed once a step, and again after sites open or close."""
    if MEMBERS_CACHE_KEY not in context.cache:
        context.cache[MEMBERS_CACHE_KEY] = list_assigned_rows(world.people.member)
    members: np.ndarray = context.cache[MEMBERS_CACHE_KEY]
    return members


def list_assigned_rows(column: np.ndarray) -> np.ndarray:
    """int32[m]: rows in which a column int32[n], such as the site one belongs to, is not -1."""
    return list_rows_above(column, np.int32(-1))


def list_rows_above(column: np.ndarray, threshold: np.number) -> np.ndarray:
    """int32[m]: rows in which a column [n] is above a threshold of the column's type."""
    found = allocate_block_lists(len(column))
    _list_rows_above(read_only_view(column), threshold, *found)
    return compact_blocks(*found)


@parallel_kernel
def _list_rows_above(column, threshold, found, counts, chunk, chunks):
    for b in chunk_range(counts.size, chunk, chunks):
        count = b * ROWS_PER_BLOCK
        for i in block_rows(b, column.size):
            if column[i] > threshold:
                found[count] = i
                count += 1
        counts[b] = count - b * ROWS_PER_BLOCK
