"""Reserve, played commune by commune."""

from __future__ import annotations

import numpy as np

from ...kernel.random import uniform
from ...kernel.stream import RESERVE
from ...rules.domain import CARE, DOMAINS, KNOW
from ...rules.relief import scaled
from .allocation import by_row, split
from .plain import can_help, spare_time, value


def volunteers(world, now, c: int) -> dict[int, int]:
    """Row to half the time each volunteer of a commune could still give, where there is any."""
    people, listed, out = world.people, now.handles.resident("reserve"), {}
    for j in np.flatnonzero(people.commune == c).tolist():
        called = value(listed, j) > 0 and uniform(now.key, people.uid[j], 0, 0, RESERVE) < value(listed, j)
        if called and can_help(world, j) and spare_time(world, now, j) // 2 > 0:
            out[j] = spare_time(world, now, j) // 2
    return out


def serve(model, world, now, rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours each row gets; volunteers by row, and what each gives."""
    people, out = world.people, np.zeros((len(rows), len(DOMAINS)), np.int64)
    given: dict[int, int] = {}
    for c in range(len(world.communes)):
        lines = [(m, d) for m, i in enumerate(rows) for d in (CARE, KNOW) if people.commune[i] == c
                 and people.backlog[i, d] > 0 and (people.voiced[i] | people.found[i]) >> d & 1]
        claims = [(int(rows[m]), d, int(people.backlog[rows[m], d])) for m, d in lines]
        offers = volunteers(world, now, c)
        usable = scaled(sum(offers.values()), world.settings.providing.reserve_matched)
        used = min(sum(amount for _, _, amount in claims), usable)
        served, theirs = split(world, now, claims, offers, used)
        given.update(theirs)
        for (m, d), amount in zip(lines, served, strict=True):
            out[m, d] = amount
    return out, *by_row(given)


HAND = {"reserve.serve": serve}
