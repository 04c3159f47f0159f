"""Why a resident helps, refuses or detects a need: the rules applied again to a pair, with the same random numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import ACCEPT, DETECT_CALLER, DETECT_NEIGHBOUR, DETECT_TIE
from ...phases.help.requests import NO_MEANS, REFUSED, Requests
from ...phases.step.columns import find_speakers
from ...phases.step.context import StepContext
from ...rules.accepting import acceptance_probability
from ...rules.asking import (
    caller_detection_probability,
    is_registered,
    neighbour_check_probability,
    tie_detection_probability,
)
from ...rules.need_domains import DOMAINS, EQUIPMENT, FOOD
from ...rules.tie_kinds import TIE_KINDS
from ...world.world import World

MISSING_MEANS = {DOMAINS[FOOD]: "no_food", DOMAINS[EQUIPMENT]: "no_kit"}
"""What a helper without means lacks, by domain; for assistance and know-how it is time."""
FULL_TRUST = 1.0


def find_row(rows: np.ndarray, row: int) -> int:
    """Index of a row in a list of rows, -1 if it is not there."""
    found = np.flatnonzero(np.asarray(rows) == row)
    return int(found[0]) if found.size else -1


def compute_decision_factors(world: World, context: StepContext, requests: Requests, r: int, turn: int
                             ) -> dict[str, Any]:
    """What decides whether the target of request r in a round (turn) accepts: trust, severity, load, chance, number.

    chance: probability of accepting. number: the uniform random number it is compared with. why, for a refusal: "load"
    or "trust" if the same number would accept without load or at full trust, else "luck".
    """
    people, aiding = world.people, world.settings.aiding.numbers
    i, s, j = int(requests.row[r]), int(requests.speaker[r]), int(requests.target[r, turn])
    slot, domain = int(requests.slot[r, turn]), int(requests.domain[r])
    trust = float(world.ties.alter_trust[s, slot]) if slot >= 0 else float(world.settings.asking.stranger)
    severity, load = float(requests.severity[r]), float(people.load[j])
    number = float(draw_uniform(context.key, people.uid[j], people.uid[i], context.day, ACCEPT, domain, turn))
    chance = float(acceptance_probability(trust, severity, load, aiding))
    kind = TIE_KINDS[world.ties.kind[s, slot]] if slot >= 0 else "stranger"
    factors = {"domain": DOMAINS[domain], "turn": turn, "trust": trust, "severity": severity, "load": load,
               "kind": kind, "chance": chance, "number": number}
    if number < chance:
        return factors
    if number < acceptance_probability(trust, severity, 0.0, aiding):
        return {**factors, "why": "load"}
    trusted = number < acceptance_probability(FULL_TRUST, severity, load, aiding)
    return {**factors, "why": "trust" if trusted else "luck"}


def explain_decision(status: int, factors: dict[str, Any]) -> dict[str, str]:
    """The answer to a request, and why: refused (load, trust or luck), without means (what is lacking), or helped."""
    if status == REFUSED:
        return {"answer": "refused", "why": str(factors["why"])}
    if status == NO_MEANS:
        return {"answer": "no_means", "why": MISSING_MEANS.get(factors["domain"], "no_time")}
    return {"answer": "helped"}


def list_detection_channels(world: World, context: StepContext, i: int, exposed: bool) -> Iterator[tuple[str, int]]:
    """Who detects the needs of resident i in this step: ("neighbour" or "call", -1), and ("tie", row) for each tie.

    exposed: whether a crisis exposes the resident, in which case outreach and the register's callers look too.
    """
    people, key, day, uid = world.people, context.key, context.day, world.people.uid[i]
    support = float(world.neighbourhoods.support[people.neighbourhood[i]])
    rate = _read_resident_handle(context, "neighbour_check", i)
    if draw_uniform(key, uid, 0, day, DETECT_NEIGHBOUR) < neighbour_check_probability(rate, support, context.span):
        yield "neighbour", -1
    if exposed:
        rate, commune = _read_resident_handle(context, "check_rate", i), people.commune[i]
        if is_registered(people.age[i], people.consent[i], float(people.register_rank[i]),
                         context.handles.institution("register")[commune]):
            rate += float(context.handles.institution("call_rate")[commune])
        chance = caller_detection_probability(rate, context.handles.territory("phone"), context.span)
        if draw_uniform(key, uid, 0, day, DETECT_CALLER) < chance:
            yield "call", -1
    yield from _list_detecting_ties(world, context, i)


def _list_detecting_ties(world: World, context: StepContext, i: int) -> Iterator[tuple[str, int]]:
    people, ties, settings = world.people, world.ties, world.settings
    s = int(find_speakers(world, np.array([i], np.int32))[0])
    apart = context.handles.territory("visits") * context.handles.territory("phone")
    for k in range(int(ties.degree[s]) if s >= 0 else 0):
        j, trust = int(ties.alter[s, k]), float(ties.alter_trust[s, k])
        if trust >= settings.tie_formation.strong_trust and people.alive[j]:
            contact = 1.0 if people.building[j] == people.building[s] else apart
            chance = tie_detection_probability(trust, contact, context.span, settings.asking.numbers)
            if draw_uniform(context.key, people.uid[j], people.uid[i], context.day, DETECT_TIE) < chance:
                yield "tie", j


def _read_resident_handle(context: StepContext, handle: str, i: int) -> float:
    value = context.handles.resident(handle)
    return float(value[min(i, value.size - 1)])
