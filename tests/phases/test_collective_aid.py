"""Collective aid: what sites, reserves and groups give in a crisis, to whom, and never more than they have."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import collective_aid
from simulator.phases.aftermath.pools import get_weekly_limits
from simulator.phases.aftermath.serving import list_open_adults
from simulator.phases.collective_aid import match_open_adults_to_sites, update_groups
from simulator.rules.need_domains import BY_GROUP, BY_RESERVE, BY_SITE, COOLING, EQUIPMENT, FOOD, POWER
from simulator.world.population.people import ASKED, HELPED_BY_GROUP, HELPED_BY_RESERVE, HELPED_BY_SITE, HIT
from simulator.world.world import World
from tests.phases.crisis_world import EVERYONE, N, hit_world, model, play_phase
from tests.phases.helping import HEAT, hazard, moment

VOICED = HIT | ASKED


def step(world: World, day: int = 1, **arguments) -> World:
    return play_phase(world, collective_aid, day, card=HEAT, since=day, **arguments)


def members(world: World) -> World:
    """The world with every adult a member of the site next to it."""
    with world.writable(["people.member"]):
        world.people.member[:] = np.where(world.people.age >= 15, world.people.candidate[:, 0], -1)
    return world


def test_sites_serve_those_who_use_them_and_the_same_all_through_a_crisis() -> None:
    hosts = []
    for day in (0, 1, 50):
        world = members(hit_world(900))
        context = moment(world, day, 1, (hazard(HEAT, EVERYONE, day),))
        hosts.append(match_open_adults_to_sites(world, context, list_open_adults(world, context)))
    assert (hosts[0] == hosts[1]).all() and (hosts[0] == hosts[2]).all()
    use = model().collective_aid.site_use
    assert abs((hosts[0] >= 0).mean() - use) < 4 * np.sqrt(use * (1 - use) / len(hosts[0]))
    sent = moment(world, 0, 1, (hazard(HEAT, EVERYONE, 0),), **{"resident.referred": 1.0})
    assert (match_open_adults_to_sites(world, sent, list_open_adults(world, sent)) >= 0).all()
    away = moment(world, 0, 1, (hazard(HEAT, EVERYONE, 0),), **{"resident.site_access": 0.0})
    assert (match_open_adults_to_sites(world, away, list_open_adults(world, away)) == -1).all()


def test_goods_are_those_of_the_pool_and_within_the_weekly_limit() -> None:
    for pool in (0, 1_000, 10**7):
        world = members(hit_world(9000, sites_pool=pool, sites_kits=0))
        step(world, span=7)
        gone = 2 * pool - int(world.sites.pool.sum(dtype=np.int64))
        assert world.ledger.goods[world.ledger.GOODS.index("distributed")] == gone
        assert world.ledger.crisis_met[BY_SITE, FOOD] >= gone and world.sites.pool.min() >= 0
        most = get_weekly_limits(world, 7)[FOOD]
        assert (9000 - world.people.crisis_backlog[world.people.age >= 15, FOOD] <= 2 * most).all()
    assert gone > 0


def test_kits_go_only_to_needs_of_their_kind() -> None:
    for kinds, lent in ((1 << POWER, 0), (1 << COOLING, 8)):
        world = members(hit_world(900, sites_kit_kinds=kinds, sites_kits=4, sites_pool=0))
        step(world)
        out = world.people.loan >= 0
        assert out.sum() == lent == 8 - world.sites.kits.sum()
        assert not world.people.crisis_backlog[out, EQUIPMENT].any()
        assert (world.people.crisis_marks[out] & HELPED_BY_SITE > 0).all()


def test_a_refuge_holds_so_many_and_none_of_the_frailest() -> None:
    for seats in (0, 5, 1000):
        world = members(hit_world(900, sites_kits=0, sites_pool=0))
        step(world, **{"site.refuge_places": float(seats), "resident.referred": 1.0})
        inside = world.people.cooled == 1
        fit = (world.people.age >= 15) & (world.people.frailty < world.settings.providing.room_frailty)
        by_site = np.bincount(world.people.member[fit], minlength=2)
        assert inside.sum() == np.minimum(seats, by_site).sum() and not inside[~fit].any()
        assert not world.people.crisis_backlog[inside, EQUIPMENT].any()


@pytest.mark.parametrize(("cut", "source"), [("sites", BY_SITE), ("volunteers", BY_RESERVE), ("groups", BY_GROUP)])
def test_a_channel_that_is_cut_gives_exactly_nothing(cut: str, source: int) -> None:
    met = []
    for cuts in ((), (cut,)):
        world = members(hit_world(9000, people_crisis_marks=VOICED, neighbourhoods_group_casual=50.0))
        step(world, cuts=cuts, **{"resident.reserve": 0.5, "site.refuge_places": 3.0})
        met.append(world.ledger.crisis_met[source].sum())
    assert met[0] > 0 and met[1] == 0


def test_without_goods_of_sites_only_hours_are_left() -> None:
    world = members(hit_world(9000, sites_pool=10**6, sites_kits=9))
    step(world, cuts=("site_goods",), **{"site.refuge_places": 30.0})
    assert (world.sites.pool == 10**6).all() and (world.sites.kits == 9).all() and (world.people.loan == -1).all()
    assert world.ledger.crisis_met[BY_SITE].sum() == world.ledger.hours_given.sum() > 0


def test_the_reserve_meets_voiced_needs_within_its_matched_hours() -> None:
    p = model().collective_aid
    for marks, served in ((HIT, False), (VOICED, True)):
        world = members(hit_world(10**6, people_crisis_marks=marks, people_functioning=1.0))
        step(world, span=7, cuts=("sites", "groups"), **{"resident.reserve": 1.0})
        met = world.ledger.crisis_met[BY_RESERVE].sum()
        able = (world.people.age >= 15) & (world.people.frailty < world.settings.coping.able)
        offered = 1000 * p.reserve_hours * world.settings.mutual_aid.hit_helper * able.sum()
        assert (met > 0) == served and met <= p.reserve_matched * offered
        assert not served or met >= p.reserve_matched * offered - 2
        assert met == world.people.lent.sum() == world.ledger.hours_given.sum() == world.ledger.hours_received.sum()
        assert ((world.people.crisis_marks & HELPED_BY_RESERVE) > 0).any() == served


def groups_after(days: int, *, cuts=(), span: int = 1, hosting: float = 1.0, **columns) -> World:
    """A world in which groups have formed for so many days; hosting: share of sites that host theirs."""
    world = hit_world(**columns)
    for day in range(0, days, span):
        context = moment(world, day, span, (hazard(HEAT, EVERYONE, day),), cuts=cuts, **{"site.group_hosting": hosting})
        with world.writable(collective_aid.WRITES):
            update_groups(world, context)
    return world


def test_groups_rise_and_fall_as_published() -> None:
    """Drury & Ntontis 2022: activity -75 % within 80 to 100 days; a student army was .7 % of a city at its peak."""
    shut = {"sites_open": 0}
    active = np.array([groups_after(days, **shut).neighbourhoods.group_casual.sum()
                       + groups_after(days, **shut).neighbourhoods.group_core.sum() for days in range(0, 160, 2)])
    peak = int(active.argmax())
    fallen = 2 * (np.flatnonzero(active[peak:] <= 0.25 * active[peak])[0])
    assert 80 <= fallen <= 100
    adults = groups_after(1).neighbourhoods.adults.sum()
    assert 0.004 < active[peak] / adults < 0.012


def test_a_host_keeps_more_of_a_group_and_weeks_are_seven_days() -> None:
    alone, hosted = groups_after(364, sites_open=0), groups_after(364)
    assert hosted.neighbourhoods.group_core.sum() > 2 * alone.neighbourhoods.group_core.sum()
    assert (groups_after(364, hosting=0.0).neighbourhoods.group_core == alone.neighbourhoods.group_core).all()
    by_week = groups_after(364, span=7)
    assert by_week.neighbourhoods.group_core == pytest.approx(hosted.neighbourhoods.group_core)
    assert by_week.neighbourhoods.group_casual == pytest.approx(hosted.neighbourhoods.group_casual)


def test_groups_are_born_only_where_somebody_is_hit() -> None:
    world = groups_after(20, people_crisis_marks=0)
    assert not world.neighbourhoods.group_casual.any()
    assert not groups_after(20, cuts=("groups",)).neighbourhoods.group_casual.any()
    world = hit_world(people_crisis_marks=0)
    with world.writable(["people.crisis_marks"]):
        world.people.crisis_marks[world.people.neighbourhood == 1] = HIT
    with world.writable(collective_aid.WRITES):
        update_groups(world, moment(world, 9, 1, (hazard(HEAT, EVERYONE, 9),)))
    assert world.neighbourhoods.group_casual[0] == 0 < world.neighbourhoods.group_casual[1]


def test_groups_serve_who_speaks_and_knows_of_them() -> None:
    for marks, known, share in ((HIT, 1.0, 0.0), (VOICED, 0.0, 0.0), (VOICED, 1.0, 1.0), (VOICED, 0.4, 0.4)):
        world = hit_world(9000, people_crisis_marks=marks, neighbourhoods_group_core=500.0, sites_open=0)
        step(world, **{"resident.group_known": known})
        adults = world.people.age >= 15
        helped = (world.people.crisis_marks[adults] & HELPED_BY_GROUP) > 0
        assert abs(helped.mean() - share) <= 4 * np.sqrt(share * (1 - share) / adults.sum())
        assert (world.people.received_milli[adults] > 0).sum() == helped.sum() and N == len(adults)
