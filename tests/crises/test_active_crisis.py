"""Crises during a run: days, exposure, services."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cards.reader import CardError
from simulator.crises.active_crisis import (
    ActiveCrisis,
    activate_crises,
    compute_service_factors,
    compute_service_level,
    list_local_factors,
)
from simulator.crises.card import Exposure, Heat, Service, Services
from tests.crises.example import crisis, shipped
from tests.phases.small_world import small_world

WORLD = small_world()


class Calendar:
    def day(self, iso):
        return {"2027-01-04": 700, "2027-02-01": 728}[iso]


def test_it_is_on_for_its_days_and_starts_once():
    active = ActiveCrisis(crisis(days=3), 702)
    seen = [active.state_at(day, 1, WORLD) for day in range(700, 707)]
    days = [state and (state.started, state.days_since) for state in seen]
    assert days == [None, None, (True, 0), (False, 1), (False, 2), None, None]
    assert active.state_at(696, 7, WORLD).started and active.state_at(695, 7, WORLD) is None
    assert seen[2].exposure is seen[3].exposure and seen[2].card is active.card


def test_severity_zero_has_no_effect():
    none = crisis(severity=0.0, services=Services(visits=Service(0.1)))
    assert activate_crises([none], Calendar()) == () and compute_service_factors([ActiveCrisis(none, 0)], 0) == {}
    assert ActiveCrisis(none, 0).state_at(0, 1, WORLD) is None


def test_they_are_sorted_and_each_id_is_unique():
    late = crisis(id="a", start="2027-02-01")
    got = activate_crises([late, crisis(id="c"), crisis(id="b")], Calendar())
    assert [(one.card.id, one.start_day) for one in got] == [("b", 700), ("c", 700), ("a", 728)]
    with pytest.raises(CardError, match="crisis a is listed twice"):
        activate_crises([late, late], Calendar())


def test_need_after_the_cushion_begins_household_by_household():
    card = crisis(days=365, exposure=Exposure(base=1, after_cushion=True, income_gap=0.2))
    active = ActiveCrisis(card, 0)
    days = WORLD.households.cushion[WORLD.people.household] / np.float32(0.2)
    for day in (0, 100, 364):
        assert np.array_equal(active.state_at(day, 1, WORLD).exposure > 0, days <= day)


def test_services_of_overlapping_crises_multiply_in_any_order():
    one = ActiveCrisis(crisis(id="a", services=Services(visits=Service(0.5), restocking=Service(0.3))), 0)
    two = ActiveCrisis(crisis(id="b", services=Services(visits=Service(0.7)), severity=0.5), 5)
    before, both, after, none = (compute_service_factors([one, two], day) for day in (4, 6, 12, 15))
    assert before == pytest.approx({"territory.visits": 0.5, "territory.restocking": 0.3})
    assert both == compute_service_factors([two, one], 6)
    assert both["territory.visits"] == pytest.approx(0.5 * 0.85)
    assert after == pytest.approx({"territory.visits": 0.85}) and none == {}


def test_a_telephone_fades():
    phone = Service(0.4, after_days=1, fade_days=2)
    assert [compute_service_level(phone, days, 1.0) for days in range(5)] == pytest.approx([1, 0.7, 0.4, 0.4, 0.4])
    sudden = Service(0.3, after_days=1)
    assert [compute_service_level(sudden, days, 1.0) for days in range(2)] == pytest.approx([1, 0.3])


@given(st.floats(0, 1), st.floats(0, 2), st.floats(0, 2), st.integers(0, 20))
def test_more_severity_never_leaves_more(level, one, other, since):
    low, high = sorted([one, other])
    service = Service(level, after_days=2, fade_days=5)
    assert 0 <= compute_service_level(service, since, high) <= compute_service_level(service, since, low) <= 1
    assert compute_service_level(service, since, 0.0) == 1.0


def test_documented_services_in_a_lockdown():
    got = compute_service_factors([ActiveCrisis(shipped("lockdown"), 0)], 10)
    assert got == {f"territory.{name}": pytest.approx(left) for name, left in
                   (("site_activity", 0.2), ("visits", 0.15), ("institution_capacity", 0.6))}
    severe = ActiveCrisis(replace(shipped("lockdown"), severity=2.0), 0)
    assert compute_service_factors([severe], 10)["territory.site_activity"] == 0


def test_plans_against_heat_outlast_it_and_act_once():
    """Deaths lag behind the heat; a wave that comes back meanwhile does not double the plan, whatever the order."""
    wave = crisis(id="wave", days=5, heat=Heat(dose=1.0, after_days=10, awareness=0.4, care=0.5, calls=0.0))
    old = crisis(id="old", days=5, heat=Heat(dose=1.0, after_days=10))
    waves = [ActiveCrisis(wave, 0), ActiveCrisis(wave, 12)]
    plan = {"territory.heat_awareness": 0.4, "territory.heat_care": 0.5}
    for active in (waves, waves[::-1]):
        assert [compute_service_factors(active, day) for day in (-1, 0, 4, 14, 26, 27)] == [{}, *[plan] * 4, {}]
        assert [len(list_local_factors(active, day, WORLD)) for day in (-1, 0, 14, 27)] == [0, 1, 1, 0]
    assert compute_service_factors([waves[0], ActiveCrisis(old, 3)], 3) == {}, "the wave that began last"
    none = ActiveCrisis(replace(wave, severity=0.0), 0), ActiveCrisis(replace(wave, heat=Heat(awareness=0.4)), 0)
    assert not any(compute_service_factors([one], 0) for one in none), "no severity, or no heat"
