"""The shipped crises: whom each exposes, no effect at severity 0, effects that last into the next one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from simulator.cards.reader import CardError
from simulator.crises.active_crisis import ActiveCrisis, activate_crises, compute_service_factors, list_local_factors
from simulator.crises.card import Crisis, ExposedServices, Exposure, Heat, NeedRates, Service, Services, SiteClosure
from simulator.crises.exposure import (
    compute_exposure,
    flag_vulnerable_residents,
    select_closed_sites,
    select_evacuated_buildings,
    select_struck_neighbourhoods,
)
from simulator.engine.loop import Engine
from simulator.levers.modifiers import ModifierValues
from simulator.rules.belief import apply_loss
from tests.crises.example import CARDS, crisis, shipped
from tests.phases.small_world import small_world
from tests.properties.trial_run import HEAT, column, played, trial
from tests.reference.compare import differences

SHIPPED = ("closure", "flood", "heatwave", "heatwave_2003", "housing_evacuation", "lift_or_heating_failure", "lockdown",
           "power_cut", "price_shock", "storm_power_cut", "unrest")
WORLD = small_world(residents=300)
PEOPLE, HOMES = WORLD.people, WORLD.households
ONSET, DAYS = "2025-02-04", 5
LATER = "2025-03-04"


def short(card: Crisis, **entries) -> Crisis:
    """The crisis on the trial's dates, a few days long."""
    return replace(card, start=ONSET, days=DAYS, days_low=0, days_high=0, **entries)


@lru_cache
def calm() -> Engine:
    """The trial run with a crisis that exposes nobody and interrupts nothing, on the calendar of the others."""
    nothing = replace(HEAT, services=Services(), exposure=Exposure(), needs=NeedRates(), heat=Heat())
    return played(trial(crises=(short(nothing),)))


def test_all_are_shipped_with_their_documented_length():
    assert tuple(sorted(path.stem for path in CARDS.glob("*.yaml"))) == SHIPPED
    for name in SHIPPED:
        card = shipped(name)
        assert 0 < card.days_low <= card.days <= card.days_high and card.sources
        assert card.sources_in("en") == card.sources and not set(card.sources_in("fr")) & set(card.sources)
    assert replace(card, sources_fr=[]).sources_in("fr") == card.sources


@pytest.mark.parametrize("name", SHIPPED)
def test_severity_zero_has_no_effect_bit_for_bit(name):
    assert not differences(calm().world, played(trial(crises=(short(shipped(name), severity=0.0),))).world)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_exposes_somebody_and_more_with_severity(name):
    card = shipped(name)
    less, more = (compute_exposure(replace(card, severity=dial), WORLD) for dial in (0.5, 1.0))
    assert more.max() > 0 and (less <= more).all() and less.sum() < more.sum()


def test_price_shocks_expose_low_incomes_and_floods_ground_floors_only():
    dear = shipped("price_shock")
    rich = HOMES.quintile[PEOPLE.household] > dear.exposure.low_income_quintile
    assert rich.any() and not (compute_exposure(dear, WORLD) > 0)[rich].any()
    wet = compute_exposure(shipped("flood"), WORLD) > 0
    assert np.array_equal(wet, HOMES.floor[PEOPLE.household] == 0), "one zone floods, storm water reaches the other"
    river = replace(shipped("flood"), exposure=Exposure(flood_zone_ground_floor=1.0))
    zone = WORLD.neighbourhoods.flood_zone[PEOPLE.neighbourhood] == 1
    assert np.array_equal(compute_exposure(river, WORLD) > 0, zone & (HOMES.floor[PEOPLE.household] == 0))


