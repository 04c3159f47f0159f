"""What a lever costs."""

from datetime import date, timedelta

import numpy as np
import pytest

from simulator.levers.active_lever import ActiveLever
from simulator.levers.card import Cost, LeverTarget, Price, Staffing, Window
from simulator.levers.cost import Discounting, compute_cash_flow, count_posts, count_units, sum_by_payer, sum_discounted
from tests.levers.example import acting, lever
from tests.phases.small_world import small_world

WORLD = small_world(residents=300)


class Calendar:
    def date(self, day):
        return date(2025, 1, 6) + timedelta(days=day)


def flow(last_day=2000, **entries):
    return compute_cash_flow(acting(WORLD, ("site.staff", "add", 1.0), **entries), WORLD, last_day, Calendar())


def test_posts_per_site_over_two_calendar_years():
    cost = Cost(per_fte_year=Price(48000, 42000, 58000), payer="commune")
    got = flow(window=Window(days=730), staffing=Staffing(0.5, "site"), cost=cost)
    assert [(one.year, one.kind) for one in got.payments] == [(2025, "running"), (2026, "running"), (2027, "running")]
    days = np.array([360, 365, 5])
    assert [one.value for one in got.payments] == pytest.approx(48000 * 0.5 * 2 * days / 365)
    weights = 1.025 ** -np.arange(3.0)
    for name, price in (("total_low", 42000), ("total", 48000), ("total_high", 58000)):
        assert getattr(got, name) == pytest.approx(float((price * days / 365 * weights).sum()))


def test_setup_is_paid_once_at_the_start_and_running_costs_after_the_lead_time():
    cost = Cost(setup=Price(1000, 500, 2000), setup_per_unit=Price(10, 10, 10), per_year=Price(365, 365, 365),
                unit="site", payer="state")
    got = flow(last_day=40, window=Window(lead_time_days=30), cost=cost)
    assert [(one.kind, one.value) for one in got.payments] == [("set-up", 1020.0), ("running", pytest.approx(10.0))]


@pytest.mark.parametrize("dose", [0.5, 2.0])
def test_cost_is_proportional_to_the_dose(dose):
    cost = Cost(setup=Price(1000, 500, 2000), per_unit_year=Price(7, 7, 7), unit="resident")
    assert flow(dose=dose, cost=cost).total == pytest.approx(dose * flow(cost=cost).total)


def test_nothing_to_pay():
    cost = Cost(setup=Price(1000, 500, 2000))
    assert flow(dose=0.0, cost=cost).payments == () and flow(last_day=0, cost=cost).payments == ()
    never = ActiveLever(lever(cost=cost), 0)
    assert compute_cash_flow(never, WORLD, 100, Calendar()).payments == ()
    with pytest.raises(ValueError, match="expected a resolved lever"):
        count_units(never, WORLD)


def test_what_is_counted():
    got = count_units(acting(WORLD, ("territory.new_sites", "add", 2.0), target=LeverTarget(communes=[93002]),
                             dose=1.5),
                      WORLD)
    here = WORLD.people.commune == 1
    assert got["resident"] == here.sum() and got["building"] == 2 and got["neighbourhood"] == 1
    assert got["household"] == len(np.unique(WORLD.people.household[here]))
    assert got["project"] == 2 and got["lever"] == 1 and got["institution"] == 1 and got["site"] == 1


def test_the_register_counts_those_listed_at_its_dose_and_is_not_multiplied_by_it():
    target = LeverTarget(age_low=65, consenting=True)
    cost = Cost(per_unit_year=Price(365, 365, 365), unit="registered")
    active = acting(WORLD, ("institution.register", "add", 0.25), target=target, dose=2.0, cost=cost)
    people = WORLD.people
    listed = ((people.age >= 65) & (people.consent == 1) & (people.register_rank < 0.53)).sum()
    assert count_units(active, WORLD)["registered"] == listed
    assert compute_cash_flow(active, WORLD, 10, Calendar()).total == pytest.approx(10.0 * listed)


def test_staff_and_payers():
    assert count_posts(acting(WORLD, staffing=Staffing(1.0, "site"), dose=2.0), WORLD) == 4.0
    costs = [Cost(setup=Price(5, 5, 5), payer="b"), Cost(setup=Price(7, 6, 9), payer="a")]
    flows = [one for cost in costs for one in flow(cost=cost).payments]
    assert sum_by_payer([*flows, *flows]) == {("a", 2025): (14, 12, 18), ("b", 2025): (10, 10, 10)}
    assert sum_discounted(flows, Discounting(rate=0.0)) == (12, 11, 14)
