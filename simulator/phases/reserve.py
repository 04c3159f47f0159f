"""Reserve: in a crisis, trained volunteers answer needs of their commune that were voiced or found (model 8, L13).

Reads the handle resident.reserve.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import kernel
from ..kernel.random import uniform
from ..kernel.stream import RESERVE
from ..rules.coping import able
from ..rules.domain import CARE, DOMAIN_COUNT, STRANGER
from ..rules.relief import scaled
from ..world.world import World
from .help.allocation import lots, shared
from .help.give import time_left
from .help.request import STRANGERS
from .relief import remember, take_time
from .step.columns import folk, in_need, read
from .step.context import Moment

WRITES = ("people.backlog", "people.busy", "people.lent", "people.agency", "people.given", "people.received",
          "people.first_contact")


@kernel
def _offers(rows, listed, key, span, coping, aiding, busy, lent, who, out):
    for m in range(rows.size):
        j = rows[m]
        able_now = able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping)
        if able_now and uniform(key, who.uid[j], 0, 0, RESERVE) < listed[m]:
            out[m] = time_left(j, who, busy, lent, span, coping, aiding) // 2


def offers(world: World, now: Moment) -> tuple[np.ndarray, np.ndarray]:
    """Volunteers of the reserve and half the time each could still give: rows int64[v], thousandths int64[v]."""
    people, s = world.people, world.settings
    listed = np.broadcast_to(now.handles.resident("reserve"), (len(people),))
    rows = np.flatnonzero(listed > 0)
    out = np.zeros(len(rows), np.int64)
    _offers(rows, listed[rows].astype(np.float64), now.key, now.span, s.coping.numbers, s.aiding.numbers,
            read(people.busy), read(people.lent), folk(world), out)
    return rows[out > 0], out[out > 0]


def known(world: World, rows: np.ndarray) -> np.ndarray:
    """int64[m, d]: unmet hands and know-how of the rows int32[m] that were voiced or found."""
    people = world.people
    bits = people.voiced[rows] | people.found[rows]
    demand = people.backlog[rows].astype(np.int64) * (bits[:, None] >> np.arange(DOMAIN_COUNT) & 1)
    demand[:, :CARE] = 0
    return demand


def serve(world: World, now: Moment, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """int64[m, d] hours the rows int32[m] get; volunteers int64[v], what each gives int64[v], thousandths."""
    people, communes = world.people, len(world.communes)
    demand = known(world, rows)
    volunteers, offered = offers(world, now)
    m, d = np.nonzero(demand)
    wanted, supply = np.zeros(communes, np.int64), np.zeros(communes, np.int64)
    np.add.at(wanted, people.commune[rows[m]], demand[m, d])
    np.add.at(supply, people.commune[volunteers], offered)
    usable = np.array([scaled(int(hours), world.settings.providing.reserve_matched) for hours in supply], np.int64)
    used = np.minimum(wanted, usable)
    given = np.zeros_like(demand)
    given[m, d] = shared(people.commune[rows[m]], demand[m, d], used, lots(now.key, now.day, d, people.uid, rows[m]))
    theirs = lots(now.key, now.day, np.full(len(volunteers), DOMAIN_COUNT), people.uid, volunteers)
    return given, volunteers, shared(people.commune[volunteers], offered, used, theirs)


def step(world: World, now: Moment) -> None:
    """The reserve is called out while a crisis lasts."""
    if not now.hazards or not (now.handles.resident("reserve") > 0).any():
        return
    people, ledger = world.people, world.ledger
    rows = in_need(world, now)
    received, volunteers, given = now.stage("reserve.serve", serve)(world, now, rows)
    people.backlog[rows] -= received.astype(np.int32)
    ledger.met[STRANGER] += received.sum(axis=0)
    ledger.hours_received[STRANGERS] += int(received.sum())
    take_time(world, volunteers, given)
    got = received.sum(axis=1)
    ledger.act(STRANGER, rows[got > 0], got[got > 0])
    remember(world, now, rows[got > 0], got[got > 0], volunteers, given)
