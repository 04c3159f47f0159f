"""The names under which stages can be replaced: each belongs to one stage that a phase runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from simulator.agents.by_hand import PHASE_MODULES, load_reference_stages
from simulator.agents.decision_stages import STAGES_BY_DECISION
from simulator.crises.card import Damage
from simulator.engine.tracing.trace_log import TraceLog
from simulator.engine.tracing.tracer import ResidentTracer
from simulator.phases.order import PHASES
from simulator.phases.step.context import StepContext
from tests.phases.helping import HEAT, hazard
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world
from tests.properties.trial_run import trial

EVERY_STAGE = {"site.stock_pooling": 1.0, "resident.kit_cooling": 0.5, "resident.insulation": 0.5,
               "resident.cushion": 1.0,
               "resident.training_hours": 1.0, "resident.reserve": 0.5}
"""Handles at which no phase skips a stage."""


@dataclass(frozen=True)
class RecordingContext(StepContext):
    """A context that notes which stages are run."""

    stages: dict[str, Any] = field(default_factory=dict)

    def run_stage(self, stage: Any, world: Any, *arguments: Any) -> Any:
        assert self.stages.setdefault(stage.__name__, stage) is stage, "a stage is known by the name of its function"
        return super().run_stage(stage, world, *arguments)


def list_stages() -> set[str]:
    """Names of the stages of one weekly step in a crisis that damages homes."""
    world = small_world(2)
    card = replace(HEAT, damage=Damage(homes=1.0), displaced=0.5)
    hazards = (hazard(card, np.ones(len(world.people), np.float32), 0),)
    hazards[0].need_weights = np.ones((len(world.people), 4), np.float32)
    context = RecordingContext(0, 7, world.key, PlainHandles(world, **EVERY_STAGE), hazards, onset=0, crisis_day=0)
    for phase in PHASES.values():
        with world.writable(phase.WRITES):
            phase.step(world, context)
    return set(context.stages)


def test_every_stage_has_a_reference_implementation_and_no_other_name_is_registered() -> None:
    assert set(load_reference_stages()) == list_stages()


def test_every_phase_has_a_module_of_reference_stages() -> None:
    assert set(PHASE_MODULES) == set(PHASES)


def test_decisions_and_tracers_replace_stages_that_exist() -> None:
    names, run = list_stages(), trial()
    assert {stage for stages in STAGES_BY_DECISION.values() for stage in stages} <= names
    assert set(ResidentTracer(TraceLog(small_world(), run.scenario, 0)).list_traced_stages()) <= names
