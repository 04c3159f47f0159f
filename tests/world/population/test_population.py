"""The synthetic population of a commune: exact counts, plausible families, incomes, jobs, random columns."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import generate_population
from simulator.world.places.layout import lay_out_all_communes
from simulator.world.places.territory import Territory
from simulator.world.population.age import MIN_PARENT_GAP, count_residents_by_age
from simulator.world.population.building import OWNER, SOCIAL
from simulator.world.population.communes import AGE_BAND_STARTS, apportion_total, load_commune_counts
from simulator.world.population.household import (
    CHILD,
    COUPLE,
    COUPLE_WITH_CHILDREN,
    FURTHER_ADULT,
    LONE_PARENT,
    adjust_counts_to_total,
)
from simulator.world.population.population import generate_commune
from simulator.world.population.random_columns import draw_uniform_columns, normal_quantiles, tabulate_beta_quantiles
from simulator.world.population.traits import steady_state_belief, tabulate_frailty_quantiles


@pytest.fixture(scope="module", params=[93014, 93033, 93055])
def commune(request):
    """A poor commune of large families, a small wealthy one by the river, a dense one of small households."""
    layouts = lay_out_all_communes(Model(), make_random_key(1))
    return generate_commune(layouts[request.param], Model(), make_random_key(1))


def test_children_live_with_parents_of_plausible_ages(commune):
    homes, age = commune.homes, commune.people["age"]
    child, head = homes.role == CHILD, age[homes.first]
    assert (age[child] < 25).all() and (age[~child] >= 18).all()
    with_kids = np.isin(homes.kind, (COUPLE_WITH_CHILDREN, LONE_PARENT))
    assert (homes.children[with_kids] >= 1).all() and (homes.children[~with_kids] == 0).all()
    gap = head[homes.of_resident[child]] - age[child]
    assert gap.min() >= MIN_PARENT_GAP - 1 and 25 <= np.median(gap) <= 37 and np.percentile(gap, 99) <= 55


def test_partners_are_near_in_age(commune):
    homes, age = commune.homes, commune.people["age"]
    pair = homes.first[np.isin(homes.kind, (COUPLE, COUPLE_WITH_CHILDREN))]
    gap = np.abs(age[pair] - age[pair + 1])
    assert gap.mean() < 4 and np.percentile(gap, 99) <= 12


def test_households_have_the_sizes_of_their_kind(commune):
    homes, size, kind = commune.homes, commune.homes.size, commune.homes.kind
    assert (np.bincount(kind, minlength=5) == commune.layout.margins.household_kind_counts).all()
    assert (size[kind == 0] == 1).all() and (size[kind == COUPLE] == 2).all()
    assert (size[kind == COUPLE_WITH_CHILDREN] >= 3).all() and (size[kind >= LONE_PARENT] >= 2).all()
    assert homes.size.sum() == commune.layout.margins.population == len(homes.role)
    assert (homes.role == FURTHER_ADULT).mean() < 0.15


def test_reference_adults_are_adults_of_their_household(commune):
    homes, lead, age = commune.homes, commune.households["lead"], commune.people["age"]
    assert (homes.of_resident[lead] == np.arange(len(lead))).all() and (age[lead] >= 18).all()


def test_members_of_a_household_share_a_group(commune):
    group, homes = commune.people["group"], commune.homes
    assert (group == group[homes.first][homes.of_resident]).all() and set(group) == {0, 1, 2, 3}


def test_owners_are_as_many_as_published_and_never_in_social_buildings(commune):
    tenure, buildings = commune.households["tenure"], commune.buildings
    assert (tenure == OWNER).sum() == commune.layout.margins.owner_occupied
    assert ((tenure == SOCIAL) == buildings.social[buildings.of_household]).all()


def test_a_building_has_about_twenty_households_or_is_a_row_of_houses(commune):
    buildings = commune.buildings
    assert 15 <= np.median(buildings.households[~buildings.house]) <= 25
    assert buildings.households[buildings.house].max() <= 12
    assert (commune.households["floor"] < buildings.floors[buildings.of_household]).all()


def test_lone_parents_are_poorer_and_couples_richer(commune):
    income, kind = commune.households["income"], commune.homes.kind
    assert np.median(income[kind == LONE_PARENT]) < np.median(income) < np.median(income[kind == COUPLE])


def test_ages_sum_to_the_published_bands_and_population():
    for margins in load_commune_counts().values():
        years = count_residents_by_age(margins)
        assert (np.add.reduceat(years, AGE_BAND_STARTS) == margins.age_band_counts).all()
        assert years.sum() == margins.population


def test_apportioned_and_adjusted_counts_have_exact_totals():
    assert apportion_total(np.array([1.0, 1.0, 1.0]), 10).tolist() == [4, 3, 3]
    order = np.array([0.5, 0.1, 0.9])
    assert adjust_counts_to_total(np.array([5, 5, 5]), 12, 1, 8, order).sum() == 12
    with pytest.raises(ValueError, match="cannot adjust"):
        adjust_counts_to_total(np.array([1, 1]), 20, 0, 8, order[:2])


def test_random_columns_have_their_distributions():
    u = draw_uniform_columns(make_random_key(3), np.arange(200_000), 1)
    assert abs(u.mean() - 0.5) < 0.002 and abs(np.corrcoef(u[:, 0], u[:, 3])[0, 1]) < 0.01
    z = normal_quantiles(u[:, 0])
    assert abs(z.mean()) < 0.01 and abs(z.std() - 1) < 0.01 and abs((z < -1.959964).mean() - 0.025) < 0.002
    assert normal_quantiles(np.array([0.975, 0.0001])) == pytest.approx([1.959963985, -3.719016485], abs=1e-7)
    for a, b in ((1.5, 4.0), (0.69, 5.31), (4.29, 1.71), (3.0, 3.0)):
        table = tabulate_beta_quantiles(a, b)
        values = np.interp(u[:, 1], np.linspace(0, 1, len(table)), table)
        assert values.mean() == pytest.approx(a / (a + b), abs=0.004)
        assert values.var() == pytest.approx(a * b / (a + b) ** 2 / (a + b + 1), rel=0.05)


def test_frailty_rises_with_age_as_specified():
    mean = tabulate_frailty_quantiles(Model()).mean(axis=1)
    for age in (20, 60, 77, 90):
        assert mean[age] == pytest.approx(0.115 + 0.43 / (1 + np.exp(-(age - 77) / 11)), abs=0.005)


def test_steady_state_of_beliefs_follows_the_closed_form():
    assert steady_state_belief(0.5, 0.0, 0.02, 0.0, 0.03, 0.15) == pytest.approx(0.5)
    visits = 365.25 / 7 / 3
    assert steady_state_belief(0.0, visits, np.log(3) / 100, 0.0, 0.0, 0.25) == pytest.approx(0.4317, abs=0.002)


def test_traits_have_the_means_that_the_model_sets():
    pantin = generate_population(Territory("pantin", communes=["93055"]), Model(), make_random_key(1), {})
    p, adult = pantin.people, pantin.people.age >= 15
    assert p.social_hours[~adult].max() == 0
    zeta = pantin.neighbourhoods.sociability[p.neighbourhood[adult]]
    assert np.mean(p.social_hours[adult] / np.exp(zeta)) == pytest.approx(6.0, rel=0.03)
    assert p.trust_institutions0.mean() == pytest.approx(0.5, abs=0.05)
    assert p.agency0.mean() == pytest.approx(0.5, abs=0.01)
    assert (p.trust_general0 > 0.5).mean() == pytest.approx(0.24, abs=0.02)
    assert p.skill[p.diploma == 2].mean() > p.skill[p.diploma == 0].mean()
    assert p.consent.mean() == pytest.approx(0.6, abs=0.01)
    assert p.sex.mean() == pytest.approx(0.52, abs=0.03)
    days = pantin.households.stock_full / pantin.households.size / 1000
    assert np.median(days) == pytest.approx(8, abs=0.5)
    assert np.mean(days < 7) == pytest.approx(0.38, abs=0.08), "Ifop, March 2020: 38 % under 7 days"
