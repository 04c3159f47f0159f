"""New needs of a block of residents: random numbers for all, then sizes for the few events among them (model 7.7, 7.9).

Each pass does one thing to the whole block. Random numbers are drawn for several residents at a time; only cells in
which an event is possible are looked at one by one. The needs are those of rules/needing, bit for bit. A cell is a
resident of the block and a domain: cell = (row - first) * DOMAIN_COUNT + domain.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.keyed_random import (
    DrawBuffer,
    allocate_draw_buffers,
    draw_four_words,
    draw_two_words,
    get_draw_buffer,
    invert_poisson,
    pack_decision,
    to_uniform,
)
from ...kernel.random_streams import NEED, NEED_SIZE
from ...kernel.threads import max_chunks
from ...rules.need_domains import DOMAIN_COUNT, MILLI
from ...rules.needing import (
    EVENT,
    FLOW,
    MAX_EVENTS,
    STOCK,
    approximate_event_size,
    integer_flow,
    need_event_size,
    other_person_probability,
    to_thousandths,
)

NEED_BLOCK = 128
"""Residents of a block: few enough for its buffers to stay in the processor's cache."""

CELLS = NEED_BLOCK * DOMAIN_COUNT
"""Cells of a block. Also the number of events whose sizes are drawn together, more than MAX_EVENTS of one cell."""


class NeedBuffer(NamedTuple):
    """New needs of a block, and buffers to compute them; each of length CELLS."""

    own: np.ndarray
    needs_others: np.ndarray
    """int32: everyday needs that one meets oneself, and those that take another person, thousandths of h or units."""
    crisis: np.ndarray
    """int32: needs that crises cause, thousandths."""
    words: np.ndarray
    """uint32: a random word for each cell."""
    mean: np.ndarray
    """float64: expected number of events in each cell."""
    found: np.ndarray
    """uint32: cells in which an event is possible; later residents with open needs, as row - first."""
    cell: np.ndarray
    """uint32: cell of each event."""
    draws: DrawBuffer
    """Words of each event: for its size (first), and for whether it takes another person (second)."""
    size: np.ndarray
    """int32: size of each event, thousandths."""


@kernel
def compute_block_needs(first, end, residents, hazards, key, day, span, p, buffer):
    """New needs of the residents first to end, into buffer.own, buffer.needs_others and buffer.crisis."""
    count, alive, uid = end - first, residents.alive[first:end], residents.uid[first:end]
    frailty = residents.frailty[first:end]
    cells = count * DOMAIN_COUNT
    for c in range(cells):
        buffer.own[c] = buffer.needs_others[c] = buffer.crisis[c] = 0
    for cause in range(1 + hazards.mode.size):
        everyday, code = cause == 0, np.uint32(0)
        if everyday:
            draw_everyday_events(count, alive, uid, key, day, span, p, buffer)
        else:
            code = hazards.code[cause - 1]
            draw_crisis_events(count, alive, uid, frailty, cause - 1, hazards, hazards.exposure[cause - 1, first:end],
                               hazards.weight[cause - 1, first:end], key, day, span, p, buffer)
        if everyday or hazards.mode[cause - 1] == EVENT:
            found, at = list_possible_cells(cells, buffer), 0
            while at < found:
                at, events = list_events(at, found, uid, code, buffer)
                draw_two_words(events, key, day, buffer.draws)
                add_event_sizes(events, everyday, frailty, p, buffer)


@rule
def draw_everyday_events(count, alive, uid, key, day, span, p, buffer):
    """Draw a random word and set the expected number of everyday events for each cell."""
    for i in range(count):
        buffer.draws.a[i], buffer.draws.b[i], buffer.draws.decision[i] = uid[i], 0, pack_decision(NEED)
    draw_four_words(count, key, day, buffer.draws, buffer.words)
    for i in range(count):
        mean = p.rate * span if alive[i] == 1 else 0.0
        for d in range(DOMAIN_COUNT):
            buffer.mean[i * DOMAIN_COUNT + d] = mean


