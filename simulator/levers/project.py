"""Sites that a lever will open: where they go, and under what permanent identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..kernel.draw import uniform
from ..kernel.name import hash31
from ..kernel.stream import PROJECT_PLACE
from ..settings.card_reader import CardError
from ..world.site_card import SiteCard
from ..world.world import World
from .card import Lever
from .target import neighbourhood_rank, neighbourhoods

PROJECTS = "territory.projects"
MADE = 1 << 31
"""Uids from here on belong to sites made by levers."""


@dataclass(frozen=True)
class Plan:
    """One site to open: its identity, its card, its place in km, its neighbourhood's row, and the day it opens."""

    uid: int
    card: SiteCard
    x: float
    y: float
    neighbourhood: int
    opens: int


def project_count(lever: Lever) -> int:
    """Sites the lever opens at its dose."""
    return round(lever.dose * sum(turn.value for turn in lever.turns if turn.handle == PROJECTS))


def plan_sites(lever: Lever, world: World, begin: int) -> list[Plan]:
    """The lever's sites, in order of opening. begin: day it begins to act, after its lead time.

    Each goes to the neighbourhood of the target with least of `projects.by`; places already planned here count.
    CardError when two sites would get one identity (one chance in 10^7 for a few hundred: rename the card).
    """
    count, spec, table = project_count(lever), lever.projects, world.neighbourhoods
    inside = np.flatnonzero(neighbourhoods(lever.target, world))
    if count == 0 or len(inside) == 0:
        return []
    rank, sited = neighbourhood_rank(spec.by, world)[inside], np.zeros(len(inside), np.int64)
    plans: list[Plan] = []
    for ordinal in range(count):
        more = spec.places * sited / np.maximum(table.adults[inside], 1) if spec.by == "places" else 0.0
        order = (table.uid[inside], rank + more) if spec.by == "places" else (table.uid[inside], rank, sited)
        chosen = int(np.lexsort(order)[0])
        sited[chosen] += 1
        opens = begin + int(np.ceil(lever.window.ramp_days * (ordinal + 1) / count))
        plans.append(_plan(lever, world, int(inside[chosen]), ordinal, opens))
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


def _plan(lever: Lever, world: World, row: int, ordinal: int, opens: int) -> Plan:
    """One site in a neighbourhood, at a keyed point within half its radius."""
    table, spec = world.neighbourhoods, lever.projects
    uid = MADE | hash31(lever.id, int(table.uid[row]), ordinal)
    angle = 2 * np.pi * uniform(world.key, uid, 0, 0, PROJECT_PLACE)
    away = 0.5 * float(table.radius[row]) * np.sqrt(uniform(world.key, uid, 1, 0, PROJECT_PLACE))
    money = world.settings.funding
    reserve = money.reserve * spec.staff * money.post * (1 + money.overhead)
    card = SiteCard(id=lever.id, label_fr=lever.label_fr, label_en=lever.label_en, host=spec.host, generic=True,
                    places=spec.places, staff=spec.staff, hours=spec.hours, kits=spec.kits, reserve=reserve)
    return Plan(uid, card, float(table.x[row] + away * np.cos(angle)), float(table.y[row] + away * np.sin(angle)), row,
                opens)
