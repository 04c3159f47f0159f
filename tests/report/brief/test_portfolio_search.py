"""The brief of a portfolio search: its front with fresh seeds, names of portfolios, other scenarios."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from hashlib import sha256

import pytest
import yaml

from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from simulator.report.brief.answer import format_brief_answer, list_notices
from simulator.report.brief.assumptions import list_assumption_notes
from simulator.report.brief.case import select_case
from simulator.report.brief.page import render_brief
from simulator.report.brief.portfolio_search import list_portfolio_names, read_job_settings, read_portfolio_search
from simulator.report.brief.question import format_setup
from simulator.report.brief.ranking import build_ranking
from simulator.report.brief.reproduce import command
from tests.analysis.fake_runs import LEVERS, fake_record

BEST = ("open_project", "outreach", "phone_tree_and_register")
LOWER = ("coordinator", "outreach", "phone_tree_and_register")
PART = ("coordinator", "open_project", "outreach")
"""Played to measure the contribution of each lever; no portfolio of the search."""
SEARCH, FRESH, LATER = (1, 2), (3, 4), (11, 12)


def run_other_scenario(levers, seed, **columns):
    """A run of another scenario, as a user might add to the folder."""
    record = fake_record(levers, seed)
    runs = record.tables["runs"]
    for name, value in columns.items():
        runs[name][0] = value
    runs["context"][0] = "other " + str(sorted(columns.items()))
    record.run_id = runs["run"][0] = sha256(f"{record.run_id} {columns}".encode()).hexdigest()[:16]
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What `resilience portfolio` writes, with runs of its best portfolio in two other scenarios."""
    folder = tmp_path_factory.mktemp("search")
    singles = [(name,) for name in ("outreach", "open_project")]
    records = [fake_record(arm, seed) for seed in SEARCH for arm in [(), BEST, LOWER, PART, *singles]]
    records += [fake_record(arm, seed) for seed in FRESH for arm in [(), BEST]]
    for columns in ({"behaviour": "selection_only"}, {"crises": "flood"}):
        records += [run_other_scenario(arm, seed, **columns) for seed in LATER for arm in [(), BEST]]
    for record in records:
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    settings = {"budget": 70000.0, "plays": 9, "fresh": 2, "doses": [1.0], "severities": [1], "spare": None,
                "orders": 4, "lever": {name: {"id": name, "dose": 1.0} for name in LEVERS}}
    (folder / "settings.yaml").write_text(yaml.safe_dump({"command": "portfolio", "seeds": list(SEARCH),
                                                          "settings": settings}), encoding="utf-8")
    write(folder / "analysis" / "front.csv", [
        {"levers": "none", "stays": "", "on_front": 0}, {"levers": "+".join(BEST), "stays": 1, "on_front": 1},
        {"levers": "+".join(LOWER), "stays": "", "on_front": 0}, {"levers": "outreach", "stays": "", "on_front": 0},
        {"levers": "open_project", "stays": "", "on_front": 0}])
    write(folder / "analysis" / "returns.csv", [{"levers": ""}, {"levers": "outreach"}, {"levers": "+".join(LOWER)},
                                                {"levers": "+".join(BEST)}])
    return folder


def write(file, rows):
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def results(folder):
    return open_results(folder)


def test_the_front_is_judged_by_seeds_that_did_not_choose_it(results):
    case = select_case(results, "en")
    assert case.effects[0][0].levers == case.best_arm.levers == case.leading_arms[0].levers == BEST
    assert sorted(case.best_arm.runs) == list(FRESH)
    others = {arm.levers: sorted(arm.runs) for arm, _ in case.effects[1:]}
    assert others == dict.fromkeys([LOWER, ("outreach",), ("open_project",)], list(SEARCH)), "parts of a mix are out"
    base = [case.baseline.value("loss_total", seed) for seed in FRESH]
    share = 1 - sum(case.best_arm.value("loss_total", seed) for seed in FRESH) / sum(base)
    first, _ = format_brief_answer(case)
    assert "Mix A (3 levers)" in first and f"{100 * share:.0f}% fewer" in first and "4 mixes tried" in first
    assert "On 2 draws that had no part in choosing it" in first and "€70k a year" in first
    assert "the best played again on 2 others" in format_setup(case)
    assert any("Few draws: 2" in one for one in list_notices(case))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_portfolios_have_distinct_names_and_list_their_levers(results, lang):
    case = select_case(results, lang)
    names = [row.name for row in build_ranking(case)]
    assert len(set(names)) == len(names) == 4 and names[0].endswith(("A (3 leviers)", "A (3 levers)"))
    inside = {row.name: row.inside for row in build_ranking(case) if row.inside}
    column = 0 if lang == "fr" else 1
    assert inside[names[0]] == " + ".join(LEVERS[lever][column] for lever in BEST) and len(inside) == 2
    page = render_brief(results, lang)
    assert page.count(inside[names[0]].replace("'", "&#39;")) >= 2, "beside its rank and in the annex"
    assert not re.search(r"\bnan\b", re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_other_scenarios_are_compared_only_where_the_portfolio_was_played(results):
    case = select_case(results, "en")
    text = " ".join(list_assumption_notes(case))
    assert "Played in 2 other scenarios of the same folder, “Mix A (3 levers)” lowers losses by" in text
    assert re.search(r"by behaviour variant: balanced −\d\d\.\d%, selection only −\d\d\.\d%\.", text)
    assert "leads in" not in text, "nothing else was played there to lead over"


def test_the_command_repeats_the_search(results):
    line = command(select_case(results, "fr"))
    assert line.startswith("resilience portfolio territory=three_sites") and "budget=70000 " in line
    assert "lever='[coordinator,mixing,open_project,outreach,phone_tree_and_register]'" in line and "seeds=2" in line
    assert "spare" not in line, "a setting that was not set is left out"


def test_a_folder_without_a_finished_search_has_no_search(folder, tmp_path):
    assert read_portfolio_search(tmp_path, read_job_settings(folder)) is None
    assert read_portfolio_search(folder, {"command": "compare"}) is None
    assert read_job_settings(tmp_path) == {}
    for broken in ("[broken", "settings: 3", "- a"):
        (tmp_path / "settings.yaml").write_text(broken, encoding="utf-8")
        assert read_job_settings(tmp_path) == {}


def test_names_of_portfolios_are_found_by_levers_and_doses():
    job = {"settings": {"lever": {"fans": {"dose": 0.2}, "cash": {"dose": 1}},
                        "arms": {"Cheap": ["fans"], "Rich": {"fans": None, "cash": 2}}}}
    assert list_portfolio_names(job) == {"fans*0.2": "Cheap", "cash*2+fans*0.2": "Rich"}
    assert list_portfolio_names({}) == {}


def test_doses_are_relative_to_the_card(folder):
    found = replace(read_portfolio_search(folder, read_job_settings(folder)), doses={"fans": 0.2, "cash": 1.0})
    assert found.name({"levers": [{"id": "fans", "dose": 0.1}, {"id": "cash", "dose": 1.0}]}) == "cash+fans*0.5"
    assert found.name({"levers": []}) == ""
