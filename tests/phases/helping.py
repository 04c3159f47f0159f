"""Small crises, and steps of the phases of needs and help, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.crises.card import Damage, DamageSize, Heat
from simulator.phases import (
    aid,
    ask,
    collective_aid,
    cope,
    functioning,
    heat,
    institution,
    mutual_aid,
    need,
    public_aid,
    recovery,
    relief,
    strike,
)
from simulator.phases.step.context import StepContext
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import ADULT

PHASES = (strike, need, cope, mutual_aid, collective_aid, public_aid, recovery, ask, aid, relief, institution, heat,
          functioning)


@dataclass
class Card:
    """The part of a crisis card that needs, institutions, heat and functioning read."""

    id: str
    mode: str
    base: list[float]
    frail: list[float] = field(default_factory=lambda: [0.0] * 4)
    carry: list[float] = field(default_factory=lambda: [0.0] * 4)
    kinds: list[str] = field(default_factory=list)
    damage: Damage = field(default_factory=Damage)
    displaced: float = 0.0
    lodged: float = -1.0
    heat: Heat = field(default_factory=Heat)
    severity: float = 1.0
    days: int = 1000
    institution_delay: int = 2
    trust_loss: float = 0.0

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """float64[d] twice: base, and more per unit of frailty."""
        return np.array(self.base), np.array(self.frail)


HEAT = Card("heat", "flow", [0.05, 0.5, 0.3, 0.1], [0, 0, 1.5, 0], kinds=["cooling"],
            heat=Heat(dose=1.0, rise=1.0, rise_days=8))
LOCKDOWN = Card("lockdown", "event", [0.3, 0.1, 0.3, 0.2], carry=[0.8, 0.8, 0.5, 0.8])
OUTAGE = Card("outage", "stock", [3.0, 4.0, 6.0, 2.0], carry=[1.0, 1.0, 1.0, 1.0], kinds=["power"])
FLOOD = Card("flood", "flow", [0.2, 0.4, 0.3, 0.1], carry=[0.8, 0.8, 0.8, 0.8], kinds=["shelter", "tools"],
             damage=Damage(0.6, *(DamageSize(hours) for hours in (8.0, 20.0, 12.0, 5.0))), displaced=0.3)


def hazard(card: Any, exposure: np.ndarray, days_since: int) -> Any:
    """An active crisis."""
    return SimpleNamespace(card=card, started=days_since == 0, days_since=days_since, exposure=exposure,
                           restock=0.6 if card.id == "lockdown" else 1.0, need_weights=None)


def moment(world: World, day: int, span: int, hazards: tuple = (), by_hand: dict | None = None, *,
           crisis_day: int | None = None, cuts: tuple[str, ...] = (), **handles: Any) -> StepContext:
    """The context of one step; tallies run from the first day of a crisis. handles: values other than the base.

    crisis_day: first day of a crisis that is over. Adults alone have needs of a crisis, all in full.
    """
    starts = [day - one.days_since for one in hazards] + ([] if crisis_day is None else [crisis_day])
    for one in (hazard for hazard in hazards if hazard.need_weights is None):
        one.need_weights = np.repeat((world.people.age >= ADULT)[:, None], 4, axis=1).astype(np.float32)
    delay = max(hazards, key=lambda one: -one.days_since).card.institution_delay if hazards else 0
    return StepContext(day, span, world.key, PlainHandles(world, **handles), hazards, by_hand or {},
                       onset=min(starts, default=None), crisis_day=max(starts, default=None), crisis_delay=delay,
                       cuts=frozenset(cuts))


def play(world: World, context: StepContext) -> None:
    """Play the phases of needs and help once."""
    world.ledger.clear()
    for phase in PHASES:
        with world.writable(phase.WRITES):
            phase.step(world, context)
