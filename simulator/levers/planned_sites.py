"""Sites that a lever will open: where they are placed, with which uids, and when they open and close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..cards.reader import CardError
from ..i18n.translation import Message
from ..kernel.keyed_random import draw_uniform
from ..kernel.name_hash import hash31
from ..kernel.random_streams import PROJECT_PLACE
from ..rules.need_domains import MILLI
from ..world.sites.site import HOSTS
from ..world.world import World
from .active_period import ActivePeriod
from .card import Lever
from .reach import score_neighbourhoods, select_target_neighbourhoods

NEW_SITES_HANDLE = "territory.new_sites"
DESCENDING_CRITERIA = ("agency",)
"""Criteria by which the highest neighbourhood comes first; by all others, the lowest."""
NEVER_CLOSES = 1 << 30
"""Closing day of a site that stays open."""
FIRST_LEVER_SITE_UID = 1 << 31
"""Uids from here on belong to sites opened by levers."""


@dataclass(frozen=True)
class PlannedSite:
    """One site to open, as columns of Sites: uid, rows of its places, x and y in km, size, opening and closing day."""

    uid: int
    neighbourhood: int
    commune: int
    x: float
    y: float
    places: float
    staff: float
    hours: float
    kits: int
    host: int
    reserve: int
    opens: int
    closes: int


def count_new_sites(lever: Lever) -> int:
    """How many sites the lever opens at its dose."""
    each = sum(modifier.value for modifier in lever.modifiers if modifier.handle == NEW_SITES_HANDLE)
    return round(lever.dose * each)


def plan_lever_sites(lever: Lever, world: World, period: ActivePeriod) -> list[PlannedSite]:
    """The lever's sites, in order of opening. period: the days on which the lever acts.

    Each goes to the targeted neighbourhood with least of `new_sites.by` (most, for power to act); sites already
    planned here count. CardError when two sites would get the same uid (one chance in 10^7 for a few hundred sites).
    """
    count, spec, table = count_new_sites(lever), lever.new_sites, world.neighbourhoods
    inside = np.flatnonzero(select_target_neighbourhoods(lever.target, world))
    if count == 0 or len(inside) == 0:
        return []
    score, planned = score_neighbourhoods(spec.by, world)[inside], np.zeros(len(inside), np.int64)
    score = -score if spec.by in DESCENDING_CRITERIA else score
    plans: list[PlannedSite] = []
    for ordinal in range(count):
        added = spec.places * planned / np.maximum(table.adults[inside], 1) if spec.by == "places" else 0.0
        keys = (table.uid[inside], score + added) if spec.by == "places" else (table.uid[inside], score, planned)
        chosen = int(np.lexsort(keys)[0])
        planned[chosen] += 1
        opens = period.start_day + int(np.ceil(lever.window.ramp_days * (ordinal + 1) / count))
        days = opens, compute_closing_day(lever, period, opens)
        plans.append(_plan_site(lever, world, int(inside[chosen]), ordinal, days))
    taken = {*map(int, world.sites.uid), *(plan.uid for plan in plans)}
    if len(taken) < world.sites.rows + len(plans):
        raise CardError(Message("lever {name}: two sites would share one identity: expected different ones; rename the "
                                "card", name=lever.id))
    return plans


class SitePlanner(Protocol):
    """A lever during a run that fixes its planned sites when it is resolved."""

    planned_sites: tuple[PlannedSite, ...]

    def resolve(self, world: World) -> None:
        """Fix whom it reaches and the sites it opens."""


def resolve_planned_sites(active: SitePlanner, world: World) -> list[PlannedSite]:
    """The sites of a lever, planned on the day it begins to act. Each will be a row of Sites that is not open yet."""
    active.resolve(world)
    return list(active.planned_sites)


def compute_closing_day(lever: Lever, period: ActivePeriod, opens: int) -> int:
    """Day on which a site that opens on day `opens` closes: after its own duration, or with a lever that is not handed
    over, whichever comes first; NEVER_CLOSES without either."""
    own = opens + lever.new_sites.days if lever.new_sites.days else NEVER_CLOSES
    return own if period.end_day is None or lever.handed_over else min(own, period.end_day)


def _plan_site(lever: Lever, world: World, row: int, ordinal: int, days: tuple[int, int]) -> PlannedSite:
    """One site in a neighbourhood, at a random point within half its radius. days: on which it opens and closes."""
    table, spec = world.neighbourhoods, lever.new_sites
    uid = FIRST_LEVER_SITE_UID | hash31(lever.id, int(table.uid[row]), ordinal)
    angle = 2 * np.pi * draw_uniform(world.key, uid, 0, 0, PROJECT_PLACE)
    distance = 0.5 * float(table.radius[row]) * np.sqrt(draw_uniform(world.key, uid, 1, 0, PROJECT_PLACE))
    funding = world.settings.funding
    reserve = round(funding.reserve * spec.staff * funding.post * (1 + funding.overhead) * MILLI)
    x, y = float(table.x[row] + distance * np.cos(angle)), float(table.y[row] + distance * np.sin(angle))
    return PlannedSite(uid, row, int(table.commune[row]), x, y, spec.places, spec.staff, spec.hours, spec.kits,
                       HOSTS.index(spec.host), reserve, *days)
