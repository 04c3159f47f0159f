"""The phases in the order in which a step plays them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from ..world.world import World
from . import (
    aid,
    ask,
    collective_aid,
    cope,
    equip,
    form_ties,
    functioning,
    fund,
    hear,
    heat,
    institution,
    join,
    meet,
    mutual_aid,
    need,
    prune_ties,
    public_aid,
    recovery,
    relief,
    strike,
    visit,
)
from .step.context import StepContext
from .step.frozen_columns import copy_frozen_columns, restore_columns

PHASES: dict[str, ModuleType] = {
    "hear": hear,  # residents learn of sites and forget them
    "join": join,  # members leave sites, others join or wait
    "meet": meet,  # sessions at sites: joint work, learning, ties
    "visit": visit,  # time spent with ties; trust grows and wears
    "form_ties": form_ties,  # new ties in buildings and through friends
    "strike": strike,  # a crisis that begins damages homes and puts people out of them
    "need": need,  # needs arise, everyday ones and those of crises
    "cope": cope,  # crisis: own means, the household's, insurance; shops refill stocks
    "mutual_aid": mutual_aid,  # crisis: residents ask people they know, who promise hours
    "collective_aid": collective_aid,  # crisis: sites, reserves and groups help
    "public_aid": public_aid,  # crisis: institutions help, after their delay
    "recovery": recovery,  # crisis: needs pass and leave aftermath, some is given up, people return home
    "ask": ask,  # everyday: residents ask for help or are detected
    "aid": aid,  # everyday: ties and neighbours help
    "relief": relief,  # everyday: sites give time, goods and kits
    "institution": institution,  # everyday: institutions give
    "heat": heat,  # heat strain, excess deaths
    "functioning": functioning,  # functioning follows what is open
    "fund": fund,  # budgets, grants, closures
    "equip": equip,  # what levers bring to homes and people
    "prune_ties": prune_ties,  # ties of the dead end
}

HELP_PHASES = ("need", "ask", "aid", "relief", "institution")
"""Phases that play weekly in calm weeks and daily in the weeks of a crisis: see StepContext.help_context."""

CRISIS_PHASES = ("strike", "need", "cope", "mutual_aid", "collective_aid", "public_aid", "recovery")
"""Phases that a need of a crisis goes through, in order; the four that follow are those of everyday needs."""


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
                kept = copy_frozen_columns(world, name, phase.WRITES)
                phase.step(world, phase_context)
                restore_columns(kept)
        if after_phase is not None:
            after_phase(name, world, context)
