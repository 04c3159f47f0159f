"""The order of the phases, and the step that plays them: read it aloud."""

from __future__ import annotations

from types import ModuleType

from ..world.world import World
from . import (
    aid,
    ask,
    bind,
    cope,
    equip,
    fund,
    hear,
    institution,
    join,
    live,
    meet,
    need,
    prune_ties,
    relief,
    reserve,
    visit,
)
from .step.context import Moment

PHASES: dict[str, ModuleType] = {
    "hear": hear,  # who learns of which site
    "join": join,  # joining, staying, leaving
    "meet": meet,  # sessions at sites: groups, shared work, learning, commons
    "visit": visit,  # time spent with one's ties; trust grows and wears
    "bind": bind,  # new ties in buildings and through friends
    "need": need,  # needs arise, in calm and in crisis
    "cope": cope,  # own skill, stock, household
    "ask": ask,  # who asks, who is found
    "aid": aid,  # ties answer
    "relief": relief,  # sites give time, goods and kits
    "reserve": reserve,  # a crisis reserve answers needs that were found
    "institution": institution,  # town halls give, after their delay
    "live": live,  # functioning, hazards, power to act
    "fund": fund,  # budgets, renewals, closures
    "equip": equip,  # what levers bring to homes and people
    "sweep": prune_ties,  # ties of the dead leave their slots
}

HELP = ("need", "cope", "ask", "aid", "relief", "reserve", "institution")
"""Phases that keep a weekly rhythm in calm weeks and a daily one in the weeks of a crisis: see Moment.helping."""


def advance(world: World, now: Moment) -> None:
    """One step: each phase in turn writes what is its own."""
    helping = now.helping
    for name, phase in PHASES.items():
        moment = helping if name in HELP else now
        if moment is not None:
            with world.lend(phase.WRITES):
                phase.step(world, moment)
