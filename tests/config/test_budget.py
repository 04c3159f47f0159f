"""euros=, posts=, budget.csv and breakeven.csv, in the village, with jobs that are resolved but not played."""

from __future__ import annotations

import csv

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.compare.break_even import BREAK_EVEN_COLUMNS, PERSON_DAY_VALUES_EUR, write_break_even
from simulator.config.budget import get_cost_terms, write_budget
from simulator.levers.cost import count_posts
from simulator.records.files.run_files import combine_records
from tests.analysis.fake_runs import fake_study

WORDS = ("compare", "territory=village", "lever=[outreach,coordinator,fans]", "seeds=1", "together=true")


def rows(file):
    with open(file, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def resolve(idle, *more):
    assert main([*WORDS, *more]) == 0
    return idle[-1][0]


def test_every_arm_costs_the_same_a_year(idle):
    job = resolve(idle, "euros=300")
    terms = get_cost_terms(job.baseline)
    for levers in list(job.arms().values())[1:]:
        a_year = sum(terms.yearly_cost(terms.resolve_lever(lever), lever.dose) for lever in levers)
        assert a_year == pytest.approx(300, rel=1e-5)
    assert len(job.arms()["together"]) == 3


def test_posts_are_shared(idle):
    job = resolve(idle, "posts=1")
    terms = get_cost_terms(job.baseline)
    for levers in list(job.arms().values())[1:]:
        assert sum(count_posts(terms.resolve_lever(lever), terms.world) for lever in levers) <= 1 + 1e-9
    doses = {lever.id: lever.dose for lever in job.levers}
    assert doses == pytest.approx({"outreach": 1.0, "coordinator": 1 / 2, "fans": 0.2}), "one post at two sites"


def test_without_a_budget_levers_stay_as_they_are(idle):
    job = resolve(idle)
    assert job.arms()["together"] == job.levers and {lever.dose for lever in job.levers} == {0.2, 1.0, 2.0}


@pytest.mark.parametrize(("word", "message"), [
    ("euros=-3", "euros = -3.0"), ("euros=0", "a number above 0"), ("posts=no", "posts = 'no': expected a number"),
    ("euros=900000", "lever coordinator: at its greatest dose 2 it costs"),
])
def test_budgets_that_cannot_be_met_are_refused(refused, word, message):
    assert message in refused(*WORDS, word, "lang=en")


def test_a_lever_that_no_dose_can_halve_is_refused(refused):
    line = refused("compare", "territory=village", "lever=stable_funding", "euros=100", "lang=en")
    assert "sets site.grant_renewal, which is the same at any dose" in line


def test_money_by_year_and_payer_adds_up_to_the_budget(idle, tmp_path):
    job = resolve(idle, "euros=300")
    table = rows(write_budget(job.arms(), job.baseline, tmp_path))
    assert {row["arm"] for row in table} == {"outreach", "coordinator", "fans", "together"}
    assert {row["payer"] for row in table} == {"departement", "commune"}
    years = get_cost_terms(job.baseline).years
    spent = sum(float(row["euros"]) for row in table if row["arm"] == "outreach")
    assert spent / years == pytest.approx(300, rel=0.1), "up to discounting"


def test_how_often_the_crisis_must_come(idle, tmp_path):
    job = resolve(idle)
    table = rows(write_break_even(job, combine_records(fake_study(4, ("outreach",))), tmp_path))
    assert [list(row) for row in table] == [list(BREAK_EVEN_COLUMNS)] * len(PERSON_DAY_VALUES_EUR)
    often = [float(row["times_a_year"]) for row in table]
    assert often[0] == pytest.approx(10 * often[1]) and often[1] == pytest.approx(10 * often[2])
    assert write_break_even(job, combine_records(fake_study(2, ())), tmp_path) is None
