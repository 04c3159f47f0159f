"""Levers at equal euros, portfolios that share staff and money."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from simulator.cards.reader import CardError
from simulator.levers.budget import BudgetContext, list_yearly_payments, scale_portfolio, scale_to_budget
from simulator.levers.card import Cost, LeverTarget, NewSites, Price, Staffing, Window
from simulator.levers.cost import count_posts, sum_by_payer
from tests.levers.example import CARDS, lever, shipped
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)
FLAT = ("coordinator", "convivial_events", "fans", "insulation", "cash", "institutional_capacity",
        "know_how_exchange", "library_of_things", "refuge_rooms", "preparedness_training", "solidarity_price")


class Calendar:
    levers = "2025-01-06"

    def day(self, iso):
        return (date.fromisoformat(iso) - date(2025, 1, 6)).days

    def date(self, day):
        return date(2025, 1, 6) + timedelta(days=day)


BUDGET = BudgetContext(WORLD, Calendar(), 730)


def yearly_cost(card):
    return BUDGET.yearly_cost(BUDGET.resolve_lever(card), card.dose)


@pytest.mark.parametrize("name", FLAT)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_every_lever_costs_the_same_at_one_budget(name, share):
    card = shipped(name)
    euros = share * yearly_cost(replace(card, dose=card.dose_high))
    got = scale_to_budget(card, euros, BUDGET)
    assert yearly_cost(got) == pytest.approx(euros, rel=1e-6) and replace(got, dose=card.dose) == card


def test_the_dose_is_proportional_where_the_price_is():
    card = lever(("site.staff", "add", 1.0), staffing=Staffing(1.0, "site"), dose_high=10.0,
                 cost=Cost(per_fte_year=Price(50000, 50000, 50000), payer="state"))
    one = scale_to_budget(card, 60000.0, BUDGET)
    assert scale_to_budget(card, 120000.0, BUDGET).dose == pytest.approx(2 * one.dose)


def test_sites_are_whole_and_never_above_the_budget():
    card = replace(shipped("open_project"), window=Window())
    one = yearly_cost(replace(card, dose=1.0))
    assert [scale_to_budget(card, euros, BUDGET).dose for euros in (one, 1.9 * one, 2 * one, 3.5 * one)] == [1, 1, 2, 3]
    few = lever(("territory.new_sites", "add", 2.0), dose_high=3.0, new_sites=NewSites(),
                target=LeverTarget(sites="none"), cost=Cost(setup_per_unit=Price(100, 100, 100), unit="project",
                                                            payer="state"))
    assert scale_to_budget(few, 3.2 * 100 / BUDGET.years, BUDGET).dose == pytest.approx(1.5)


@pytest.mark.parametrize(("name", "euros", "message"), [
    ("stable_funding", 1000.0, "sets site.grant_renewal, which is the same at any dose"),
    ("co_governance", 9000.0, "sets site.cogoverned"),
    ("coordinator", 1e7, "at its greatest dose 2 it costs .* EUR a year and cannot spend 10,000,000"),
    ("open_project", 500.0, "its least dose costs .* EUR a year, more than 500"),
    ("micro_grants", 10.0, "its least dose costs .* EUR a year, more than 10"),
])
def test_a_lever_that_cannot_be_scaled_is_refused_in_one_line(name, euros, message):
    with pytest.raises(CardError, match=message) as error:
        scale_to_budget(shipped(name), euros, BUDGET)
    assert "\n" not in str(error.value)


def test_a_lever_that_waits_for_a_trigger_has_no_yearly_cost():
    card = shipped("fans")
    waiting = replace(card, window=replace(card.window, trigger="crisis"))
    with pytest.raises(CardError, match="starts on a trigger"):
        scale_to_budget(waiting, 100.0, BUDGET)
    assert list_yearly_payments(waiting, BUDGET) == ()


def test_a_portfolio_shares_its_budget_in_the_proportions_of_its_cards():
    cards = [shipped("coordinator"), shipped("outreach")]
    euros = 0.6 * sum(yearly_cost(card) for card in cards)
    got = scale_portfolio(cards, BUDGET, euros=euros)
    assert sum(map(yearly_cost, got)) == pytest.approx(euros, rel=1e-6)
    assert got[0].dose / cards[0].dose == pytest.approx(got[1].dose / cards[1].dose)
    with pytest.raises(CardError, match="portfolio coordinator, outreach: cannot spend"):
        scale_portfolio(cards, BUDGET, euros=1e8)


def test_a_portfolio_shares_the_posts_that_can_be_filled():
    cards = [shipped("coordinator"), shipped("outreach")]
    needed = sum(count_posts(BUDGET.resolve_lever(card), WORLD) for card in cards)
    got = scale_portfolio(cards, BUDGET, posts=needed / 2)
    assert sum(count_posts(BUDGET.resolve_lever(card), WORLD) for card in got) == pytest.approx(needed / 2)
    assert scale_portfolio(cards, BUDGET, posts=needed + 1) == tuple(cards)
    with pytest.raises(CardError, match="open_project: a share of 0.1"):
        scale_portfolio([shipped("open_project")], BUDGET, posts=0.15)


def test_every_shipped_lever_has_a_yearly_cash_flow_with_a_payer():
    """In a town large enough for a lever that reaches one adult in a thousand."""
    town = BudgetContext(small_world(residents=3000), Calendar(), 730)
    for path in CARDS.glob("*.yaml"):
        card = shipped(path.stem)
        payments = list_yearly_payments(replace(card, window=replace(card.window, lead_time_days=0)), town)
        table = sum_by_payer(payments)
        assert table and all(low <= value <= high for value, low, high in table.values()), path.stem
        assert all(payer and 2025 <= year <= 2027 for payer, year in table)
