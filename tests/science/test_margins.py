"""The synthetic population of every commune against the published counts of INSEE."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import PopulationTables, generate_population
from simulator.world.places.territory import Territory
from simulator.world.population.communes import AGE_BAND_STARTS, load_commune_counts

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "communes93.csv"
REFERENCE, LINE = 19_020, 13_890
"""Filosofi 2021: the département's median income per consumption unit, and 60 % of the national one, EUR a year."""
MEDIAN_INCOME_PER_DAY = REFERENCE * 1.7 / 365
"""EUR a day of the median household: 1.7 consumption units."""
FACT_NAMES = {"population": "pop2022", "households": "households2022", "owner_occupied": "owner_occupied2022",
              "one_person": "one_person_households", "lone_parents": "lone_parent_families",
              "active15_64": "active15_64_2022", "unemployed15_64": "unemployed15_64_2022"}
"""Names of Margins to names of the collected table."""


@pytest.fixture(scope="module")
def departement() -> PopulationTables:
    """The whole population of Seine-Saint-Denis."""
    return generate_population(Territory("seine_saint_denis"), Model(), make_random_key(1), {})


@pytest.fixture(scope="module")
def facts() -> dict[int, dict[str, str]]:
    """The published table as collected, by code; skips the test without it."""
    if not FACTS.exists():
        pytest.skip("the collected table of published figures is not beside this checkout")
    return {int(row["code"]): row for row in csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines())}


def resident_rows(tables: PopulationTables, code: int) -> slice:
    """Rows of a commune's residents."""
    commune = int(np.flatnonzero(tables.communes.code == code)[0])
    first = int(tables.communes.population[:commune].sum())
    return slice(first, first + int(tables.communes.population[commune]))


@pytest.mark.parametrize("code", sorted(load_commune_counts()))
def test_a_commune_has_its_published_residents(code, departement):
    m, people, h = load_commune_counts()[code], departement.people, departement.households
    rows = resident_rows(departement, code)
    age, job = people.age[rows], people.job[rows]
    home = np.unique(people.household[rows])
    assert len(age) == m.population and len(home) == m.households
    assert (np.histogram(age, [*AGE_BAND_STARTS, 121])[0] == m.age_band_counts).all()
    assert (np.bincount(h.kind[home], minlength=5) == m.household_kind_counts).all()
    assert (h.kind[home] == 0).sum() == m.one_person == (h.size[home] == 1).sum()
    assert (h.tenure[home] == 0).sum() == m.owner_occupied
    working_age = (age >= 15) & (age < 65)
    assert (job[working_age] > 0).sum() == m.active15_64 and (job == 1).sum() == m.unemployed15_64
    assert (job[age < 25] == 1).sum() == m.unemployed15_24
    income = h.income[people.household[rows]] * REFERENCE
    assert np.median(income) == pytest.approx(m.median_income_eur, rel=0.01)
    assert 100 * np.mean(income < LINE) == pytest.approx(m.poverty_pct, abs=1.0)
    by_home = h.income[home] * REFERENCE
    assert np.median(by_home) == pytest.approx(m.median_income_eur, rel=0.03)
    assert 100 * np.mean(by_home < LINE) == pytest.approx(m.poverty_pct, abs=2.0)


def test_the_counts_of_the_project_equal_the_published_ones(facts):
    for code, m in load_commune_counts().items():
        for name in ("family_households", "couples_with_children", "couples_without_children", "age0_14", "age15_29",
                     "age30_44", "age45_59", "age60_74", "age75_89", "age90p", "active15_24", "unemployed15_24"):
            assert getattr(m, name) == int(facts[code][name]), (code, name)
        for name, fact in FACT_NAMES.items():
            assert getattr(m, name) == int(facts[code][fact]), (code, name)
        if code != 93066:
            assert m.median_income_eur == int(facts[code]["median_income_cu_2021_eur"])
            assert m.poverty_pct == int(facts[code]["poverty_rate60_2021_pct"])


def test_income_figures_of_saint_denis_include_pierrefitte(facts):
    """The two communes merged in 2025: the figures are means weighted by tax households."""
    parts = [facts[93066], facts[93059]]
    weights = np.array([int(part["tax_households2021"]) for part in parts])
    for name, fact, tolerance in (("median_income_eur", "median_income_cu_2021_eur", 1),
                                  ("poverty_pct", "poverty_rate60_2021_pct", 0.1)):
        mean = weights @ np.array([float(part[fact]) for part in parts]) / weights.sum()
        assert getattr(load_commune_counts()[93066], name) == pytest.approx(mean, abs=tolerance)


def test_the_departement_as_a_whole(departement):
    people, households = departement.people, departement.households
    assert len(people) == 1_681_725 and len(households) == 661_900
    assert len(np.unique(people.uid)) == len(people)
    income = households.income[people.household]
    assert np.median(income) == pytest.approx(1.0, abs=0.02)
    assert np.mean(income * REFERENCE < LINE) == pytest.approx(0.284, abs=0.01)
    priority = departement.neighbourhoods.priority[people.neighbourhood].mean()
    assert priority == pytest.approx(0.42, abs=0.01)
    assert np.mean(households.tenure == 1) == pytest.approx(0.324, abs=0.03)
    frail = people.frailty > 0.5
    assert frail[people.age >= 65].mean() == pytest.approx(0.17, abs=0.01), "SHARE: 17 % of those 65+ at home are frail"
    assert frail[people.age >= 75].mean() == pytest.approx(0.27, abs=0.05), "SHARE: 27 % of those 75+"
    short = np.mean(households.cushion * MEDIAN_INCOME_PER_DAY < 1000)
    assert short == pytest.approx(0.31, abs=0.05), "INSEE 2019: 31 % cannot meet an expense of 1 000 EUR"
    assert np.bincount(people.ses) / len(people) == pytest.approx([1 / 3] * 3, abs=0.03)
    quintiles = np.bincount(households.quintile, weights=households.size) / len(people)
    assert quintiles == pytest.approx([0.2] * 5, abs=0.001)
    assert 2200 <= len(people) / len(departement.neighbourhoods) <= 3000
