"""Which stage differs? Every stage is run twice from the same state: compiled, and by its reference implementation.

python -m tests.reference.stagewise names each stage that does not agree, the day, and what differs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.agents import TerritoryModel
from simulator.phases.step.context import StepContext
from tests.agents.village import village
from tests.reference.compare import differences, same, state


def watch(model: TerritoryModel, report: Callable[[str], None]) -> None:
    """Let `model` (by_hand=True) run compiled stages, each after its reference on a copy of the world."""
    references = dict(model.by_hand)

    def run_stage(context: StepContext, stage: Callable[..., Any], world: Any, *arguments: Any) -> Any:
        name = stage.__name__
        if name not in references:
            report(f"{name}: no reference implementation")
            return stage(world, context, *arguments)
        other, engine = world.copy(), model.engine
        for ledger_name, array in world.ledger.arrays().items():
            getattr(other.ledger, ledger_name)[...] = array
        columns = {".".join(column.split(".")[:2]) for column, array in state(world).items()
                   if array.flags.writeable and not column.startswith("ledger.")}
        engine.world = other
        with other.writable(columns):
            expected = references[name](other, context, *arguments)
        engine.world = world
        compiled = stage(world, context, *arguments)
        wrong = differences(world, other)
        if not same(compiled, expected):
            wrong.append(f"returned {compiled} and {expected}")
        for line in wrong:
            report(f"{name}, day {context.day}: {line}")
        return compiled

    StepContext.run_stage = run_stage  # type: ignore[method-assign]


if __name__ == "__main__":
    reported: set[str] = set()

    def report_once(line: str) -> None:
        """Print each stage's first difference only."""
        if line.split(",")[0] not in reported:
            reported.add(line.split(",")[0])
            print(line)

    trial = TerritoryModel(village(), by_hand=True)
    watch(trial, report_once)
    trial.run_model()
    print(f"{trial.steps} steps, {len(reported)} stages that differ or have no reference implementation")
