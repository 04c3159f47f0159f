"""Candidates that a block of residents may turn to: their ties, and one neighbour of the building (model 7.7).

Each pass does one thing to all candidates of the block, so that reads of memory overlap and random numbers are drawn
for several at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import kernel, rule
from ...kernel.keyed_random import (
    DrawBuffer,
    allocate_draw_buffers,
    draw_four_words,
    draw_two_words,
    get_draw_buffer,
    pack_decision,
    to_uniform,
)
from ...kernel.prefetch import prefetch
from ...kernel.random_streams import CHOOSE_HELPER, CHOOSE_STRANGER
from ...kernel.threads import max_chunks
from ...rules.coping import is_able_to_help
from ...rules.need_domains import DOMAIN_COUNT
from ...rules.tie_kinds import MAX_TIES
from ...world.ties.tie_access import prefetch_slots

HELPER_BLOCK = 32
"""Residents whose candidates are looked up together."""

MAX_HELPERS = HELPER_BLOCK * (MAX_TIES + 1)
"""Candidates of a block, at most."""


class HelperBuffer(NamedTuple):
    """The c candidates of a block, one resident's after the other's."""

    row: np.ndarray
    """uint32[c]: row of the candidate."""
    slot: np.ndarray
    """int8[c]: slot of the tie, -1 for the neighbour who is no tie."""
    trust: np.ndarray
    """float64[c]: the speaker's trust in the candidate."""
    x: np.ndarray
    y: np.ndarray
    """float64[c]: where the speaker lives, km."""
    draws: DrawBuffer
    """a, b: uids of the resident in need and of the candidate."""
    home: np.ndarray
    """int32[c]: the candidate's building."""
    able: np.ndarray
    """bool[c]: is able to help."""
    load: np.ndarray
    km: np.ndarray
    """float64[c]: the candidate's load, and distance from the speaker, km."""
    skill: np.ndarray
    """float32[c, d]: the candidate's skills."""
    words: np.ndarray
    """uint32[c * d]: a random word for each domain, one candidate's after the other's."""
    next_door: np.ndarray
    """int32[HELPER_BLOCK]: the neighbour drawn for each resident, -1 for none."""


@kernel
def list_helpers(first, end, starts, row, speakers, key, day, least, stranger, coping, residents, housing, ties, buffer,
                 ends):
    """List the candidates of the residents first to end: ties whom the speaker trusts enough, and the neighbour drawn.

    ends[g - first] is set to the end of resident g's candidates. Returns how many there are. Everybody is written
    without a branch; the next overwrites who is no candidate.
    """
    count = 0
    for g in range(end, min(end + HELPER_BLOCK, starts.size - 1)):  # prefetch for the next block
        prefetch_speaker(speakers[starts[g]], residents, ties)
    sample_next_door_helpers(first, end, starts, row, speakers, key, day, residents, housing, coping, buffer)
    for g in range(first, end):
        i, s = row[starts[g]], speakers[starts[g]]
        neighbour, is_tie = buffer.next_door[g - first], False
        for k in range(ties.degree[s]):
            j, trust = ties.alter[s, k], np.float64(ties.trust[s, k])
            write_helper(count, i, s, j, k, trust, residents, housing, buffer)
            prefetch_helper(j, residents)
            count += trust >= least
            is_tie |= j == neighbour
        write_helper(count, i, s, max(neighbour, 0), -1, stranger, residents, housing, buffer)
        count += (neighbour >= 0) & (not is_tie)
        ends[g - first] = count
    return count


@rule
def sample_next_door_helpers(first, end, starts, row, speakers, key, day, residents, housing, coping, buffer):
    """Draw one neighbour for the speaker of each resident from first to end into buffer.next_door; it may be a tie."""
    count = end - first
    for m in range(count):
        buffer.draws.a[m], buffer.draws.b[m] = residents.uid[row[starts[first + m]]], 0
        buffer.draws.decision[m] = pack_decision(CHOOSE_STRANGER)
    draw_two_words(count, key, day, buffer.draws)
    for m in range(count):
        buffer.next_door[m] = sample_building_adult(residents.building[speakers[starts[first + m]]],
                                                    buffer.draws.first[m], housing)
    for m in range(count):
        s, j = speakers[starts[first + m]], max(buffer.next_door[m], 0)
        buffer.next_door[m] = buffer.next_door[m] if can_help_next_door(j, s, residents, coping) else -1


