"""Recovery: needs pass and leave scars, aftermath is given up, people return home, power to act is harmed."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import recovery
from simulator.rules.need_domains import KNOW_HOW
from tests.phases.crisis_world import N, hit_world, model, play_phase, without_own_means
from tests.phases.helping import HEAT, LOCKDOWN
from tests.reference.compare import differences

NOBODY_HELPS = ("ties", "far_ties", "institutions")


def test_the_most_lasting_crisis_decides_what_lasts_and_what_passes_leaves_scars() -> None:
    world = hit_world(1000)
    adults = world.people.age >= 15
    play_phase(world, recovery, card=LOCKDOWN)
    lasts = np.array([800, 800, 500, 800])
    assert (world.people.crisis_backlog[adults] == lasts).all()
    ledger = world.ledger
    assert (ledger.crisis_unmet == 1000 * adults.sum()).all()
    assert (ledger.crisis_faded == (1000 - lasts) * adults.sum()).all()
    scars = np.floor(world.settings.aftermath.scar * (1000 - lasts))
    assert (ledger.aftermath_scars == scars * adults.sum()).all()
    assert (world.households.aftermath.sum(axis=0) == ledger.aftermath_scars).all()
    assert (world.households.aftermath_made == world.households.aftermath).all()
    assert (ledger.aftermath_open == ledger.aftermath_scars).all() and (world.households.aftermath_on == 0).all()


def test_without_a_crisis_the_usual_share_lasts() -> None:
    world = play_phase(hit_world(1000), recovery, since=None, crisis_day=0)
    adults = world.people.age >= 15
    assert (world.people.crisis_backlog[adults] == int(1000 * world.settings.needing.carry)).all()


def test_without_scars_a_need_that_passes_leaves_nothing() -> None:
    world = play_phase(hit_world(1000, settings=model(aftermath_scar=0.0)), recovery)
    assert not world.households.aftermath.any() and (world.households.aftermath_on == -1).all()


def test_giving_up_begins_after_the_wait_at_its_rate() -> None:
    p = model().aftermath
    for day, share in ((int(p.wait) - 1, 0.0), (int(p.wait), 1 - np.exp(-p.give_up / 365)),
                       (int(p.wait) + 500, 1 - np.exp(-p.give_up / 365))):
        world = play_phase(hit_world(0, 10**6), recovery, day, since=None, crisis_day=0)
        assert np.abs(world.households.given_up - share * 10**6).max() <= 1
        assert (world.households.given_up + world.households.aftermath == 10**6).all()
        assert (world.ledger.aftermath_given_up == world.households.given_up.sum(axis=0)).all()


def test_what_is_given_up_does_not_depend_on_the_length_of_steps() -> None:
    by_day, by_week = hit_world(0, 10**8), hit_world(0, 10**8)
    for day in range(200, 207):
        play_phase(by_day, recovery, day, since=None, crisis_day=0)
    play_phase(by_week, recovery, 200, 7, since=None, crisis_day=0)
    assert by_week.households.given_up == pytest.approx(by_day.households.given_up, rel=1e-5)


def returned(day: int, span: int = 1, *, repeats: int = 40, cuts=NOBODY_HELPS, settings=None, **columns) -> float:
    """Share of displaced households that return home in a step: mean over steps of the same age."""
    back = []
    for seed in range(repeats):
        world = hit_world(seed=seed + 1, settings=settings or model(), households_displaced=2,
                          households_displaced_on=0, **columns)
        play_phase(world, recovery, day, span, since=None, crisis_day=0, cuts=cuts)
        back.append((world.households.displaced == 0).mean())
    return float(np.mean(back))


def test_orders_are_lifted_at_first() -> None:
    settings = model(displacement_notice_return=0.02)
    expected = 1 - np.exp(-0.02 * 7)
    assert returned(7, 7, settings=settings) == pytest.approx(expected, abs=4 * np.sqrt(expected / (40 * 83)))


def test_then_income_ties_and_institutions_find_homes() -> None:
    """The rates are those of the rule, each alone: here ten times as high, to be seen."""
    own = model(displacement_own_return=0.01, displacement_tie_return=0.0, displacement_institution_return=0.0)
    expected = 1 - np.exp(-0.01 * 7)
    assert returned(70, 7, settings=own, households_income=1.0) == pytest.approx(expected, abs=0.02)
    assert returned(70, 7, settings=own, households_income=9.0) == pytest.approx(1 - np.exp(-0.02 * 7), abs=0.02)
    kin = model(displacement_own_return=0.0, displacement_tie_return=0.01, displacement_institution_return=0.0)
    assert returned(70, 7, settings=kin, repeats=3) == 0.0, "ties that are cut find nothing"
    assert returned(70, 7, settings=kin, people_far_kin=20, cuts=("ties", "institutions")) == pytest.approx(
        1 - np.exp(-0.06 * 7), abs=0.03), "six trusted ties at most"
    aid = model(displacement_own_return=0.0, displacement_tie_return=0.0, displacement_institution_return=0.05,
                collective_aid_apply=1.0, collective_aid_usual_trust=0.1)
    early, late = (returned(day, 7, settings=aid, cuts=(), repeats=10, people_trust_institutions=1.0)
                   for day in (30, 70))
    assert early == 0.0 and late == pytest.approx(0.95 * (1 - np.exp(-0.05 * 7)), abs=0.05)


def test_papers_hold_rehousing_back() -> None:
    settings = model(displacement_own_return=0.03, displacement_tie_return=0.0, displacement_institution_return=0.0,
                     aftermath_paper_gate=1.0)
    done = returned(70, 7, settings=settings, households_income=1.0)
    open_papers = {"households_aftermath_made": 1000, "households_aftermath": 1000}
    assert done > 0.1 and returned(70, 7, settings=settings, households_income=1.0, repeats=3, **open_papers) == 0.0


def test_generalised_trust_falls_once_and_for_good_after_so_many_days() -> None:
    settings = model(displacement_own_return=0.0, displacement_tie_return=0.0, displacement_institution_return=0.0)
    p = settings.displacement
    world = hit_world(settings=settings, households_displaced=2, households_displaced_on=0)
    before = world.people.trust_general.astype(float)
    for day in range(21, 140, 7):
        play_phase(world, recovery, day, 7, since=None, crisis_day=0)
    adults = world.people.age >= 15
    assert world.people.trust_general[adults] == pytest.approx(np.maximum(0, before[adults] - p.trust_loss), abs=1e-6)
    assert (world.people.trust_general[~adults] == before[~adults].astype(np.float32)).all()


def test_an_unmet_need_costs_power_to_act_once_for_each_domain() -> None:
    world = hit_world(1000)
    agency, adults = world.people.agency.astype(float), world.people.age >= 15
    play_phase(world, recovery)
    once = world.people.agency.copy()
    expected = agency * np.exp(-4 * world.settings.meeting.refusal)
    assert once[adults] == pytest.approx(expected[adults], rel=1e-6)
    for day in (1, 2, 3):
        play_phase(world, recovery, day)
    assert (world.people.agency == once).all() and (once[~adults] == agency[~adults].astype(np.float32)).all()


def test_nothing_happens_in_calm() -> None:
    assert not differences(play_phase(hit_world(), recovery, since=None), hit_world())


def test_without_any_help_the_work_is_done_after_its_hours_over_the_pace() -> None:
    """A closed form: aftermath A0, own pace, nobody else: open = A0 - pace x days, and never less than nothing."""
    from simulator.phases import cope

    settings = model(aftermath_home=0.0, aftermath_insured=0.0, aftermath_give_up=0.0)
    world = hit_world(0, 3_000, settings=settings, people_functioning=1.0)
    people, p = world.people, settings.aftermath
    lead = world.households.lead
    skilled = np.maximum(0.0, 1.0 + p.skill * (people.skill[lead, KNOW_HOW].astype(float) - p.usual_skill)
                         + p.power * (people.agency[lead].astype(float) - world.settings.mutual_aid.usual_agency))
    pace = np.floor(p.pace_know_how * (1 - people.frailty[lead].astype(float)) * skilled / 7 * 1000)
    for day in range(1, 121):
        for phase in (cope, recovery):
            play_phase(world, phase, day, since=None, crisis_day=0)
        if day % 30 == 0:
            left = np.maximum(0, 3_000 - pace * day)
            assert np.abs(world.households.aftermath[:, KNOW_HOW] - left).max() <= day
    assert (world.households.aftermath[:, KNOW_HOW] == 0).any() and N == len(people)


def test_without_own_means_the_work_stays() -> None:
    from simulator.phases import cope

    world = hit_world(0, 3_000, settings=without_own_means(aftermath_give_up=0.0))
    for day in (1, 2, 3):
        for phase in (cope, recovery):
            play_phase(world, phase, day, 7, card=HEAT, since=None, crisis_day=0)
    assert (world.households.aftermath == 3_000).all()
