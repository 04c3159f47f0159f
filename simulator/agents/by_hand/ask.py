"""Ask, played resident by resident: here a researcher's own dares_to_ask is asked."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import FOUND_CHECK, FOUND_NEIGHBOUR, FOUND_TIE
from ...rules.asking import caller_finds, neighbour_finds, tie_finds
from ...rules.domain import KNOW
from .plain import D, on_register, spokesman, value


def begin(model, world, now, rows) -> np.ndarray:
    """u1[m]: domains in which an episode opens."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        for d in D:
            if people.backlog[i, d] > 0 and people.episode[i, d] < 0:
                people.episode[i, d] = now.day
                out[m] |= 1 << d
        if now.onset is not None and now.day >= now.onset and people.first_need[i] < 0:
            people.first_need[i] = now.day
    return out


def voice(model, world, now, rows, opened) -> np.ndarray:
    """u1[m]: domains in which one asks."""
    out = np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        for d in D:
            if opened[m] >> d & 1 and model.residents[i].dares_to_ask(d):
                out[m] |= 1 << d
    return out


def neighbour(world, now, i: int) -> bool:
    """A neighbour of the building finds i."""
    people = world.people
    climate = float(world.neighbourhoods.climate[people.neighbourhood[i]])
    chance = neighbour_finds(value(now.handles.resident("neighbour_check"), i), climate, now.span)
    return uniform(now.key, people.uid[i], 0, now.day, FOUND_NEIGHBOUR) < chance


def caller(world, now, i: int) -> bool:
    """Outreach or a call finds i."""
    people, rate = world.people, value(now.handles.resident("check_rate"), i)
    if on_register(world, now, i):
        rate += now.handles.institution("call")[people.commune[i]]
    chance = caller_finds(rate, now.handles.territory("phone"), now.span)
    return uniform(now.key, people.uid[i], 0, now.day, FOUND_CHECK) < chance


def tie(world, now, i: int) -> bool:
    """One of the ties who trust the speaker finds i."""
    people, ties, s = world.people, world.ties, spokesman(world, i)
    apart = now.handles.territory("meet") * now.handles.territory("phone")
    for k in range(ties.degree[s] if s >= 0 else 0):
        j, trust = ties.other[s, k], float(ties.mirror[s, k])
        if trust >= world.settings.binding.strong and people.alive[j]:
            reach = 1.0 if people.building[j] == people.building[s] else apart
            chance = tie_finds(trust, reach, now.span, world.settings.asking.numbers)
            if uniform(now.key, people.uid[j], people.uid[i], now.day, FOUND_TIE) < chance:
                return True
    return False


def find(model, world, now, rows, struck) -> np.ndarray:
    """u1[m]: domains in which one is found."""
    people, out = world.people, np.zeros(len(rows), np.uint8)
    for m, i in enumerate(rows):
        known = int(people.voiced[i]) | int(people.found[i])
        silent = sum(1 << d for d in D if people.backlog[i, d] > 0 and not known >> d & 1)
        if silent and (neighbour(world, now, i) or (struck[m] and caller(world, now, i)) or tie(world, now, i)):
            out[m] = silent
    return out


def far(model, world, now, rows) -> tuple[np.ndarray, np.ndarray]:
    """Rows whose know-how ties off the map answer, and how much."""
    people, answered = world.people, []
    for i in rows:
        s = spokesman(world, i)
        asks = people.backlog[i, KNOW] > 0 and people.voiced[i] >> KNOW & 1
        if asks and s >= 0 and (people.far_kin[s] or people.far_other[s]):
            answered.append(i)
    listed = np.array(answered, np.int32)
    return listed, people.backlog[listed, KNOW].copy()


HAND = {"ask.begin": begin, "ask.voice": voice, "ask.find": find, "ask.far": far}
