"""Ask: episodes of need open; residents ask for help or are detected; ties off the map answer (model 7.7).

Needs of a crisis are asked for in another way: see mutual_aid. Reads the handles territory.visits, territory.phone,
resident.neighbour_check.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.prefetch import PREFETCH_DISTANCE, prefetch
from ..kernel.random_streams import ASK, DETECT_NEIGHBOUR, DETECT_TIE
from ..kernel.table import read_only_view
from ..rules.asking import (
    asking_probability,
    neighbour_check_probability,
    tie_detection_probability,
)
from ..rules.need_domains import BY_OFF_MAP, DOMAIN_COUNT, KNOW_HOW
from ..world.ties.tie_access import prefetch_slots
from ..world.world import World
from .step.columns import add_flag_bits, find_speaker, view_housing, view_residents, view_ties
from .step.context import StepContext
from .step.row_lists import list_in_need

TRUST_OF_NOBODY = 2.0
"""Above any trust: no tie finds out."""
WRITES = ("people.episode", "people.asked", "people.detected", "people.backlog")


def step(world: World, context: StepContext) -> None:
    """Episodes open; some residents ask, some are detected; ties off the map answer."""
    people, ledger = world.people, world.ledger
    rows = list_in_need(world, context)
    opened = context.run_stage(open_episodes, world, rows)
    add_flag_bits(rows, context.run_stage(ask_for_help, world, rows, opened), people.asked)
    detected = context.run_stage(detect_needs, world, rows)
    add_flag_bits(rows, detected, people.detected)
    ledger.count("detected", int(np.count_nonzero(detected)))
    if context.is_cut("far_ties"):
        return
    answered, amounts = context.run_stage(list_off_map_help, world, rows)
    people.backlog[answered, KNOW_HOW] = 0
    ledger.met[BY_OFF_MAP, KNOW_HOW] += int(amounts.sum(dtype=np.int64))
    ledger.record_help(BY_OFF_MAP, answered, amounts, domain=KNOW_HOW)


def open_episodes(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """Open an episode for each unmet need of the rows int32[m] that has none. u1[m]: bit d where one opens now."""
    people = world.people
    out = np.zeros(len(rows), np.uint8)
    _open_episodes(rows, context.day, people.backlog, people.episode, out)
    return out


@parallel_kernel
def _open_episodes(rows, day, backlog, episode, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = rows[m]
        bits = 0
        for d in range(DOMAIN_COUNT):
            if backlog[i, d] > 0 and episode[i, d] < 0:
                episode[i, d] = day
                bits |= 1 << d
        out[m] = bits


def ask_for_help(world: World, context: StepContext, rows: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows int32[m] who ask for help in the episodes that opened now, opened u1[m]."""
    out = np.zeros(len(rows), np.uint8)
    _ask_for_help(rows, opened, context.key, context.day, world.settings.asking.numbers, view_residents(world),
                  view_housing(world), out)
    return out


@parallel_kernel
def _ask_for_help(rows, opened, key, day, p, residents, housing, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        bits = 0
        for d in range(DOMAIN_COUNT):
            if opened[m] >> d & 1 and dares_to_ask(rows[m], d, key, day, p, residents, housing):
                bits |= 1 << d
        out[m] = bits


@rule
def dares_to_ask(i, domain, key, day, p, residents, housing):
    """True when resident i asks for help in an episode of this domain that opens now; an adult asks for a child."""
    s = find_speaker(i, residents, housing)
    u = draw_uniform(key, residents.uid[i], 0, day, ASK, domain)
    return s >= 0 and u < asking_probability(np.float64(residents.agency[s]), p)


def detect_needs(world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
    """u1[m]: bit d for the rows int32[m] who did not ask and are detected now."""
    people, handles = world.people, context.handles
    check = handles.resident("neighbour_check")
    if context.is_cut("strangers"):
        check = read_only_view(np.zeros(1, np.float32))
    strong = TRUST_OF_NOBODY if context.is_cut("ties") else world.settings.tie_formation.strong_trust
    out = np.zeros(len(rows), np.uint8)
    _detect_needs(rows, context.key, context.day, context.span, world.settings.asking.numbers, strong,
                  handles.territory("visits") * handles.territory("phone"), check, view_residents(world),
                  view_housing(world), view_ties(world), world.neighbourhoods.view("support"),
                  (people.view("backlog"), people.view("asked"), people.view("detected")), out)
    return out


@parallel_kernel
def _detect_needs(rows, key, day, span, p, strong, remote_factor, check, residents, housing, ties, support, state, out,
                  chunk, chunks):
    backlog, asked, detected = state
    for m in chunk_range(rows.size, chunk, chunks):
        i, later = rows[m], rows[min(m + PREFETCH_DISTANCE, rows.size - 1)]
        prefetch(backlog, later)
        prefetch(asked, later)
        prefetch(detected, later)
        prefetch_slots(ties.degree, ties.alter_trust, later)
        prefetch_slots(ties.degree, ties.alter, later)
        bits = 0
        for d in range(DOMAIN_COUNT):
            if backlog[i, d] > 0 and not (asked[i] | detected[i]) >> d & 1:
                bits |= 1 << d
        if bits:
            s = find_speaker(i, residents, housing)
            found = is_detected_by_neighbour(i, key, day, span, np.float64(value_at(check, i)), support, residents)
            found = found or (s >= 0 and is_detected_by_tie(i, s, key, day, span, strong, remote_factor, p, residents,
                                                            ties))
            out[m] = bits if found else 0


@rule
def is_detected_by_neighbour(i, key, day, span, check, support, residents):
    """True when a neighbour of the building detects i. support: float32[z] of the neighbourhoods."""
    probability = neighbour_check_probability(check, np.float64(support[residents.neighbourhood[i]]), span)
    return draw_uniform(key, residents.uid[i], 0, day, DETECT_NEIGHBOUR) < probability


@rule
def is_detected_by_tie(i, s, key, day, span, strong, remote_factor, p, residents, ties):
    """True when a tie who trusts the speaker s detects i. remote_factor: on ties who live in another building."""
    for k in range(ties.degree[s]):
        trust = np.float64(ties.alter_trust[s, k])
        j = ties.alter[s, k]
        if trust >= strong and residents.alive[j] == 1:
            reach = 1.0 if residents.building[j] == residents.building[s] else remote_factor
            u = draw_uniform(key, residents.uid[j], residents.uid[i], day, DETECT_TIE)
            if u < tie_detection_probability(trust, reach, span, p):
                return True
    return False


def list_off_map_help(world: World, context: StepContext, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ties off the map meet requests for know-how: rows int32[k] who get it, and thousandths of an hour int32[k]."""
    people, out = world.people, np.zeros(len(rows), np.bool_)
    _list_off_map_help(rows, *people.views(("asked", "backlog")), view_residents(world), view_housing(world), out)
    answered = rows[out]
    return answered, people.backlog[answered, KNOW_HOW].copy()


@parallel_kernel
def _list_off_map_help(rows, asked, backlog, residents, housing, out, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = rows[m]
        if backlog[i, KNOW_HOW] > 0 and asked[i] >> KNOW_HOW & 1:
            s = find_speaker(i, residents, housing)
            out[m] = s >= 0 and (residents.far_kin[s] > 0 or residents.far_other[s] > 0)
