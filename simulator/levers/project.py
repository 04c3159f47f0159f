"""Sites that a lever will open: where they go, and under what permanent identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..cards.reader import CardError
from ..kernel.name_hash import hash31
from ..kernel.random import uniform
from ..kernel.stream import PROJECT_PLACE
from ..rules.domain import MILLI
from ..world.sites.site import HOSTS
from ..world.world import World
from .card import Lever
from .target import neighbourhood_rank, neighbourhoods
from .window import Span

PROJECTS = "territory.projects"
MOST_FIRST = ("agency",)
"""Ranks of which the greatest come first; of the others the least."""
FOR_GOOD = 1 << 30
MADE = 1 << 31
"""Uids from here on belong to sites made by levers."""


@dataclass(frozen=True)
class Plan:
    """One site to open, as columns of Sites: identity, place in km, what it is like, and the day it opens."""

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


def project_count(lever: Lever) -> int:
    """Sites the lever opens at its dose."""
    return round(lever.dose * sum(turn.value for turn in lever.turns if turn.handle == PROJECTS))


def plan_sites(lever: Lever, world: World, span: Span) -> list[Plan]:
    """The lever's sites, in order of opening. span: the days on which it acts.

    Each goes to the neighbourhood of the target with least of `projects.by` (most, for power to act); places
    already planned here count.
    CardError when two sites would get one identity (one chance in 10^7 for a few hundred: rename the card).
    """
    count, spec, table = project_count(lever), lever.projects, world.neighbourhoods
    inside = np.flatnonzero(neighbourhoods(lever.target, world))
    if count == 0 or len(inside) == 0:
        return []
    rank, sited = neighbourhood_rank(spec.by, world)[inside], np.zeros(len(inside), np.int64)
    rank = -rank if spec.by in MOST_FIRST else rank
    plans: list[Plan] = []
    for ordinal in range(count):
        more = spec.places * sited / np.maximum(table.adults[inside], 1) if spec.by == "places" else 0.0
        order = (table.uid[inside], rank + more) if spec.by == "places" else (table.uid[inside], rank, sited)
        chosen = int(np.lexsort(order)[0])
        sited[chosen] += 1
        opens = span.begin + int(np.ceil(lever.window.ramp_days * (ordinal + 1) / count))
        plans.append(_plan(lever, world, int(inside[chosen]), ordinal, (opens, closing_day(lever, span, opens))))
    taken = {*map(int, world.sites.uid), *(plan.uid for plan in plans)}
    if len(taken) < world.sites.rows + len(plans):
        raise CardError(f"lever {lever.id}: two sites would share one identity: expected different ones; "
                        "rename the card")
    return plans


class Planner(Protocol):
    """A lever in a run, as it keeps its plans."""

    plans: tuple[Plan, ...]

    def resolve(self, world: World) -> None:
        """Fix whom it reaches and what it opens."""


def planned_sites(active: Planner, world: World) -> list[Plan]:
    """The sites of a lever in a run, planned on the day it begins: each is a row of Sites, not open yet."""
    active.resolve(world)
    return list(active.plans)


def closing_day(lever: Lever, span: Span, opens: int) -> int:
    """Day a site closes: at the end of its own time, or with the lever unless it is handed over; FOR_GOOD else."""
    own = opens + lever.projects.days if lever.projects.days else FOR_GOOD
    return own if span.end is None or lever.handed_over else min(own, span.end)


def _plan(lever: Lever, world: World, row: int, ordinal: int, days: tuple[int, int]) -> Plan:
    """One site in a neighbourhood, at a keyed point within half its radius."""
    table, spec = world.neighbourhoods, lever.projects
    uid = MADE | hash31(lever.id, int(table.uid[row]), ordinal)
    angle = 2 * np.pi * uniform(world.key, uid, 0, 0, PROJECT_PLACE)
    away = 0.5 * float(table.radius[row]) * np.sqrt(uniform(world.key, uid, 1, 0, PROJECT_PLACE))
    money = world.settings.funding
    reserve = round(money.reserve * spec.staff * money.post * (1 + money.overhead) * MILLI)
    return Plan(uid, row, int(table.commune[row]), float(table.x[row] + away * np.cos(angle)),
                float(table.y[row] + away * np.sin(angle)), spec.places, spec.staff, spec.hours, spec.kits,
                HOSTS.index(spec.host), reserve, *days)
