"""One tie more never raises anybody's loss, where hours are unlimited and all ties are asked: an exact law.

Everybody else's draws are theirs alone, so that the worlds with and without the tie differ by its help and no more.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.rules.tie_kinds import NEIGHBOUR
from simulator.world.ties.tie import TieProposals, add_proposed_ties
from simulator.world.world import World
from tests.phases.crisis_world import model
from tests.phases.helping import FLOOD, LOCKDOWN, hazard, moment, play
from tests.phases.small_world import ADULT, small_world

N, DAYS = 120, 25
CUTS = ("trust", "power_to_act", "strangers", "sites", "volunteers", "groups", "institutions")
"""What rations help among many, or makes new ties."""


def sparse_world(seed: int) -> World:
    """A world with so few ties that one more is asked too. A refusal costs power to act, which must not count here."""
    unlimited = model(mutual_aid_spare=1e6, mutual_aid_asked=8.0, mutual_aid_tire=1e9, mutual_aid_tire_kin=1e9,
                      asking_min_trust_to_ask=0.0, aftermath_home=0.5, aftermath_power=0.0)
    world = small_world(seed, N, unlimited)
    with world.writable(["ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind", "people.far_kin",
                         "people.far_other", "people.functioning"]):
        world.ties.degree[:] = 0
        for column, nothing in (("alter", -1), ("trust", 0), ("alter_trust", 0), ("kind", 0)):
            for part in getattr(world.ties, column):
                part[:] = nothing
        world.people.far_kin[:] = np.minimum(world.people.far_kin, 2)
        world.people.functioning[:] = 1.0
        rng = np.random.default_rng(seed)
        add(world, *rng.choice(np.flatnonzero(world.people.age >= ADULT), (2, 50)), trust=0.3)
    return world


def add(world: World, i: np.ndarray, j: np.ndarray, trust: float) -> None:
    """Ties between residents of different households."""
    apart = world.people.household[i] != world.people.household[j]
    i, j = i[apart].astype(np.int32), j[apart].astype(np.int32)
    add_proposed_ties(world.ties, world.people, TieProposals(i, j, np.full(len(i), NEIGHBOUR, np.uint8),
                                                             np.full(len(i), trust), np.zeros(len(i))),
                      world.settings.contact.numbers)


def play_crisis(world: World) -> World:
    """A flood and a lockdown, within one round of asking."""
    exposure = np.ones(N, np.float32)
    for day in range(DAYS):
        on = [hazard(LOCKDOWN, exposure, day)] if day < 14 else []
        on += [hazard(FLOOD, exposure, day)] if day < 7 else []
        play(world, moment(world, day, 1, tuple(on), crisis_day=0, cuts=CUTS))
    return world


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_tie_more_raises_nobodys_loss(seed: int) -> None:
    usual = play_crisis(sparse_world(seed))
    people = usual.people
    known = usual.ties.degree.astype(int) + np.minimum(people.far_kin, 2) + np.minimum(people.far_other, 1)
    assert known.max() < 8 and people.loss_micro.sum() > 0, "one more would still be asked"
    rng, helped = np.random.default_rng(seed), 0
    adults = np.flatnonzero(usual.people.age >= ADULT)
    for _ in range(8):
        world = sparse_world(seed)
        before = int(world.ties.degree.sum())
        with world.writable(["ties.degree", "ties.alter", "ties.trust", "ties.alter_trust", "ties.kind"]):
            while int(world.ties.degree.sum()) == before:
                add(world, *rng.choice(adults, (2, 1)), trust=float(rng.uniform(0.05, 0.9)))
        play_crisis(world)
        assert (world.people.loss_micro <= usual.people.loss_micro).all()
        helped += int((world.people.loss_micro < usual.people.loss_micro).sum())
    assert helped > 0
