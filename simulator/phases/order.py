"""The phases in the order in which a step plays them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from ..world.world import World
from . import (
    aid,
    ask,
    cope,
    equip,
    form_ties,
    functioning,
    fund,
    hear,
    institution,
    join,
    meet,
    need,
    prune_ties,
    relief,
    reserve,
    visit,
)
from .step.context import StepContext

PHASES: dict[str, ModuleType] = {
    "hear": hear,  # residents learn of sites and forget them
    "join": join,  # members leave sites, others join or wait
    "meet": meet,  # sessions at sites: joint work, learning, ties
    "visit": visit,  # time spent with ties; trust grows and wears
    "form_ties": form_ties,  # new ties in buildings and through friends
    "need": need,  # needs arise, everyday ones and those of crises
    "cope": cope,  # own means and the household's
    "ask": ask,  # residents ask for help or are detected
    "aid": aid,  # ties and neighbours help
    "relief": relief,  # sites give time, goods and kits
    "reserve": reserve,  # volunteers of a crisis reserve give time
    "institution": institution,  # institutions give, after their delay
    "functioning": functioning,  # functioning, excess deaths, power to act
    "fund": fund,  # budgets, grants, closures
    "equip": equip,  # what levers bring to homes and people
    "prune_ties": prune_ties,  # ties of the dead end
}

HELP_PHASES = ("need", "cope", "ask", "aid", "relief", "reserve", "institution")
"""Phases that play weekly in calm weeks and daily in the weeks of a crisis: see StepContext.help_context."""


def run_phases(world: World, context: StepContext,
               after_phase: Callable[[str, World, StepContext], None] | None = None) -> None:
    """Play one step: each phase in turn, with its columns (WRITES) writable.

    after_phase(name, world, context) is called after each phase, also where the phase itself rests.
    """
    help_context = context.help_context
    for name, phase in PHASES.items():
        phase_context = help_context if name in HELP_PHASES else context
        if phase_context is not None:
            with world.writable(phase.WRITES):
                phase.step(world, phase_context)
        if after_phase is not None:
            after_phase(name, world, context)