@rule
def sample_building_adult(b, word, housing):
    """Row of one adult of building b, picked by a random word; -1 where it has none."""
    adults = np.int64(housing.adults[b])
    # The place of an empty building may lie one beyond the end of the list.
    place = min(housing.first_adult[b] + np.int64(to_uniform(word) * adults), housing.adults_by_building.size - 1)
    return np.int64(housing.adults_by_building[place]) if adults > 0 else np.int64(-1)


@rule
def can_help_next_door(j, s, residents, coping):
    """True when j, of the building of speaker s, is of another household and able to help."""
    is_able = is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping)
    return is_able and residents.household[j] != residents.household[s]


@rule
def write_helper(at, i, s, j, slot, trust, residents, housing, buffer):
    """Write candidate j of speaker s for resident i at position `at`."""
    home = residents.building[s]
    buffer.row[at], buffer.slot[at], buffer.trust[at], buffer.draws.a[at] = j, slot, trust, residents.uid[i]
    buffer.x[at], buffer.y[at] = housing.x[home], housing.y[home]


@rule
def load_helper_columns(count, residents, coping, buffer):
    """Copy the columns of each candidate that its score depends on."""
    for c in range(count):
        j = buffer.row[c]
        buffer.draws.b[c], buffer.home[c], buffer.load[c] = residents.uid[j], residents.building[j], residents.load[j]
        buffer.able[c] = is_able_to_help(residents.alive[j], residents.age[j], np.float64(residents.frailty[j]), coping)
    for c in range(count):
        j = buffer.row[c]
        for d in range(DOMAIN_COUNT):
            buffer.skill[c, d] = residents.skill[j, d]


@rule
def compute_helper_distances(count, housing, buffer):
    """Distance of each candidate from the speaker, km."""
    for c in range(count):
        home = buffer.home[c]
        dx, dy = buffer.x[c] - np.float64(housing.x[home]), buffer.y[c] - np.float64(housing.y[home])
        buffer.km[c] = np.sqrt(dx * dx + dy * dy)


@rule
def draw_helper_numbers(count, key, day, buffer):
    """Draw a random word for each domain and candidate."""
    for c in range(count):
        buffer.draws.decision[c] = pack_decision(CHOOSE_HELPER)
    draw_four_words(count, key, day, buffer.draws, buffer.words)


@rule
def prefetch_speaker(s, residents, ties):
    """Prefetch what lists a speaker's candidates; neighbours of the building are close in every column."""
    prefetch_slots(ties.degree, ties.alter, s)
    prefetch_slots(ties.degree, ties.trust, s)
    prefetch(residents.household, s)
    prefetch_ability(s, residents)


@rule
def prefetch_helper(j, residents):
    """Prefetch what `load_helper_columns` copies."""
    prefetch(residents.load, j)
    prefetch(residents.skill, j)
    prefetch_ability(j, residents)


@rule
def prefetch_ability(j, residents):
    """Prefetch uid and building of j, and what `is_able_to_help` reads."""
    prefetch(residents.uid, j)
    prefetch(residents.building, j)
    prefetch(residents.frailty, j)
    prefetch(residents.age, j)
    prefetch(residents.alive, j)


@rule
def get_helper_buffer(buffers, chunk):
    """The buffer of one chunk."""
    return HelperBuffer(buffers.row[chunk], buffers.slot[chunk], buffers.trust[chunk], buffers.x[chunk],
                        buffers.y[chunk], get_draw_buffer(buffers.draws, chunk), buffers.home[chunk],
                        buffers.able[chunk], buffers.load[chunk], buffers.km[chunk], buffers.skill[chunk],
                        buffers.words[chunk], buffers.next_door[chunk])


def allocate_helper_buffers() -> HelperBuffer:
    """A HelperBuffer for each chunk of a loop."""
    chunks, most = max_chunks(), MAX_HELPERS
    listed = (np.empty((chunks, most), kind) for kind in (np.uint32, np.int8, np.float64, np.float64, np.float64))
    looked_up = (np.empty((chunks, most), kind) for kind in (np.int32, np.bool_, np.float64, np.float64))
    by_domain = (np.empty((chunks, most, DOMAIN_COUNT), np.float32),
                 np.empty((chunks, most * DOMAIN_COUNT), np.uint32))
    next_door = np.empty((chunks, HELPER_BLOCK), np.int32)
    draws = allocate_draw_buffers(most)
    return HelperBuffer(*listed, draws, *looked_up, *by_domain, next_door)  # type: ignore[call-arg, arg-type]
