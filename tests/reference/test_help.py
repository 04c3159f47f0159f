"""Needs, help and functioning by the reference stages equal the compiled ones, in calm and in crisis, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.agents import default_decisions
from simulator.agents.by_hand import aid as aid_hand
from simulator.agents.by_hand import ask as ask_hand
from simulator.agents.by_hand import collective_aid as collective_aid_hand
from simulator.agents.by_hand import cope as cope_hand
from simulator.agents.by_hand import functioning as functioning_hand
from simulator.agents.by_hand import heat as heat_hand
from simulator.agents.by_hand import institution as institution_hand
from simulator.agents.by_hand import mutual_aid as mutual_aid_hand
from simulator.agents.by_hand import need as need_hand
from simulator.agents.by_hand import public_aid as public_aid_hand
from simulator.agents.by_hand import recovery as recovery_hand
from simulator.agents.by_hand import relief as relief_hand
from simulator.agents.by_hand import strike as strike_hand
from tests.phases.helping import FLOOD, HEAT, LOCKDOWN, OUTAGE, hazard, moment, play
from tests.phases.small_world import small_world
from tests.reference.compare import differences

REFERENCES = (strike_hand, need_hand, cope_hand, mutual_aid_hand, collective_aid_hand, public_aid_hand, recovery_hand,
              ask_hand, aid_hand, relief_hand, institution_hand, heat_hand, functioning_hand)


class Decider:
    """One resident's decisions about help, from the defaults of the agents."""

    def __init__(self, model, row: int) -> None:
        self.model, self.row = model, row

    @property
    def parameters(self):
        return self.model.numbers

    def dares_to_ask(self, need: int) -> bool:
        return default_decisions.decide_asking(self, need)

    def turns_to(self, need: int) -> list[int]:
        return default_decisions.choose_whom_to_ask(self, need)

    def accepts(self, request) -> bool:
        return default_decisions.decide_accepting(self, request)


@dataclass
class Model:
    """What the reference stages need of a TerritoryModel."""

    world: object
    context: object = None
    stage_cache: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        s = self.world.settings
        self.stage_name = ""
        self.numbers = SimpleNamespace(asking=s.asking.numbers, coping=s.coping.numbers, aiding=s.aiding.numbers,
                                       mutual_aid=s.mutual_aid.numbers)
        self.residents = [Decider(self, row) for row in range(len(self.world.people))]

    def cache_per_stage(self, name, make):
        if name not in self.stage_cache:
            self.stage_cache[name] = make()
        return self.stage_cache[name]

    def reference_stages(self) -> dict:
        def enter(stage, *arguments):
            self.stage_cache, self.stage_name = {}, stage.__name__
            return stage(self, *arguments)

        return {stage.__name__: partial(enter, stage) for module in REFERENCES for stage in module.REFERENCE_STAGES}


def both(seed: int, residents: int, steps, **overrides) -> tuple:
    """Play the same steps both ways and compare after each step. Returns the two worlds."""
    one, other = small_world(seed, residents), small_world(seed, residents)
    model = Model(other)
    for day, span, hazards in steps:
        play(one, moment(one, day, span, hazards, **overrides))
        model.context = moment(other, day, span, hazards, by_hand=model.reference_stages(), **overrides)
        play(other, model.context)
        assert not differences(one, other), f"day {day}"
    return one, other


@pytest.mark.parametrize("seed", [1, 2])
def test_calm_and_crisis_are_equal(seed: int) -> None:
    n = 150
    rng = np.random.default_rng(seed)
    exposures = [np.where(rng.random(n) < 0.7, rng.random(n), 0).astype(np.float32) for _ in range(4)]
    steps = [(0, 7, ()), (7, 7, ())]
    for k in range(8):
        active = [hazard(HEAT, exposures[0], k)] if k < 5 else []
        active += [hazard(LOCKDOWN, exposures[1], k - 2)] if k >= 2 else []
        active += [hazard(OUTAGE, exposures[2], k - 4)] if k >= 4 else []
        active += [hazard(FLOOD, exposures[3], k - 3)] if k >= 3 else []
        steps.append((14 + k, 1, tuple(active)))
    world, _ = both(seed, n, steps, **{"resident.check_rate": 0.1, "territory.visits": 0.5, "site.donation": 0.5,
                                       "institution.register": 0.5, "territory.phone": 0.8, "site.goods_inflow": [3.0,
                                                                                                                  0.3],
                                       "site.refuge_places": [4.0, 2.0], "resident.site_access": np.arange(n) % 4,
                                       "resident.stock": np.arange(n) % 3, "resident.reserve": np.linspace(-1, 1, n),
                                       "resident.load_sensitivity": np.linspace(0, 2, n), "resident.load_days": 14.0})
    assert world.people.received_milli.sum() > 0 and (world.people.loan >= 0).any()
