"""Fund: euros are conserved, grants and closures follow their rates, closures cost trust."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.parameters import Model
from simulator.phases import fund
from simulator.phases.step.context import StepContext
from simulator.rules.belief import apply_loss
from simulator.rules.funding import closing_probability
from tests.phases.plain_handles import PlainHandles
from tests.phases.small_world import small_world


def play(world, day: int, years: tuple[int, ...] = (), **handles) -> None:
    world.ledger.clear()
    context = StepContext(day, 7, world.key, PlainHandles(world, **handles), new_years=years)
    with world.writable(fund.WRITES):
        fund.step(world, context)


def test_euros_are_conserved() -> None:
    """V3: grants + own - wages - running = change of reserves, to the thousandth."""
    world = small_world(2)
    for day in range(0, 1100, 7):
        before = int(world.sites.reserve.sum())
        play(world, day, (2026,) if day == 357 else (2027,) if day == 728 else ())
        grants, own, wages, running = (int(x) for x in world.ledger.money)
        assert grants + own - wages - running == int(world.sites.reserve.sum()) - before


def test_a_site_with_all_grants_breaks_even() -> None:
    world = small_world(2)
    before = world.sites.reserve.copy()
    for day in range(0, 364, 7):
        play(world, day)
    cost = world.settings.funding.post * 1.4 * 1000 * world.sites.staff
    assert (np.abs(world.sites.reserve - before) < 0.001 * cost).all()
    assert (world.sites.share == 1).all()


def test_one_lost_grant_is_bridged_then_posts_are_cut() -> None:
    world = small_world(2)
    with world.writable(["sites.grants"]):
        world.sites.grants[:] = 3
    shares = []
    for day in range(0, 2100, 7):
        play(world, day)
        shares.append(float(world.sites.share[0]))
    assert shares[0] == 1 and shares[-1] < 1
    # Two grants of three leave 5/6 of the income: posts bear the missing sixth of 1.4 times the wages.
    assert shares[-1] == pytest.approx(1 - 1.4 / 6, abs=0.02)
    assert world.sites.open.all()


def test_closure_rate_of_three_independent_grants() -> None:
    """P(two or more of three lost), its closed form: 4 % a year, as 3.9 % of associations stop; bound at 1e-6."""
    expected = closing_probability(Model().funding.renewal)
    assert expected == pytest.approx(0.039, abs=0.005)
    world, closed, years = small_world(2), 0, 4000
    handles = PlainHandles(world)
    for year in range(years):
        with world.writable(fund.WRITES):
            closed += int(fund.renew_grants(world, StepContext(0, 7, world.key, handles, new_years=(year,))).sum())
    draws = years * len(world.sites)
    assert abs(closed / draws - expected) < 5 * np.sqrt(expected / draws)


def test_a_new_team_takes_over_a_closed_site_but_not_one_of_a_lever() -> None:
    world = small_world(2)
    with world.writable(["sites.open", "sites.planned", "sites.grants", "people.host_trust"]):
        world.sites.open[:], world.sites.planned[:], world.sites.grants[:] = 0, [0, 1], 0
        world.people.host_trust[:] = 0.9
    opened = 0
    for day in range(0, 7 * 52 * 8, 7):
        play(world, day)
        opened += int(world.ledger.counts[world.ledger.COUNTS.index("sites_opened")])
    assert opened == 1 and world.sites.open.tolist() == [1, 0] and world.sites.grants.tolist() == [7, 0]
    first_trust = np.float32(world.settings.start.host_trust)
    is_first = world.people.candidate == 0
    assert (world.people.host_trust[is_first] == first_trust).all()
    assert (world.people.host_trust[~is_first] == np.float32(0.9)).all()


def test_the_wait_for_a_new_team_is_as_long_as_declared() -> None:
    world, vacancy = small_world(2), Model().funding.vacancy
    context, waits = PlainHandles(world), []
    with world.writable(fund.WRITES):
        for start in range(0, 7 * 4000, 7):
            if world.sites.open[0]:
                waits.append(0)
                world.sites.open[0] = 0
            fund.reopen_sites(world, StepContext(start, 7, world.key, context))
            waits[-1] += 7
    assert np.mean(waits) == pytest.approx(vacancy, rel=0.25) and len(waits) > 100


def test_secured_grants_never_lapse() -> None:
    world = small_world(2)
    for year in range(60):
        play(world, 7 * year, (year,), **{"site.grant_renewal": 1.0})
    assert world.sites.open.all() and (world.sites.grants == 7).all()


def test_closing_takes_members_and_trust() -> None:
    world = small_world(2)
    members = np.flatnonzero(world.people.member == 0)
    trust = world.people.trust_institutions[members].copy()
    play(world, 357, (2026,), **{"site.grant_renewal": [0.0, 1.0]})
    p = world.settings.meeting
    assert not world.sites.open[0] and world.sites.open[1]
    assert (world.people.member[members] == -1).all() and (world.people.waiting != 0).all()
    expected = [np.float32(apply_loss(v, p.aid * p.asymmetry)) for v in trust]
    np.testing.assert_array_equal(world.people.trust_institutions[members], expected)


def test_kits_arrive_once() -> None:
    world = small_world(2)
    before = world.sites.kits.copy()
    for day in (0, 7, 14):
        play(world, day, **{"site.kits_given": [25.0, 0.0]})
    assert (world.sites.kits - before).tolist() == [25, 0]
