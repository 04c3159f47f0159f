"""Which stage differs? Every stage is played twice from the same state, compiled and by hand.

python -m tests.twin.stagewise names each stage that does not agree, the day, and what differs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.agents import TerritoryModel
from simulator.phases.step.context import Moment
from tests.agents.village import village
from tests.twin.compare import differences, same, state


def watch(model: TerritoryModel, tell: Callable[[str], None]) -> None:
    """Let `model` (by_hand=True) play compiled stages, each after a rehearsal by hand on a copy of the world."""
    hands = dict(model.by_hand)

    def stage(now: Moment, name: str, kernel: Callable[..., Any]) -> Callable[..., Any]:
        if name not in hands:
            tell(f"{name}: no twin")
            return kernel
        return lambda world, moment, *scratch: rehearse(name, kernel, world, moment, *scratch)

    def rehearse(name: str, kernel: Callable[..., Any], world: Any, now: Moment, *scratch: Any) -> Any:
        other, engine = world.copy(), model.engine
        for ledger_name, array in world.ledger.arrays().items():
            getattr(other.ledger, ledger_name)[...] = array
        lent = [column for column, array in state(world).items()
                if array.flags.writeable and not column.startswith("ledger.")]
        engine.world = other
        with other.lend(lent):
            by_hand = hands[name](other, now, *scratch)
        engine.world = world
        compiled = kernel(world, now, *scratch)
        wrong = differences(world, other) + ([] if same(compiled, by_hand) else [f"returned {compiled} and {by_hand}"])
        for line in wrong:
            tell(f"{name}, day {now.day}: {line}")
        return compiled

    Moment.stage = stage  # type: ignore[method-assign]


if __name__ == "__main__":
    told: set[str] = set()

    def once(line: str) -> None:
        """Say each stage's first difference only."""
        if line.split(",")[0] not in told:
            told.add(line.split(",")[0])
            print(line)

    trial = TerritoryModel(village(), by_hand=True)
    watch(trial, once)
    trial.run_model()
    print(f"{trial.steps} steps, {len(told)} stages that differ or have no twin")
