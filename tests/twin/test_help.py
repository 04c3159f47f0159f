"""Needs, help and functioning played resident by resident equal the kernels bit for bit, in calm and in crisis."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.agents import choices
from simulator.agents.by_hand import aid as aid_hand
from simulator.agents.by_hand import ask as ask_hand
from simulator.agents.by_hand import cope as cope_hand
from simulator.agents.by_hand import institution as institution_hand
from simulator.agents.by_hand import live as live_hand
from simulator.agents.by_hand import need as need_hand
from simulator.agents.by_hand import relief as relief_hand
from simulator.agents.by_hand import reserve as reserve_hand
from tests.phases.helping import HEAT, LOCKDOWN, OUTAGE, hazard, moment, play
from tests.phases.small_world import small_world
from tests.twin.compare import differences

HANDS = (need_hand, cope_hand, ask_hand, aid_hand, relief_hand, reserve_hand, institution_hand,
         live_hand)


class Decider:
    """One resident's decisions about help, from the defaults of the agents."""

    def __init__(self, model, row: int) -> None:
        self.model, self.row = model, row

    @property
    def rules(self):
        return self.model.numbers

    def dares_to_ask(self, need: int) -> bool:
        return choices.asks(self, need)

    def turns_to(self, need: int) -> list[int]:
        return choices.targets(self, need)

    def accepts(self, request) -> bool:
        return choices.accepts(self, request)


@dataclass
class Model:
    """What the twins need of a TerritoryModel."""

    world: object
    now: object = None
    notes: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        s = self.world.settings
        self.numbers = SimpleNamespace(asking=s.asking.numbers, coping=s.coping.numbers, aiding=s.aiding.numbers)
        self.residents = [Decider(self, row) for row in range(len(self.world.people))]

    def note(self, name, make):
        if name not in self.notes:
            self.notes[name] = make()
        return self.notes[name]

    def hands(self) -> dict:
        def enter(twin, *scratch):
            self.notes = {}
            return twin(self, *scratch)

        return {name: partial(enter, twin) for module in HANDS for name, twin in module.HAND.items()}


def both(seed: int, residents: int, steps, **turned) -> tuple:
    """Play the same steps compiled and by hand; the two worlds, compared after each step."""
    one, other = small_world(seed, residents), small_world(seed, residents)
    model = Model(other)
    for day, span, hazards in steps:
        play(one, moment(one, day, span, hazards, **turned))
        model.now = moment(other, day, span, hazards, by_hand=model.hands(), **turned)
        play(other, model.now)
        assert not differences(one, other), f"day {day}"
    return one, other


@pytest.mark.parametrize("seed", [1, 2])
def test_calm_and_crisis(seed: int) -> None:
    n = 150
    rng = np.random.default_rng(seed)
    some = [np.where(rng.random(n) < 0.7, rng.random(n), 0).astype(np.float32) for _ in range(3)]
    steps = [(0, 7, ()), (7, 7, ())]
    for k in range(8):
        on = [hazard(HEAT, some[0], k)] if k < 5 else []
        on += [hazard(LOCKDOWN, some[1], k - 2)] if k >= 2 else []
        on += [hazard(OUTAGE, some[2], k - 4)] if k >= 4 else []
        steps.append((14 + k, 1, tuple(on)))
    world, _ = both(seed, n, steps, **{"resident.check_rate": 0.1, "territory.meet": 0.5, "site.donation": 0.5,
                                       "institution.register": 0.5, "territory.phone": 0.8, "site.inflow": [3.0, 0.3],
                                       "site.refuge": [4.0, 2.0], "resident.at_site": np.arange(n) % 4,
                                       "resident.stock": np.arange(n) % 3, "resident.reserve": np.linspace(-1, 1, n),
                                       "resident.load_felt": np.linspace(0, 2, n), "resident.load_days": 14.0})
    assert world.people.received.sum() > 0 and (world.people.loan >= 0).any()
