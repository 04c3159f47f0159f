"""What a resident decides by default: the very rules that the compiled stages use, for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernel import stream
from ..kernel.draw import uniform
from ..phases import join
from ..rules.hearing import happens
from ..rules.joining import leaving_rate

if TYPE_CHECKING:
    from .resident import Resident


def days_till_joining(resident: Resident, site: int) -> float:
    """Days until the resident would join the site, at this week's luck; inf where it is no candidate."""
    model, now = resident.model, resident.model.now
    slots = np.flatnonzero(model.world.people.candidate[resident.row] == site)
    if site < 0 or slots.size == 0:
        return float("inf")
    p, columns = model.note("join", lambda: (join.numbers(model.world), join.columns(model.world, now)))
    return join.days_till_joining(now.key, now.day, resident.row, int(slots[0]), p, *columns)


def leaves(resident: Resident) -> bool:
    """Whether a member leaves this week: a keyed draw against the rate of leaving."""
    model, now = resident.model, resident.model.now
    people, row = model.world.people, resident.row
    site = int(people.member[row])
    if site < 0:
        return False
    u = uniform(now.key, people.uid[row], model.world.sites.uid[site], now.day, stream.LEAVE)
    rate = leaving_rate(people.satisfaction[row], people.load[row], resident.rules.joining)
    return bool(happens(u, rate, join.WEEK))