def test_failed_lifts_expose_the_old_the_ill_and_those_with_a_pram_by_floor():
    card = crisis(exposure=Exposure(lift_failure=0.6, heating_failure=0.4))
    got = compute_exposure(card, WORLD)
    floor, home = HOMES.floor[PEOPLE.household], PEOPLE.building
    concerned = (WORLD.buildings.failing[home] == 1) & flag_vulnerable_residents(WORLD)
    stairs = np.clip((floor - 2.0) / 6, 0, 1) * WORLD.buildings.lift[home]
    assert got == pytest.approx(np.where(concerned, 0.6 * stairs + 0.4, 0.0)) and 0 < concerned.sum() < len(floor)
    pram = np.isin(PEOPLE.household, PEOPLE.household[PEOPLE.age < 3]) & (PEOPLE.age >= 18)
    assert flag_vulnerable_residents(WORLD)[pram | (PEOPLE.age >= 70) | (PEOPLE.frailty >= 0.4)].all()


def test_struck_places_are_nested_and_never_none():
    def hit(**spec):
        return crisis(exposure=Exposure(**spec), sites=SiteClosure("struck_neighbourhoods", 1.0, Service(0.0)))

    few, all_ = (select_struck_neighbourhoods(hit(neighbourhood=1, neighbourhood_share=share), WORLD)
                 for share in (0.0, 1.0))
    assert few.sum() == 1 and all_.all()
    among = select_struck_neighbourhoods(hit(neighbourhood=1, neighbourhood_share=1.0, neighbourhood_among="priority"),
                                         WORLD)
    assert np.array_equal(among, WORLD.neighbourhoods.priority == 1)
    assert select_evacuated_buildings(hit(evacuated=1), WORLD).tolist() == (WORLD.buildings.failing == 1).tolist()
    one = hit(neighbourhood=1)
    assert np.array_equal(select_closed_sites(one, WORLD),
                          select_struck_neighbourhoods(one, WORLD)[WORLD.sites.neighbourhood])


def test_members_of_a_closed_site_are_exposed():
    card = crisis(exposure=Exposure(site_users=0.5), sites=SiteClosure("flooded", 1.0, Service(0.0)))
    shut = np.flatnonzero(WORLD.neighbourhoods.flood_zone[WORLD.sites.neighbourhood])
    assert np.array_equal(compute_exposure(card, WORLD) > 0, np.isin(PEOPLE.member, shut)) and len(shut) == 1


def acting(card: Crisis) -> ActiveCrisis:
    return ActiveCrisis(card, 100)


def test_only_exposed_residents_lose_visits_and_site_access():
    services = ExposedServices(contact=Service(0.4), site_access=Service(0.0))
    one = acting(crisis(exposure=Exposure(heat_island=1.0), exposed_services=services,
                        sites=SiteClosure("everywhere", 1.0, Service(0.5, until_days=3)), days=9))
    modified = ModifierValues(WORLD, day=100, local=list_local_factors([one], 100, WORLD))
    exposed = compute_exposure(one.card, WORLD) > 0
    assert np.array_equal(modified.resident("contact"), np.where(exposed, np.float32(0.4), np.float32(1)))
    assert np.array_equal(modified.resident("site_access"), np.where(exposed, 0, 1).astype(np.float32))
    assert exposed.any() and (modified.site("activity") == 0.5).all()
    assert set(modified.list_modified_handles()) == {"resident.contact", "resident.site_access", "site.activity"}
    later = ModifierValues(WORLD, day=103, local=list_local_factors([one], 103, WORLD))
    assert (later.site("activity") == 1).all()
    assert not list_local_factors([one], 109, WORLD) and not list_local_factors([one], 99, WORLD)


def test_a_service_comes_back_on_its_day():
    one = acting(crisis(services=Services(visits=Service(0.5, until_days=8)), days=35))
    assert [compute_service_factors([one], day) for day in (107, 108)] == [{"territory.visits": 0.5}, {}]


def test_trust_is_lost_on_the_first_day_by_exposure():
    from simulator.phases import fund
    from simulator.phases.step.context import StepContext
    from tests.phases.plain_handles import PlainHandles

    world = WORLD.copy()
    before = world.people.trust_institutions.copy()
    one = acting(crisis(exposure=Exposure(base=0.2, heat_island=0.6), trust_loss=0.3))
    for day in (100, 101):
        with world.writable(fund.WRITES):
            fund.step(world, StepContext(day, 1, world.key, PlainHandles(world), [one.state_at(day, 1, world)]))
    pairs = zip(before, compute_exposure(one.card, WORLD), strict=True)
    shaken = [np.float32(apply_loss(float(v), 0.3 * float(e))) for v, e in pairs]
    assert np.array_equal(world.people.trust_institutions, np.array(shaken, np.float32))


