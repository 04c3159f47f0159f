"""Hours, goods and needs balance to the last thousandth for any parameters; order and threads change nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.crises.card import Heat
from simulator.parameters import Model
from simulator.rules.need_domains import BY_GROUP, BY_INSURANCE, BY_RESERVE, SOURCES
from simulator.world.world import World
from tests.phases.helping import FLOOD, HEAT, LOCKDOWN, OUTAGE, hazard, moment, play
from tests.phases.relabel import mismatches, relabelled
from tests.phases.small_world import small_world
from tests.pieces import on_threads
from tests.reference.compare import differences

RESIDENTS = 240
OVERRIDES = {"territory.restocking": 0.4, "site.donation": 0.5, "resident.check_rate": 0.2, "institution.register": 0.3,
             "site.goods_inflow": 1.3, "site.refuge_places": 3.0, "resident.reserve": 0.1}


def goods(world: World, name: str) -> int:
    return int(world.ledger.goods[world.ledger.GOODS.index(name)])


def stocks(world: World) -> dict[str, np.ndarray]:
    """What there is of needs, goods and loans."""
    return {"backlog": world.people.backlog.sum(0), "crisis": world.people.crisis_backlog.sum(0, dtype=np.int64),
            "aftermath": world.households.aftermath.sum(0, dtype=np.int64),
            "stock": world.households.stock.sum(dtype=np.int64),
            "pool": world.sites.pool.sum(), "kits": world.sites.kits.sum(), "loans": (world.people.loan >= 0).sum(),
            "lent": np.int64(0)}


def balance(world: World, before: dict[str, np.ndarray]) -> None:
    """V1, V2 and V4 of one step, compared with ==."""
    ledger, after = world.ledger, stocks(world)
    assert (ledger.hours_given == ledger.hours_received).all()
    assert ledger.hours_given.sum() == world.people.lent.sum()
    assert (ledger.new + ledger.carried == ledger.met.sum(0) + ledger.unmet).all()
    assert (ledger.unmet == after["backlog"]).all()
    assert (before["backlog"] == ledger.carried + ledger.faded).all()
    assert (ledger.crisis_new + ledger.crisis_carried == ledger.crisis_met.sum(0) + ledger.crisis_unmet).all()
    assert (before["crisis"] == ledger.crisis_carried).all()
    assert (after["crisis"] == ledger.crisis_unmet - ledger.crisis_faded).all()
    gone = ledger.aftermath_met.sum(0) + ledger.aftermath_given_up
    assert (after["aftermath"] - before["aftermath"] == ledger.aftermath_made + ledger.aftermath_scars - gone).all()
    assert (ledger.aftermath_open == after["aftermath"]).all()
    out = goods(world, "consumed") + goods(world, "shared") + goods(world, "donated")
    assert after["stock"] - before["stock"] == goods(world, "restocked") - out
    into = goods(world, "donated") + goods(world, "delivered")
    assert after["pool"] - before["pool"] == into - goods(world, "distributed")
    into = goods(world, "kits_returned") + goods(world, "kits_added")
    assert after["kits"] - before["kits"] == into - goods(world, "kits_lent")
    back = goods(world, "kits_returned") + goods(world, "kits_lost")
    assert after["loans"] - before["loans"] == goods(world, "kits_lent") - back
    world.check()


def steps(seed: int, residents: int) -> list[tuple[int, int, tuple]]:
    """Two calm weeks, ten days with four crises that overlap, two weeks in which only their aftermath is left."""
    rng = np.random.default_rng(seed)
    exposures = [np.where(rng.random(residents) < 0.7, rng.random(residents), 0).astype(np.float32) for _ in range(4)]
    out: list[tuple[int, int, tuple]] = [(0, 7, ()), (7, 7, ())]
    for k in range(10):
        days = ((HEAT, k, 6), (LOCKDOWN, k - 2, 9), (OUTAGE, k - 3, 4), (FLOOD, k - 1, 7))
        active = (hazard(card, exposures[n], since) for n, (card, since, last) in enumerate(days) if 0 <= since < last)
        out.append((14 + k, 1, tuple(active)))
    return [*out, (24, 7, ()), (31, 7, ())]


LAST_CRISIS = 17
"""Day on which the last of these crises begins."""


def step(world: World, day: int, span: int, hazards: tuple) -> None:
    """Play one of these steps."""
    over = LAST_CRISIS if day >= 24 else None
    play(world, moment(world, day, span, hazards, crisis_day=over, **OVERRIDES))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), spare=st.floats(0, 1), reserve=st.floats(1, 7), act=st.floats(0.5, 3),
       rate=st.floats(0.005, 0.05), carry=st.floats(0, 1), lost=st.floats(0, 0.1), capacity=st.floats(2, 40))
def test_flows_balance(seed: int, spare: float, reserve: float, act: float, rate: float, carry: float, lost: float,
                       capacity: float) -> None:
    model = Model()
    model.aiding.spare, model.aiding.reserve, model.aiding.act = spare, reserve, act
    model.needing.rate, model.needing.carry = rate, carry
    model.aiding.loan_lost, model.aiding.capacity = lost, capacity
    model.mutual_aid.spare, model.aftermath.scar, model.aftermath.wait = 2 * spare, lost * 6, 5.0
    model.displacement.notice_return = rate
    world = small_world(seed % 1000, RESIDENTS, model)
    for day, span, hazards in steps(seed, RESIDENTS):
        before = stocks(world)
        step(world, day, span, hazards)
        balance(world, before)


@pytest.fixture(scope="module")
def played() -> World:
    world = small_world(3, RESIDENTS)
    for day, span, hazards in steps(3, RESIDENTS):
        step(world, day, span, hazards)
    return world


def test_the_trial_exercises_every_source() -> None:
    world, met, in_crisis, served = small_world(3, RESIDENTS), 0, 0, 0
    for day, span, hazards in steps(3, RESIDENTS):
        step(world, day, span, hazards)
        met, in_crisis = met + world.ledger.met, in_crisis + world.ledger.crisis_met
        served = served + world.ledger.aftermath_met
    everyday = set(range(len(SOURCES))) - {BY_RESERVE, BY_GROUP, BY_INSURANCE}
    assert set(np.flatnonzero(met.sum(1)).tolist()) == everyday
    assert (in_crisis.sum(1) > 0).sum() >= len(SOURCES) - 1, "all but insurance, which pays for damage"
    assert (served.sum(1) > 0).sum() >= 8


def test_the_order_of_rows_changes_nothing(played: World) -> None:
    world, order, house_order = relabelled(small_world(3, RESIDENTS), 8)
    for day, span, hazards in steps(3, RESIDENTS):
        moved = tuple(hazard(one.card, one.exposure[order], one.days_since) for one in hazards)
        step(world, day, span, moved)
    assert not mismatches(played, world, order, house_order)


def test_threads_change_nothing(played: World) -> None:
    with on_threads(2):
        world = small_world(3, RESIDENTS)
        for day, span, hazards in steps(3, RESIDENTS):
            step(world, day, span, hazards)
    assert not differences(played, world)


def test_the_order_of_crises_changes_nothing(played: World) -> None:
    world = small_world(3, RESIDENTS)
    for day, span, hazards in steps(3, RESIDENTS):
        step(world, day, span, hazards[::-1])
    assert not differences(played, world)


def test_a_crisis_without_exposure_is_no_crisis() -> None:
    """M6: zero exposure equals calm on the same calendar, except for the tallies that begin with a crisis.

    Heat spares nobody, whatever their exposure: the crisis here is without it.
    """
    one, other = small_world(4, RESIDENTS), small_world(4, RESIDENTS)
    for world in (one, other):  # as before any crisis: whoever is low climbs back once one has begun
        with world.writable(["people.functioning"]):
            world.people.functioning[:] = 1
    nobody = np.zeros(RESIDENTS, np.float32)
    for k in range(5):
        play(one, moment(one, k, 1))
        play(other, moment(other, k, 1, (hazard(replace(HEAT, heat=Heat()), nobody, k),)))
    tallies = ("loss_micro", "given_milli", "received_milli", "first_need", "first_contact")
    assert all(line.split(":")[0].removeprefix("people.") in tallies for line in differences(one, other))
