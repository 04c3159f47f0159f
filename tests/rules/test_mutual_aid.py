"""Help in a crisis: voices, choices, promises, spare hours, applications, groups."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.parameters import Model
from simulator.rules.mutual_aid import (
    FARTHEST_KM,
    choice_score,
    crisis_application_probability,
    found_probability,
    group_joins,
    promise_end_probability,
    promise_probability,
    promise_worth,
    promised_hours,
    spare_hours,
    voice_probability,
)
from simulator.rules.need_domains import ASSISTANCE, EQUIPMENT, FOOD, KNOW_HOW

P, POOL = Model().mutual_aid.numbers, Model().collective_aid.numbers
SHARE = st.floats(0, 1)


def test_three_quarters_ask_at_usual_power_to_act() -> None:
    """INSEE Focus 265."""
    assert voice_probability(P.usual_agency, 1.0, P) == pytest.approx(0.75)
    assert voice_probability(P.usual_agency, 0.0, P) == 1.0
    assert voice_probability(1.0, 1.0, P) > voice_probability(0.2, 1.0, P)


@given(agency=SHARE, reluctance=st.floats(0, 2))
def test_a_voice_is_a_probability(agency: float, reluctance: float) -> None:
    assert 0 <= voice_probability(agency, reluctance, P) <= 1


@given(check=st.floats(0, 1), days=st.integers(1, 30))
def test_being_found_is_a_hazard(check: float, days: int) -> None:
    once, daily = found_probability(check, days, P), found_probability(check, 1, P)
    assert 1 - once == pytest.approx((1 - daily) ** days)


@given(trust=SHARE, more=SHARE, km=st.floats(0, 50))
def test_people_ask_whom_they_trust_and_distance_stops_counting(trust: float, more: float, km: float) -> None:
    assert choice_score(max(trust, more), km, P) >= choice_score(min(trust, more), km, P)
    assert choice_score(trust, 0.0, P) >= choice_score(trust, km, P) >= choice_score(trust, FARTHEST_KM, P)


def test_willingness_is_that_of_surveys() -> None:
    """A stranger .2 to .4, a weak tie half, kin .95 (Rossi 2023; Hertie/BVA 2019), once they could help."""
    for trust, low, high in ((0.08, 0.2, 0.4), (0.2, 0.4, 0.6), (0.7, 0.93, 0.97)):
        assert low <= promise_probability(trust, 1.0, 0.0, P) / P.available <= high


@given(trust=SHARE, state=SHARE, times=st.integers(0, 20))
def test_a_yes_is_rarer_for_who_is_hit_and_after_each_asking(trust: float, state: float, times: int) -> None:
    chance = promise_probability(trust, state, float(times), P)
    assert 0 <= chance <= P.available
    assert chance == pytest.approx(state * P.goodwill**times * promise_probability(trust, 1.0, 0.0, P))


@given(hours=st.integers(0, 20_000), domain=st.sampled_from([FOOD, EQUIPMENT, ASSISTANCE, KNOW_HOW]),
       is_far=st.booleans(), visits=SHARE)
def test_what_a_promise_brings_does_not_depend_on_the_split_of_days(hours: int, domain: int, is_far: bool,
                                                                    visits: float) -> None:
    day, week = (promise_worth(hours, domain, 1, is_far, visits, span, P) for span in (1, 7))
    assert 0 <= week - 7 * day <= 7 and week <= hours
    if domain == ASSISTANCE:
        assert week == math.floor(hours * (P.far_hands if is_far else visits) * 7 / 7.0)
    else:
        assert week == promise_worth(hours, domain, 1, is_far, 0.0, 7, P), "only hands must travel"
    shared = promise_worth(hours, domain, 4, is_far, visits, 7, P)
    assert 0 <= week - 4 * shared <= 4, "hours are shared out among the domains that are open"


def test_trust_promises_hours_linearly() -> None:
    assert promised_hours(0.0, P) == 1000 * P.hours
    assert promised_hours(1.0, P) == 1000 * (P.hours + P.hours_trust)


def test_promises_end_with_their_half_life() -> None:
    for kin, far, half in ((False, False, P.tire), (True, False, P.tire_kin), (True, True, P.tire_kin / 2),
                           (False, True, P.tire_kin / 2)):
        assert promise_end_probability(kin, far, half, P) == pytest.approx(0.5)
        daily = promise_end_probability(kin, far, 1, P)
        assert (1 - daily) ** half == pytest.approx(0.5)


@given(functioning=SHARE, agency=SHARE, days=st.integers(1, 7))
def test_spare_hours_follow_functioning_and_halve_for_who_is_hit(functioning: float, agency: float, days: int) -> None:
    spared, hit = (spare_hours(functioning, agency, is_hit, days, P) for is_hit in (False, True))
    assert abs(hit - P.hit_helper * spared) <= 1
    assert spared <= 1000 * P.spare * days * (P.spare_base + P.spare_agency)
    assert abs(spared - days * spare_hours(functioning, agency, False, 1, P)) <= days


@given(trust=SHARE, linked=st.floats(0, 3))
def test_applying_grows_with_trust_and_with_what_levers_add(trust: float, linked: float) -> None:
    plain, helped = (crisis_application_probability(trust, extra, POOL) for extra in (0.0, linked))
    assert plain == pytest.approx(min(0.95, POOL.apply * trust / POOL.usual_trust)) and plain <= helped <= 1
    assert crisis_application_probability(0.0, linked, POOL) == 0.0
    if 0 < plain:
        odds = [chance / (1 - chance) for chance in (plain, helped)]
        assert odds[1] == pytest.approx(math.exp(linked) * odds[0])


def test_joining_rises_and_fades() -> None:
    joins = [group_joins(10_000.0, day, POOL) for day in range(-3, 200)]
    assert joins[:4] == [0.0] * 4 and min(joins) >= 0
    peak = joins.index(max(joins))
    assert joins[3:peak + 1] == sorted(joins[3:peak + 1]) and joins[peak:] == sorted(joins[peak:], reverse=True)
    assert sum(joins) == pytest.approx(10_000 * POOL.group_joins * POOL.group_fall**2 / (
        POOL.group_fall + POOL.group_rise), rel=0.05), "the integral over time, here summed by days"