@rule
def draw_crisis_events(count, alive, uid, frailty, k, hazards, exposure, weight, key, day, span, p, buffer):
    """Add needs of crisis k that flow or come at once; for events, draw a random word and set their expected number."""
    mode = hazards.mode[k]
    for d in range(DOMAIN_COUNT):
        base, frail = hazards.base[k, d], hazards.frail[k, d]
        for i in range(count):
            c, exposed = i * DOMAIN_COUNT + d, np.float64(exposure[i]) if alive[i] == 1 else 0.0
            rate = max(0.0, (base + frail * np.float64(frailty[i])) * exposed) * np.float64(weight[i, d])
            if mode == FLOW:
                buffer.crisis[c] += np.int32(integer_flow(rate * MILLI, day, span))
            elif mode == STOCK:
                buffer.crisis[c] += to_thousandths(rate) if hazards.started[k] else 0
            else:
                buffer.mean[c] = rate / p.size * span
    if mode == EVENT:
        cells = count * DOMAIN_COUNT
        for c in range(cells):
            buffer.draws.a[c], buffer.draws.b[c] = uid[c // DOMAIN_COUNT], hazards.code[k]
            buffer.draws.decision[c] = pack_decision(NEED, c % DOMAIN_COUNT)
        draw_two_words(cells, key, day, buffer.draws)
        for c in range(cells):
            buffer.words[c] = buffer.draws.first[c]


@rule
def list_possible_cells(cells, buffer):
    """List the cells in which an event is possible: where u < 1 - mean, the count is 0. Returns how many."""
    count = 0
    for c in range(cells):
        buffer.found[count] = c
        count += to_uniform(buffer.words[c]) >= 1.0 - buffer.mean[c]
    return count


@rule
def list_events(at, count, uid, code, buffer):
    """List the events of the cells found, from `at` on until the buffer is full. Returns where to go on, how many."""
    events, mean, none = 0, 0.0, 1.0
    while at < count:
        c = buffer.found[at]
        if buffer.mean[c] != mean:
            mean = buffer.mean[c]
            none = math.exp(-mean)
        cell_events = min(invert_poisson(to_uniform(buffer.words[c]), mean, none), MAX_EVENTS)
        if events + cell_events > CELLS:
            break
        for turn in range(cell_events):
            buffer.cell[events], buffer.draws.a[events], buffer.draws.b[events] = c, uid[c // DOMAIN_COUNT], code
            buffer.draws.decision[events] = pack_decision(NEED_SIZE, c % DOMAIN_COUNT, turn)
            events += 1
        at += 1
    return at, events


@rule
def add_event_sizes(events, everyday, frailty, p, buffer):
    """Draw the sizes of the events listed and add them to everyday needs or to those of a crisis."""
    for e in range(events):
        buffer.size[e] = approximate_event_size(buffer.draws.first[e], p)
    for e in range(events):
        size, c = buffer.size[e], buffer.cell[e]
        if size < 0:
            size = np.int32(need_event_size(buffer.draws.first[e], p))
        if everyday:
            probability = other_person_probability(np.float64(frailty[c // DOMAIN_COUNT]), p)
            others = to_uniform(buffer.draws.second[e]) < probability
            buffer.needs_others[c] += size if others else 0
            buffer.own[c] += 0 if others else size
        else:
            buffer.crisis[c] += size


@rule
def get_need_buffer(buffers, chunk):
    """The buffer of one chunk."""
    return NeedBuffer(buffers.own[chunk], buffers.needs_others[chunk], buffers.crisis[chunk], buffers.words[chunk],
                      buffers.mean[chunk], buffers.found[chunk], buffers.cell[chunk],
                      get_draw_buffer(buffers.draws, chunk), buffers.size[chunk])


def allocate_need_buffers() -> NeedBuffer:
    """A NeedBuffer for each chunk of a loop."""
    kinds = (np.int32, np.int32, np.int32, np.uint32, np.float64, np.uint32, np.uint32)
    columns = (np.empty((max_chunks(), CELLS), kind) for kind in kinds)
    size = np.empty((max_chunks(), CELLS), np.int32)
    return NeedBuffer(*columns, allocate_draw_buffers(CELLS), size)  # type: ignore[call-arg, arg-type]
