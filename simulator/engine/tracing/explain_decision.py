"""Why somebody helps, refuses or finds out: the rules asked again for one pair of residents, at the same luck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import ACCEPT, FOUND_CHECK, FOUND_NEIGHBOUR, FOUND_TIE
from ...phases.help.request import NO_MEANS, REFUSED, Requests
from ...phases.step.columns import speakers
from ...phases.step.context import Moment
from ...rules.accepting import accepts
from ...rules.asking import caller_finds, neighbour_finds, registered, tie_finds
from ...rules.domain import DOMAINS, FOOD, KIT
from ...rules.kind import KINDS
from ...world.world import World

MEANS = {DOMAINS[FOOD]: "no_food", DOMAINS[KIT]: "no_kit"}
"""What a willing helper lacks, by domain; for hands and know-how it is time."""
FULL_TRUST = 1.0


def position(rows: np.ndarray, row: int) -> int:
    """Where a row stands in a list of rows, -1 where it does not."""
    found = np.flatnonzero(np.asarray(rows) == row)
    return int(found[0]) if found.size else -1


def answer(world: World, now: Moment, requests: Requests, r: int, turn: int) -> dict[str, Any]:
    """What decides whether the target of a request accepts, as the phase finds it: trust, load, chance, luck."""
    people, aiding = world.people, world.settings.aiding.numbers
    i, s, j = int(requests.row[r]), int(requests.speaker[r]), int(requests.target[r, turn])
    slot, domain = int(requests.slot[r, turn]), int(requests.domain[r])
    trust = float(world.ties.mirror[s, slot]) if slot >= 0 else float(world.settings.asking.stranger)
    severity, load = float(requests.severity[r]), float(people.load[j])
    luck = float(uniform(now.key, people.uid[j], people.uid[i], now.day, ACCEPT, domain, turn))
    chance = float(accepts(trust, severity, load, aiding))
    told = {"domain": DOMAINS[domain], "turn": turn, "trust": trust, "severity": severity, "load": load,
            "kind": KINDS[world.ties.kind[s, slot]] if slot >= 0 else "stranger", "chance": chance, "luck": luck}
    if luck >= chance:
        if luck < accepts(trust, severity, 0.0, aiding):
            return {**told, "why": "load"}
        return {**told, "why": "trust" if luck < accepts(FULL_TRUST, severity, load, aiding) else "luck"}
    return told


def verdict(status: int, facts: dict[str, Any]) -> dict[str, str]:
    """What came of it, and why: refused for load, too little trust or bad luck; willing, but without means."""
    if status == REFUSED:
        return {"answer": "refused", "why": str(facts["why"])}
    if status == NO_MEANS:
        return {"answer": "no_means", "why": MEANS.get(facts["domain"], "no_time")}
    return {"answer": "helped"}


def channels(world: World, now: Moment, i: int, struck: bool) -> Iterator[tuple[str, int]]:
    """By whom a resident is found in this step: (neighbour or call, -1), and (tie, row) for each tie who finds out."""
    people, key, day, uid = world.people, now.key, now.day, world.people.uid[i]
    climate = float(world.neighbourhoods.climate[people.neighbourhood[i]])
    if uniform(key, uid, 0, day, FOUND_NEIGHBOUR) < neighbour_finds(_at(now, "neighbour_check", i), climate, now.span):
        yield "neighbour", -1
    if struck:
        rate, commune = _at(now, "check_rate", i), people.commune[i]
        if registered(people.age[i], people.consent[i], float(people.register_rank[i]),
                      now.handles.institution("register")[commune]):
            rate += float(now.handles.institution("call")[commune])
        if uniform(key, uid, 0, day, FOUND_CHECK) < caller_finds(rate, now.handles.territory("phone"), now.span):
            yield "call", -1
    yield from _ties(world, now, i)


def _ties(world: World, now: Moment, i: int) -> Iterator[tuple[str, int]]:
    people, ties, settings = world.people, world.ties, world.settings
    s = int(speakers(world, np.array([i], np.int32))[0])
    apart = now.handles.territory("meet") * now.handles.territory("phone")
    for k in range(int(ties.degree[s]) if s >= 0 else 0):
        j, trust = int(ties.other[s, k]), float(ties.mirror[s, k])
        if trust >= settings.binding.strong and people.alive[j]:
            reach = 1.0 if people.building[j] == people.building[s] else apart
            if uniform(now.key, people.uid[j], people.uid[i], now.day, FOUND_TIE) < tie_finds(
                    trust, reach, now.span, settings.asking.numbers):
                yield "tie", j


def _at(now: Moment, handle: str, i: int) -> float:
    value = now.handles.resident(handle)
    return float(value[min(i, value.size - 1)])


