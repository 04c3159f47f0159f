"""Published patterns and relations of help: model 10 (M2, M4, M12) and the check of 7.7."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases import aid, ask
from simulator.rules.need_domains import ASSISTANCE, BY_KIN, BY_OFF_MAP, FOOD
from simulator.world.world import World
from tests.phases.helping import HEAT, hazard, moment, play
from tests.phases.small_world import small_world

RESIDENTS = 1200


def in_everyday_need(world: World, some: np.ndarray, domain: int, amount: int, **handles: float) -> World:
    """The world after a day on which some residents, bool[n], need so much of a domain of everyday life."""
    with world.writable(["people.need", "people.backlog"]):
        world.people.need[some, domain] = world.people.backlog[some, domain] = amount
    world.ledger.clear()
    context = moment(world, 0, 1, **handles)
    for phase in (ask, aid):
        with world.writable(phase.WRITES):
            phase.step(world, context)
    return world


def help_by_ties(least_ask: float, seed: int) -> int:
    """Need met by ties on one day when one resident in ten needs three hours of hands."""
    model = Model()
    model.asking.min_trust_to_ask = least_ask
    world = small_world(seed, RESIDENTS, model)
    in_everyday_need(world, world.people.uid % 10 == 0, ASSISTANCE, 3000)
    return int(world.ledger.met[BY_KIN:BY_OFF_MAP, ASSISTANCE].sum())


@pytest.mark.parametrize("seed", [1, 2])
def test_m2_a_lower_threshold_of_asking_does_not_lower_help_by_ties(seed: int) -> None:
    help_at = [help_by_ties(least, seed) for least in (0.30, 0.20, 0.05)]
    assert 0 < help_at[0] <= 1.01 * help_at[1] <= 1.02 * help_at[2], "but for who is asked in place of whom"
    assert help_at[2] > help_at[0]


def applications(trust: float) -> int:
    """Applications in the first week, when all else is the same."""
    model = Model()
    model.needing.rate = 0.05
    world = small_world(1, RESIDENTS, model)
    with world.writable(["people.trust_institutions"]):
        world.people.trust_institutions[:] = trust
    play(world, moment(world, 0, 7))
    return int(world.ledger.counts[world.ledger.COUNTS.index("applied")])


def test_m4_less_trust_never_raises_applications() -> None:
    made = [applications(trust) for trust in (0.0, 0.3, 0.6, 1.0)]
    assert made == sorted(made)
    assert 0 < made[0] < made[-1]


def test_m12_no_donor_ends_below_reserve() -> None:
    world = small_world(2, RESIDENTS)
    before = world.households.stock.copy()
    in_everyday_need(world, world.people.uid % 3 == 0, FOOD, 9000)
    gave = world.households.stock < before
    reserve = world.settings.aiding.reserve * world.households.size * 1000
    assert gave.sum() > 10
    assert (world.households.stock[gave] >= reserve[gave]).all()
    assert world.ledger.met[:, FOOD].sum() > 0


def isolated(world: World) -> np.ndarray:
    return world.ties.degree == 0


def test_isolation_harms_the_frail() -> None:
    """In a heat wave the frail without ties or household are met least; contact protects only through help."""
    cut, kept = small_world(5, RESIDENTS), small_world(5, RESIDENTS)
    with cut.writable(["ties.degree", "people.far_kin", "people.far_other"]):
        cut.ties.degree[:], cut.people.far_kin[:], cut.people.far_other[:] = 0, 0, 0
    everyone = np.full(RESIDENTS, 0.7, np.float32)
    for world in (cut, kept):
        for k in range(10):
            play(world, moment(world, k, 1, (hazard(HEAT, everyone, k),)))
    frail = kept.people.frailty > 0.5
    assert not isolated(kept).all()
    assert cut.people.functioning[frail].mean() < kept.people.functioning[frail].mean()
    assert cut.people.excess_hazard.sum() > kept.people.excess_hazard.sum()
    assert kept.ledger.crisis_met[[BY_KIN, BY_OFF_MAP]].all(axis=0).any()
    assert not cut.ledger.crisis_met[[BY_KIN, BY_OFF_MAP]].any(), "acquaintances next door are all they have"


def test_weekly_and_daily_calm_steps_agree() -> None:
    """I8: needs, and needs met by others, over 8 weeks in steps of 7 and of 1, within what chance allows."""
    weekly, daily = small_world(6, 4 * RESIDENTS), small_world(6, 4 * RESIDENTS)
    sums = {}
    for name, world, span in (("weekly", weekly, 7), ("daily", daily, 1)):
        total = np.zeros(2)
        for day in range(0, 56, span):
            play(world, moment(world, day, span))
            total += world.ledger.new.sum(), world.ledger.new.sum() - world.ledger.met[:2].sum()
        sums[name] = total
    assert sums["weekly"][0] == pytest.approx(sums["daily"][0], rel=0.03)
    assert sums["weekly"][1] == pytest.approx(sums["daily"][1], rel=0.10)
