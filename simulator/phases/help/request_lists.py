"""Listing of the requests of a step: which needs are asked for or were detected, and who speaks for whom."""

from __future__ import annotations

import numpy as np

from ...kernel.compaction import block_rows, count_blocks
from ...kernel.compiled import chunk_range, parallel_kernel
from ...kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ...rules.need_domains import DOMAIN_COUNT
from ...world.world import World
from ..step.columns import find_speaker, view_housing, view_residents


def list_requests(world: World, rows: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """The requests of the rows int32[m] in need: one for each unmet need that is asked for or was detected.

    Returns where the requests of each resident who has any begin, int64[residents + 1], and of the r requests: row
    int32[r], speaker int32[r], domain int8[r], severity float64[r].
    """
    asked, detected, need, backlog = world.people.views(("asked", "detected", "need", "backlog"))
    asked_bits, speakers = np.empty(len(rows), np.uint8), np.empty(len(rows), np.int32)
    counts = np.zeros((count_blocks(len(rows)), 2), np.int64)
    _mark_requests(rows, asked, detected, backlog, view_residents(world), view_housing(world), asked_bits, speakers,
                   counts)
    residents, requests = counts.sum(axis=0)
    starts = np.full(residents + 1, requests, np.int64)
    listed = tuple(np.empty(requests, kind) for kind in (np.int32, np.int32, np.int8, np.float64))
    _list_requests(rows, asked_bits, speakers, need, backlog, np.cumsum(counts, axis=0) - counts, starts, *listed)
    return starts, listed


@parallel_kernel
def _mark_requests(rows, asked, detected, backlog, residents, housing, asked_bits, speakers, counts, chunk, chunks):
    """Per row: bits of needs asked for or detected, and who speaks; counts[b]: rows with any and needs of a block."""
    for b in chunk_range(counts.shape[0], chunk, chunks):
        for m in block_rows(b, rows.size):
            i, later = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)]
            prefetch(asked, later)
            prefetch(detected, later)
            prefetch(backlog, later)
            wanted, bits = asked[i] | detected[i], 0
            s = find_speaker(i, residents, housing) if wanted else np.int64(-1)
            for d in range(DOMAIN_COUNT):
                if s >= 0 and wanted >> d & 1 and backlog[i, d] > 0:
                    bits |= 1 << d
                    counts[b, 1] += 1
            asked_bits[m], speakers[m] = bits, s
            counts[b, 0] += bits > 0


@parallel_kernel
def _list_requests(rows, asked_bits, row_speakers, need, backlog, firsts, starts, row, speakers, domain, severity,
                   chunk, chunks):
    """Write one request for each need, and where each resident's begin. firsts[b]: resident and request to start at."""
    for b in chunk_range(firsts.shape[0], chunk, chunks):
        listed, count = firsts[b, 0], firsts[b, 1]
        for m in block_rows(b, rows.size):
            i, later = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)]
            prefetch(backlog, later)
            prefetch(need, later)
            if asked_bits[m]:
                starts[listed] = count
                listed += 1
            for d in range(DOMAIN_COUNT):
                if asked_bits[m] >> d & 1:
                    row[count], speakers[count], domain[count] = i, row_speakers[m], d
                    severity[count] = backlog[i, d] / max(need[i, d], 1)
                    count += 1
