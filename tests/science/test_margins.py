"""Every commune's simulated residents against the published counts of INSEE."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from simulator.kernel.random import key
from simulator.parameters import Model
from simulator.world.build import Places, populate
from simulator.world.places.territory import Territory
from simulator.world.population.communes import BANDS, communes

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "communes93.csv"
REFERENCE, LINE = 19_020, 13_890
"""Filosofi 2021: the département's median income per consumption unit, and 60 % of the national one, EUR a year."""
SAME = {"population": "pop2022", "households": "households2022", "owner_occupied": "owner_occupied2022",
        "one_person": "one_person_households", "lone_parents": "lone_parent_families",
        "active15_64": "active15_64_2022", "unemployed15_64": "unemployed15_64_2022"}


@pytest.fixture(scope="module")
def departement() -> Places:
    """Everybody in Seine-Saint-Denis."""
    return populate(Territory("seine_saint_denis"), Model(), key(1), {})


@pytest.fixture(scope="module")
def facts() -> dict[int, dict[str, str]]:
    """The published table as collected, where it is at hand."""
    if not FACTS.exists():
        pytest.skip("the collected table of published figures is not beside this checkout")
    return {int(row["code"]): row for row in csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines())}


def rows(one: Places, code: int) -> slice:
    """Rows of the commune's residents."""
    commune = int(np.flatnonzero(one.communes.code == code)[0])
    first = int(one.communes.population[:commune].sum())
    return slice(first, first + int(one.communes.population[commune]))


@pytest.mark.parametrize("code", sorted(communes()))
def test_a_commune_has_its_published_residents(code, departement):
    m, one, part = communes()[code], departement, rows(departement, code)
    age, job = one.people.age[part], one.people.job[part]
    home = np.unique(one.people.household[part])
    h = one.households
    assert len(age) == m.population and len(home) == m.households
    assert (np.histogram(age, [*BANDS, 121])[0] == m.ages).all()
    assert (np.bincount(h.kind[home], minlength=5) == m.kinds).all()
    assert (h.kind[home] == 0).sum() == m.one_person == (h.size[home] == 1).sum()
    assert (h.tenure[home] == 0).sum() == m.owner_occupied
    working_age = (age >= 15) & (age < 65)
    assert (job[working_age] > 0).sum() == m.active15_64 and (job == 1).sum() == m.unemployed15_64
    assert (job[age < 25] == 1).sum() == m.unemployed15_24
    income = h.income[one.people.household[part]] * REFERENCE
    assert np.median(income) == pytest.approx(m.median_income_eur, rel=0.01)
    assert 100 * np.mean(income < LINE) == pytest.approx(m.poverty_pct, abs=1.0)
    by_home = h.income[home] * REFERENCE
    assert np.median(by_home) == pytest.approx(m.median_income_eur, rel=0.03)
    assert 100 * np.mean(by_home < LINE) == pytest.approx(m.poverty_pct, abs=2.0)


def test_our_copy_of_the_published_counts_is_faithful(facts):
    for code, m in communes().items():
        for name in ("family_households", "couples_with_children", "couples_without_children", "age0_14", "age15_29",
                     "age30_44", "age45_59", "age60_74", "age75_89", "age90p", "active15_24", "unemployed15_24"):
            assert getattr(m, name) == int(facts[code][name]), (code, name)
        for name, theirs in SAME.items():
            assert getattr(m, name) == int(facts[code][theirs]), (code, name)
        if code != 93066:
            assert m.median_income_eur == int(facts[code]["median_income_cu_2021_eur"])
            assert m.poverty_pct == int(facts[code]["poverty_rate60_2021_pct"])


def test_saint_denis_holds_pierrefitte(facts):
    parts = [facts[93066], facts[93059]]
    homes = np.array([int(part["tax_households2021"]) for part in parts])
    for name, theirs, close in (("median_income_eur", "median_income_cu_2021_eur", 1),
                                ("poverty_pct", "poverty_rate60_2021_pct", 0.1)):
        mean = homes @ np.array([float(part[theirs]) for part in parts]) / homes.sum()
        assert getattr(communes()[93066], name) == pytest.approx(mean, abs=close)


def test_the_departement_as_a_whole(departement):
    one = departement
    people, home = one.people, one.households
    assert len(people) == 1_681_725 and len(home) == 661_900
    assert len(np.unique(people.uid)) == len(people)
    income = home.income[people.household]
    assert np.median(income) == pytest.approx(1.0, abs=0.02)
    assert np.mean(income * REFERENCE < LINE) == pytest.approx(0.284, abs=0.01)
    priority = one.neighbourhoods.priority[people.neighbourhood].mean()
    assert priority == pytest.approx(0.42, abs=0.01)
    assert np.mean(home.tenure == 1) == pytest.approx(0.324, abs=0.03)
    assert people.frailty.mean() == pytest.approx(0.157, abs=0.01)
    assert np.bincount(people.ses) / len(people) == pytest.approx([1 / 3] * 3, abs=0.03)
    fifths = np.bincount(home.quintile, weights=home.size) / len(people)
    assert fifths == pytest.approx([0.2] * 5, abs=0.001)
    assert 2200 <= len(people) / len(one.neighbourhoods) <= 3000
