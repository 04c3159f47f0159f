"""Crises made by hand, and steps of the phases of needs and help, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.phases import aid, ask, cope, institution, live, need, relief, reserve
from simulator.phases.step.context import Moment
from simulator.world.world import World
from tests.phases.plain_handles import PlainHandles

PHASES = (need, cope, ask, aid, relief, reserve, institution, live)


@dataclass
class Card:
    """The part of a crisis's card that needs, institutions and functioning read."""

    id: str
    mode: str
    base: list[float]
    frail: list[float] = field(default_factory=lambda: [0.0] * 4)
    carry: list[float] = field(default_factory=lambda: [0.0] * 4)
    damage: float = 0.1
    damage_by: str = "need"
    mortality_slope: float = 0.0
    institution_delay: int = 2

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """float64[d] twice: base, and more per unit of frailty."""
        return np.array(self.base), np.array(self.frail)


HEAT = Card("heat", "flow", [0.05, 0.5, 0.3, 0.1], [0, 0, 1.5, 0], damage=0.12, damage_by="frailty",
            mortality_slope=3.5)
LOCKDOWN = Card("lockdown", "event", [0.3, 0.1, 0.3, 0.2], carry=[0.8, 0.8, 0.5, 0.8])
OUTAGE = Card("outage", "stock", [3.0, 4.0, 6.0, 2.0], carry=[1.0, 1.0, 1.0, 1.0], damage=0.15)


def hazard(card: Any, exposure: np.ndarray, days_since: int) -> Any:
    """A crisis that is on."""
    return SimpleNamespace(card=card, started=days_since == 0, days_since=days_since, exposure=exposure,
                           restock=0.6 if card.id == "lockdown" else 1.0)


def moment(world: World, day: int, span: int, hazards: tuple = (), by_hand: dict | None = None,
           **turned: Any) -> Moment:
    """One step; tallies run from the first day of a crisis."""
    onset = min((day - one.days_since for one in hazards), default=None)
    return Moment(day, span, world.key, PlainHandles(world, **turned), hazards, by_hand or {}, onset=onset)


def play(world: World, now: Moment) -> None:
    """Needs arise, people cope, ask, help, and live."""
    world.ledger.clear()
    for phase in PHASES:
        with world.lend(phase.WRITES):
            phase.step(world, now)
