"""A crisis in a run."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cards.reader import CardError
from simulator.crises.active import ActiveCrisis, activate, left_of, services
from simulator.crises.card import Exposure, Service, Services
from tests.crises.example import crisis, shipped
from tests.phases.small_world import small_world

WORLD = small_world()


class Calendar:
    def day(self, iso):
        return {"2027-01-04": 700, "2027-02-01": 728}[iso]


def test_it_is_on_for_its_days_and_starts_once():
    active = ActiveCrisis(crisis(days=3), 702)
    seen = [active.at(day, 1, WORLD) for day in range(700, 707)]
    assert [now and (now.started, now.days_since) for now in seen] == [None, None, (True, 0), (False, 1), (False, 2),
                                                                       None, None]
    assert active.at(696, 7, WORLD).started and active.at(695, 7, WORLD) is None
    assert seen[2].exposure is seen[3].exposure and seen[2].card is active.card


def test_zero_severity_is_no_crisis():
    none = crisis(severity=0.0, services=Services(meet=Service(0.1)))
    assert activate([none], Calendar()) == () and services([ActiveCrisis(none, 0)], 0) == {}
    assert ActiveCrisis(none, 0).at(0, 1, WORLD) is None


def test_they_are_sorted_and_named_once():
    late = crisis(id="a", start="2027-02-01")
    got = activate([late, crisis(id="c"), crisis(id="b")], Calendar())
    assert [(one.card.id, one.start_day) for one in got] == [("b", 700), ("c", 700), ("a", 728)]
    with pytest.raises(CardError, match="crisis a is listed twice"):
        activate([late, late], Calendar())


def test_need_after_the_cushion_begins_household_by_household():
    card = crisis(days=365, exposure=Exposure(base=1, after_cushion=True, income_gap=0.2))
    active = ActiveCrisis(card, 0)
    days = WORLD.households.cushion[WORLD.people.household] / np.float32(0.2)
    for day in (0, 100, 364):
        assert np.array_equal(active.at(day, 1, WORLD).exposure > 0, days <= day)


def test_services_of_overlapping_crises_multiply_in_any_order():
    one = ActiveCrisis(crisis(id="a", services=Services(meet=Service(0.5), shops=Service(0.3))), 0)
    two = ActiveCrisis(crisis(id="b", services=Services(meet=Service(0.7)), severity=0.5), 5)
    assert services([one, two], 4) == pytest.approx({"territory.meet": 0.5, "territory.shops": 0.3})
    assert services([one, two], 6) == services([two, one], 6)
    assert services([one, two], 6)["territory.meet"] == pytest.approx(0.5 * 0.85)
    assert services([one, two], 12) == pytest.approx({"territory.meet": 0.85}) and services([one, two], 15) == {}


def test_a_telephone_fades():
    phone = Service(0.4, after_days=1, fade_days=2)
    assert [left_of(phone, since, 1.0) for since in range(5)] == pytest.approx([1, 0.7, 0.4, 0.4, 0.4])
    assert [left_of(Service(0.3, after_days=1), since, 1.0) for since in range(2)] == pytest.approx([1, 0.3])


@given(st.floats(0, 1), st.floats(0, 2), st.floats(0, 2), st.integers(0, 20))
def test_more_severity_never_leaves_more(level, one, other, since):
    low, high = sorted([one, other])
    service = Service(level, after_days=2, fade_days=5)
    assert 0 <= left_of(service, since, high) <= left_of(service, since, low) <= 1
    assert left_of(service, since, 0.0) == 1.0


def test_the_documented_lockdown():
    got = services([ActiveCrisis(shipped("lockdown"), 0)], 10)
    assert got == {f"territory.{name}": pytest.approx(left) for name, left in
                   (("site_open", 0.2), ("meet", 0.35), ("institution", 0.6))}
    assert services([ActiveCrisis(replace(shipped("lockdown"), severity=2.0), 0)], 10)["territory.site_open"] == 0
