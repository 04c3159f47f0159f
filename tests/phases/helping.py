"""Small crises, and steps of the phases of needs and help, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.crises.card import Heat
from simulator.phases import aid, ask, cope, functioning, heat, institution, need, relief, reserve
from simulator.phases.step.context import StepContext
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles

PHASES = (need, cope, ask, aid, relief, reserve, institution, heat, functioning)


@dataclass
class Card:
    """The part of a crisis card that needs, institutions, heat and functioning read."""

    id: str
    mode: str
    base: list[float]
    frail: list[float] = field(default_factory=lambda: [0.0] * 4)
    carry: list[float] = field(default_factory=lambda: [0.0] * 4)
    damage: float = 0.1
    damage_by: str = "need"
    heat: Heat = field(default_factory=Heat)
    severity: float = 1.0
    days: int = 1000
    institution_delay: int = 2
    trust_loss: float = 0.0

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """float64[d] twice: base, and more per unit of frailty."""
        return np.array(self.base), np.array(self.frail)


HEAT = Card("heat", "flow", [0.05, 0.5, 0.3, 0.1], [0, 0, 1.5, 0], damage=0.12, damage_by="frailty",
            heat=Heat(dose=1.0, rise=1.0, rise_days=8))
LOCKDOWN = Card("lockdown", "event", [0.3, 0.1, 0.3, 0.2], carry=[0.8, 0.8, 0.5, 0.8])
OUTAGE = Card("outage", "stock", [3.0, 4.0, 6.0, 2.0], carry=[1.0, 1.0, 1.0, 1.0], damage=0.15)


def hazard(card: Any, exposure: np.ndarray, days_since: int) -> Any:
    """An active crisis."""
    return SimpleNamespace(card=card, started=days_since == 0, days_since=days_since, exposure=exposure,
                           restock=0.6 if card.id == "lockdown" else 1.0)


def moment(world: World, day: int, span: int, hazards: tuple = (), by_hand: dict | None = None,
           **handles: Any) -> StepContext:
    """The context of one step; tallies run from the first day of a crisis. handles: values other than the base."""
    onset = min((day - one.days_since for one in hazards), default=None)
    return StepContext(day, span, world.key, PlainHandles(world, **handles), hazards, by_hand or {}, onset=onset)


def play(world: World, context: StepContext) -> None:
    """Play the phases of needs and help once."""
    world.ledger.clear()
    for phase in PHASES:
        with world.writable(phase.WRITES):
            phase.step(world, context)
