"""Cope: own means, the household's and insurance, for who has crisis needs or aftermath open."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import cope
from simulator.phases.cope import is_insured
from simulator.phases.step.columns import view_housing
from simulator.rules.need_domains import (
    ASSISTANCE,
    BY_HOUSEHOLD,
    BY_INSURANCE,
    BY_SELF,
    BY_SITE,
    COOLING,
    EQUIPMENT,
    FOOD,
    KNOW_HOW,
    POWER,
)
from simulator.world.population.people import BEYOND_HOME, BEYOND_OWN
from tests.phases.crisis_world import N, hit_world, model, play_phase, without_own_means
from tests.phases.helping import HEAT
from tests.reference.compare import differences

NO_SHOPS = {"territory.restocking": 0.0}


def step(world, day: int = 0, **arguments):
    return play_phase(world, cope, day, card=HEAT, **arguments)


def test_nothing_happens_where_nothing_is_open() -> None:
    world, before = hit_world(), hit_world()
    step(world, **NO_SHOPS)
    assert not differences(before, world) and not world.ledger.crisis_met.any()


def test_a_kit_of_a_kind_that_helps_meets_the_whole_need() -> None:
    world = step(hit_world(900, settings=without_own_means(), households_kit=1 << COOLING), **NO_SHOPS)
    assert not world.people.crisis_backlog[:, EQUIPMENT].any()
    assert world.ledger.crisis_met[BY_SELF, EQUIPMENT] == 900 * (world.people.age >= 15).sum()


def test_a_kit_of_the_wrong_kind_moves_exactly_no_need() -> None:
    none = step(hit_world(900, 4000), **NO_SHOPS)
    wrong = step(hit_world(900, 4000, households_kit=31 - (1 << COOLING)), **NO_SHOPS)
    assert [line for line in differences(none, wrong) if not line.startswith("households.kit")] == []
    assert (none.ledger.crisis_met == wrong.ledger.crisis_met).all()


def test_a_kit_on_loan_meets_a_need_of_its_kind_only() -> None:
    for kinds, left in ((1 << COOLING, 0), (1 << POWER, 900)):
        world = hit_world(900, settings=without_own_means(), sites_kit_kinds=kinds)
        i = int(np.flatnonzero(world.people.age >= 15)[0])
        with world.writable(["people.loan", "people.backlog"]):
            world.people.loan[i], world.people.backlog[i, EQUIPMENT] = 1, 700
        step(world, **NO_SHOPS)
        assert world.people.crisis_backlog[i, EQUIPMENT] == left and world.people.backlog[i, EQUIPMENT] == 0
        assert world.ledger.crisis_met[BY_SITE, EQUIPMENT] == 900 - left
        assert world.ledger.met[BY_SITE, EQUIPMENT] == 700, "an everyday need takes any kit"


def test_the_stock_at_home_is_eaten_to_the_unit_and_no_further() -> None:
    world = hit_world(1500, settings=without_own_means(), households_stock=2000)
    step(world, **NO_SHOPS)
    adults = np.bincount(world.people.household[world.people.age >= 15], minlength=len(world.households))
    used = np.minimum(2000, 1500 * adults)
    assert (2000 - world.households.stock == used).all()
    assert world.ledger.crisis_met[BY_SELF, FOOD] == used.sum() == world.ledger.goods[
        world.ledger.GOODS.index("consumed")]


@pytest.mark.parametrize("span", [1, 7])
def test_own_pace_is_that_of_the_rule(span: int) -> None:
    world = hit_world(50_000, settings=model(aftermath_home=0.0))
    step(world, span=span, **NO_SHOPS)
    people, p = world.people, world.settings.aftermath
    adults = people.age >= 15
    income = np.maximum(0.0, world.households.income[people.household].astype(float) - p.income_floor)
    able = (1.0 - people.frailty.astype(float)) * people.functioning.astype(float)
    for d, pace, by_income in ((FOOD, p.pace_food, p.income_food), (EQUIPMENT, p.pace_equipment, p.income_equipment),
                               (ASSISTANCE, p.pace_assistance, 0.0), (KNOW_HOW, p.pace_know_how, 0.0)):
        done = 50_000 - people.crisis_backlog[adults, d]
        power = people.agency.astype(float) - world.settings.mutual_aid.usual_agency
        skilled = np.maximum(0.0, 1.0 + p.skill * (people.skill[:, d].astype(float) - p.usual_skill) + p.power * power)
        assert np.abs(done - (pace * able * skilled + by_income * income)[adults] * span / 7 * 1000).max() <= 1
    assert (people.crisis_marks[adults] & BEYOND_OWN > 0).all()


def test_the_household_adds_to_hands_and_know_how_and_not_when_cut() -> None:
    helped, cut = step(hit_world(50_000), **NO_SHOPS), step(hit_world(50_000), cuts=("household",), **NO_SHOPS)
    assert (helped.ledger.crisis_met[BY_HOUSEHOLD, [ASSISTANCE, KNOW_HOW]] > 0).all()
    assert not helped.ledger.crisis_met[BY_HOUSEHOLD, [FOOD, EQUIPMENT]].any()
    assert not cut.ledger.crisis_met[BY_HOUSEHOLD].any()
    assert (helped.ledger.crisis_met[BY_SELF] == cut.ledger.crisis_met[BY_SELF]).all()
    able = (helped.people.age >= 15) & (helped.people.frailty < helped.settings.coping.able)
    by_home = np.bincount(helped.people.household[able], minlength=len(helped.households))
    others = by_home[helped.people.household] - able
    p = helped.settings.aftermath
    more = cut.people.crisis_backlog.astype(int) - helped.people.crisis_backlog
    expected = np.floor(p.home * p.pace_assistance * others / 7 * 1000) * (helped.people.age >= 15)
    assert np.abs(more[:, ASSISTANCE] - expected).max() <= 1


def test_needs_come_before_aftermath_and_marks_tell_who_needs_more() -> None:
    world = step(hit_world(1, 5_000, settings=model(aftermath_insured=0.0)), **NO_SHOPS)
    assert not world.people.crisis_backlog[world.people.age >= 15, ASSISTANCE].any()
    met, served = world.ledger.crisis_met, world.ledger.aftermath_met
    assert met[:, ASSISTANCE].sum() == (world.people.age >= 15).sum() and served[BY_SELF, ASSISTANCE] > 0
    beyond = world.people.crisis_marks & BEYOND_HOME > 0
    acting = np.unique(world.people.household[beyond])
    assert len(acting) == len(world.households), "each household has one who acts for its aftermath"


def test_insurance_pays_its_share_of_what_arose_after_the_wait() -> None:
    settings = without_own_means(aftermath_paper_gate=0.0)
    settings.aftermath.insured = 0.7
    p = settings.aftermath
    early = step(hit_world(0, 10_000, settings=settings), day=int(p.insurance_wait) - 1, since=None, crisis_day=0)
    assert not early.ledger.aftermath_met[BY_INSURANCE].any()
    world = step(hit_world(0, 10_000, settings=settings), day=int(p.insurance_wait), since=None, crisis_day=0)
    paid = 10_000 - world.households.aftermath.astype(int)
    each = int(p.insurance_rate * 10_000 / 7)
    insured = np.array([is_insured(h, world.key, float(world.households.income[h]), view_housing(world), p.numbers)
                        for h in range(len(world.households))])
    assert 0.4 < insured.mean() < 0.95
    assert (paid[insured][:, [FOOD, EQUIPMENT]] == each).all() and not paid[~insured].any()
    assert not paid[:, [ASSISTANCE, KNOW_HOW]].any()
    assert world.ledger.aftermath_met[BY_INSURANCE].sum() == paid.sum()


def test_papers_hold_insurance_back() -> None:
    settings = without_own_means(aftermath_paper_gate=0.8)
    settings.aftermath.insured = 0.95
    paid = []
    for papers in (10_000, 5_000, 0):
        world = hit_world(0, 10_000, settings=settings)
        with world.writable(["households.aftermath"]):
            world.households.aftermath[:, KNOW_HOW] = papers
        step(world, day=100, since=None, crisis_day=0)
        paid.append(world.ledger.aftermath_met[BY_INSURANCE, EQUIPMENT])
    assert paid[0] == pytest.approx(0.2 * paid[2], rel=0.06) and paid[1] == pytest.approx(0.6 * paid[2], rel=0.06)


def test_shops_refill_and_those_exposed_less() -> None:
    world = hit_world(households_stock_full=7000)
    play_phase(world, cope, since=None)
    assert (world.households.stock == 1000).all()
    shut = hit_world(households_stock_full=7000)
    play_phase(shut, cope, since=None, **NO_SHOPS)
    assert not shut.households.stock.any() and N == len(shut.people)
