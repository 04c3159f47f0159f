"""One commune's people: exact counts, families that look like families, incomes, jobs, keyed quantiles."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.random import key
from simulator.parameters import Model
from simulator.world.build import populate
from simulator.world.places.layout import lay_out_all
from simulator.world.places.territory import Territory
from simulator.world.population.age import LEAST_GAP, by_year
from simulator.world.population.belief import at_rest, frailty_tables
from simulator.world.population.building import OWNER, SOCIAL
from simulator.world.population.communes import BANDS, communes, shares
from simulator.world.population.household import ADULT, CHILD, COUPLE, LONE, WITH_CHILDREN, settle
from simulator.world.population.population import settle_commune
from simulator.world.population.random_columns import beta_table, normals, uniforms


@pytest.fixture(scope="module", params=[93014, 93033, 93055])
def commune(request):
    """A poor commune of large families, a small wealthy one by the river, a dense one of small households."""
    return settle_commune(lay_out_all(Model(), key(1))[request.param], Model(), key(1))


def test_children_live_with_parents_of_plausible_ages(commune):
    homes, age = commune.homes, commune.people["age"]
    child, head = homes.role == CHILD, age[homes.first]
    assert (age[child] < 25).all() and (age[~child] >= 18).all()
    with_kids = np.isin(homes.kind, (WITH_CHILDREN, LONE))
    assert (homes.children[with_kids] >= 1).all() and (homes.children[~with_kids] == 0).all()
    gap = head[homes.home[child]] - age[child]
    assert gap.min() >= LEAST_GAP - 1 and 25 <= np.median(gap) <= 37 and np.percentile(gap, 99) <= 55


def test_partners_are_near_in_age(commune):
    homes, age = commune.homes, commune.people["age"]
    pair = homes.first[np.isin(homes.kind, (COUPLE, WITH_CHILDREN))]
    gap = np.abs(age[pair] - age[pair + 1])
    assert gap.mean() < 4 and np.percentile(gap, 99) <= 12


def test_households_have_the_sizes_of_their_kind(commune):
    homes = commune.homes
    assert (np.bincount(homes.kind, minlength=5) == commune.layout.margins.kinds).all()
    assert (homes.size[homes.kind == 0] == 1).all() and (homes.size[homes.kind == COUPLE] == 2).all()
    assert (homes.size[homes.kind == WITH_CHILDREN] >= 3).all() and (homes.size[homes.kind >= LONE] >= 2).all()
    assert homes.size.sum() == commune.layout.margins.population == len(homes.role)
    assert (homes.role == ADULT).mean() < 0.15


def test_leads_are_the_first_adults(commune):
    homes, lead, age = commune.homes, commune.households["lead"], commune.people["age"]
    assert (homes.home[lead] == np.arange(len(lead))).all() and (age[lead] >= 18).all()


def test_one_milieu_in_a_household(commune):
    group, homes = commune.people["group"], commune.homes
    assert (group == group[homes.first][homes.home]).all() and set(group) == {0, 1, 2, 3}


def test_owners_are_as_many_as_published_and_never_in_social_buildings(commune):
    tenure, blocks = commune.households["tenure"], commune.blocks
    assert (tenure == OWNER).sum() == commune.layout.margins.owner_occupied
    assert ((tenure == SOCIAL) == blocks.social[blocks.of]).all()


def test_a_building_has_about_twenty_households_or_is_a_row_of_houses(commune):
    blocks = commune.blocks
    assert 15 <= np.median(blocks.households[~blocks.house]) <= 25
    assert blocks.households[blocks.house].max() <= 12
    assert (commune.households["floor"] < blocks.floors[blocks.of]).all()


def test_lone_parents_are_poorer_and_couples_richer(commune):
    income, kind = commune.households["income"], commune.homes.kind
    assert np.median(income[kind == LONE]) < np.median(income) < np.median(income[kind == COUPLE])


def test_bands_are_exact_at_every_age_split():
    for margins in communes().values():
        years = by_year(margins)
        assert (np.add.reduceat(years, BANDS) == margins.ages).all() and years.sum() == margins.population


def test_shares_and_settle_give_exact_totals():
    assert shares(np.array([1.0, 1.0, 1.0]), 10).tolist() == [4, 3, 3]
    order = np.array([0.5, 0.1, 0.9])
    assert settle(np.array([5, 5, 5]), 12, 1, 8, order).sum() == 12
    with pytest.raises(ValueError, match="cannot settle"):
        settle(np.array([1, 1]), 20, 0, 8, order[:2])


def test_keyed_values_have_their_distributions():
    u = uniforms(key(3), np.arange(200_000), 1)
    assert abs(u.mean() - 0.5) < 0.002 and abs(np.corrcoef(u[:, 0], u[:, 3])[0, 1]) < 0.01
    z = normals(u[:, 0])
    assert abs(z.mean()) < 0.01 and abs(z.std() - 1) < 0.01 and abs((z < -1.959964).mean() - 0.025) < 0.002
    assert normals(np.array([0.975, 0.0001])) == pytest.approx([1.959963985, -3.719016485], abs=1e-7)
    for a, b in ((1.5, 4.0), (0.69, 5.31), (4.29, 1.71), (3.0, 3.0)):
        values = np.interp(u[:, 1], np.linspace(0, 1, len(beta_table(a, b))), beta_table(a, b))
        assert values.mean() == pytest.approx(a / (a + b), abs=0.004)
        assert values.var() == pytest.approx(a * b / (a + b) ** 2 / (a + b + 1), rel=0.05)


def test_frailty_rises_with_age_as_specified():
    mean = frailty_tables(Model()).mean(axis=1)
    for age in (20, 60, 77, 90):
        assert mean[age] == pytest.approx(0.115 + 0.60 / (1 + np.exp(-(age - 77) / 7)), abs=0.005)


def test_beliefs_rest_where_the_closed_form_says():
    assert at_rest(0.5, 0.0, 0.02, 0.0, 0.03, 0.15) == pytest.approx(0.5)
    visits = 365.25 / 7 / 3
    assert at_rest(0.0, visits, np.log(3) / 100, 0.0, 0.0, 0.25) == pytest.approx(0.4317, abs=0.002)


def test_residents_are_as_the_model_describes():
    pantin = populate(Territory("pantin", communes=["93055"]), Model(), key(1), {})
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
    assert np.median(pantin.households.stock_full / pantin.households.size / 1000) == pytest.approx(5, abs=1)
