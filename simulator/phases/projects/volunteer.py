"""Sites' facilitation, and the time their volunteers can give (model 7.4 and 7.7)."""

from __future__ import annotations

import numpy as np

from ...kernel.compiled import kernel, parallel, portion
from ...kernel.random import uniform
from ...kernel.stream import ROSTER
from ...rules.coping import able
from ...rules.domain import DOMAINS, KIT
from ...rules.relief import matched_share, scaled
from ...world.world import World
from ..help.allocation import lots, shared
from ..help.give import time_left
from ..step.columns import folk, members, read
from ..step.context import Moment
from .facilitation import site_quality


def service(world: World, now: Moment) -> np.ndarray:
    """float64[s]: share of a site's relief that is at work, 0 where closed."""
    work = now.handles.site("relief") * now.handles.territory("site_open") * now.handles.site("opening")
    return np.clip(np.where(world.sites.open > 0, work, 0.0), 0.0, 1.0)


@parallel
def _offers(members, key, span, coping, aiding, roster, busy, lent, site_uid, who, out, piece, pieces):
    for m in portion(members.size, piece, pieces):
        j = members[m]
        able_now = able(who.alive[j], who.age[j], np.float64(who.frailty[j]), coping)
        if able_now and uniform(key, who.uid[j], site_uid[who.member[j]], 0, ROSTER) < roster:
            out[m] = time_left(j, who, busy, lent, span, coping, aiding) // 2


def offers(world: World, now: Moment, busy_sites: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Volunteers of the sites bool[s] and half the time each could still give: rows int64[v], thousandths int64[v]."""
    people, s = world.people, world.settings
    rows = members(world, now)
    rows = rows[busy_sites[people.member[rows]]]
    out = np.zeros(len(rows), np.int64)
    _offers(rows, now.key, now.span, s.coping.numbers, s.aiding.numbers, s.meeting.roster, read(people.busy),
            read(people.lent), read(world.sites.uid), folk(world), out)
    return rows[out > 0], out[out > 0]


@kernel
def _usable(hours, quality, work, p):
    """Put what a site can coordinate of its volunteers' hours in place of them."""
    for s in range(hours.size):
        hours[s] = scaled(hours[s], matched_share(quality[s], p) * work[s])


def hands(world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """int64[m, d] hours the rows int32[m] get from their host int32[m]; volunteers int64[v], their hours int64[v]."""
    people, p, sites = world.people, world.settings.aiding.numbers, len(world.sites)
    demand = people.backlog[rows].astype(np.int64)
    demand[:, :KIT + 1] = 0
    m, d = np.nonzero(demand)
    wanted = np.zeros(sites, np.int64)
    np.add.at(wanted, host[m], demand[m, d])
    volunteers, offered = offers(world, now, wanted > 0)
    supply = np.zeros(sites, np.int64)
    np.add.at(supply, people.member[volunteers], offered)
    _usable(supply, site_quality(world, now), service(world, now), p)
    used = np.minimum(wanted, supply)
    given = np.zeros_like(demand)
    given[m, d] = shared(host[m], demand[m, d], used, lots(now.key, now.day, d, people.uid, rows[m]))
    theirs = lots(now.key, now.day, np.full(len(volunteers), len(DOMAINS)), people.uid, volunteers)
    return given, volunteers, shared(people.member[volunteers], offered, used, theirs)