def test_an_exposed_household_restocks_more_slowly():
    from simulator.phases.cope import compute_restock_share
    from tests.phases.helping import moment

    one = acting(crisis(exposure=Exposure(heat_island=0.5), exposed_services=ExposedServices(restock=Service(0.2))))
    left = compute_restock_share(WORLD, moment(WORLD, 100, 1, (one.state_at(100, 1, WORLD),)))
    exposed = compute_exposure(one.card, WORLD)[HOMES.first] > 0
    assert left == pytest.approx(np.where(exposed, 0.6, 1.0)) and exposed.any() and not exposed.all()


class Epoch:
    """A calendar that counts days from the first day of the trial run."""

    def day(self, iso):
        import datetime
        return (datetime.date.fromisoformat(iso) - datetime.date(2024, 12, 9)).days


def test_a_crisis_that_comes_back_is_played_again():
    card = short(shipped("heatwave"), again=[LATER])
    assert [one.start_day for one in activate_crises([card], Epoch())] == [57, 85]
    engine = played(trial(crises=(card,), recovery_days=14, horizon_days=60))
    day, span, level = (column(engine, name) for name in ("day", "span", "functioning"))
    assert (span[(day >= 84) & (day < 104)] == 1).all()
    dips = [float(level[(day >= begins) & (day < begins + 14)].min()) for begins in (57, 85)]
    between = float(level[(day >= 77) & (day < 85)].max())
    assert max(dips) < between <= 1


@pytest.mark.parametrize(("again", "message"), [
    (["2025-02-06"], "again.0 = 2025-02-06: expected a date at least 5 days after the one before"),
    (["soon"], "again.0 = 'soon': expected a date"),
    (["2025-04-01", "2025-03-01"], "again.1 = 2025-03-01: expected a date at least 5 days"),
])
def test_invalid_dates(again, message):
    with pytest.raises(CardError, match=message.replace(".", r"\.")):
        short(shipped("heatwave"), again=again).check()


def test_a_length_beyond_what_is_documented_is_refused():
    with pytest.raises(CardError, match="days = 40: expected 5 to 20 days"):
        replace(shipped("heatwave"), days=40).check()


@lru_cache
def at_second_onset(first: bool) -> Engine:
    """The trial run stopped at the onset of a second crisis, with or without a first one before it."""
    hard = short(HEAT, trust_loss=0.5, severity=1.0 if first else 0.0)
    engine = Engine(trial(crises=(hard, replace(hard, id="second", start=LATER, severity=1.0)), recovery_days=14,
                          horizon_days=60))
    while engine.day < Epoch().day(LATER):
        engine.step()
    return engine


def test_effects_of_a_first_crisis_last_until_the_second_begins():
    after_crisis, calm_before = at_second_onset(True), at_second_onset(False)
    people, others = after_crisis.world.people, calm_before.world.people
    living = people.alive == 1
    assert people.trust_institutions[living].mean() < others.trust_institutions[living].mean() - 0.05
    assert people.load[living].mean() > others.load[living].mean()
    assert not np.array_equal(people.agency, others.agency)
    assert not np.array_equal(after_crisis.world.ties.trust, calm_before.world.ties.trust)
    sites, other_sites = after_crisis.world.sites, calm_before.world.sites
    assert not np.array_equal(sites.kits, other_sites.kits) or sites.lost_kits.any() or (people.loan >= 0).any()


def test_crises_that_overlap_cut_services_together():
    one, two = (replace(crisis(id=name, days=5), services=Services(visits=Service(0.5))) for name in ("one", "two"))
    assert compute_service_factors([acting(one), acting(two)], 100) == {"territory.visits": 0.25}
