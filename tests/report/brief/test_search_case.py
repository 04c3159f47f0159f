"""The brief of a portfolio search: its front by fresh seeds, each mix by its own name, other scenarios beside."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from hashlib import sha256

import pytest
import yaml

from simulator.records.folder import save
from simulator.records.results import open as open_results
from simulator.report.brief.answer import answer, notices, scene
from simulator.report.brief.assumptions import leans
from simulator.report.brief.case import case
from simulator.report.brief.page import brief_html
from simulator.report.brief.ranking import ranking
from simulator.report.brief.reproduce import command
from simulator.report.brief.search_case import about, names_of, searched
from tests.analysis.fake_runs import LEVERS, fake_record

BEST = ("open_project", "outreach", "phone_tree_and_register")
LOWER = ("coordinator", "outreach", "phone_tree_and_register")
PART = ("coordinator", "open_project", "outreach")
"""Played to say what each lever brings, and no portfolio of the search."""
SEARCH, FRESH, LATER = (1, 2), (3, 4), (11, 12)


def elsewhere(levers, seed, **scene):
    """A run of another scenario, as somebody might add to the folder."""
    record = fake_record(levers, seed)
    runs = record.tables["runs"]
    for name, value in scene.items():
        runs[name][0] = value
    runs["context"][0] = "other " + str(sorted(scene.items()))
    record.run_id = runs["run"][0] = sha256(f"{record.run_id} {scene}".encode()).hexdigest()[:16]
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What `resilience portfolio` leaves, with tries of its best mix in two other scenarios."""
    folder = tmp_path_factory.mktemp("search")
    singles = [(name,) for name in ("outreach", "open_project")]
    records = [fake_record(arm, seed) for seed in SEARCH for arm in [(), BEST, LOWER, PART, *singles]]
    records += [fake_record(arm, seed) for seed in FRESH for arm in [(), BEST]]
    for scene_ in ({"behaviour": "selection_only"}, {"crises": "flood"}):
        records += [elsewhere(arm, seed, **scene_) for seed in LATER for arm in [(), BEST]]
    for record in records:
        save(record, folder / "runs" / f"{record.run_id}.parquet")
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
    told = case(results, "en")
    assert [arm.levers for arm, _ in told.found][0] == BEST and told.first.levers == BEST == told.lead[0].levers
    assert sorted(told.first.runs) == list(FRESH)
    others = {arm.levers: sorted(arm.runs) for arm, _ in told.found[1:]}
    assert others == dict.fromkeys([LOWER, ("outreach",), ("open_project",)], list(SEARCH)), "parts of a mix are out"
    base = [told.baseline.value("loss_total", seed) for seed in FRESH]
    share = 1 - sum(told.first.value("loss_total", seed) for seed in FRESH) / sum(base)
    first, _ = answer(told)
    assert "Mix A (3 levers)" in first and f"{100 * share:.0f}% fewer" in first and "4 mixes tried" in first
    assert "On 2 draws that had no part in choosing it" in first and "€70k a year" in first
    assert "the best played again on 2 others" in scene(told)
    assert any("Few draws: 2" in one for one in notices(told))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_mixes_can_be_told_apart_and_say_what_they_hold(results, lang):
    told = case(results, lang)
    names = [row.name for row in ranking(told)]
    assert len(set(names)) == len(names) == 4 and names[0].endswith(("A (3 leviers)", "A (3 levers)"))
    inside = {row.name: row.inside for row in ranking(told) if row.inside}
    column = 0 if lang == "fr" else 1
    assert inside[names[0]] == " + ".join(LEVERS[lever][column] for lever in BEST) and len(inside) == 2
    page = brief_html(results, lang)
    assert page.count(inside[names[0]].replace("'", "&#39;")) >= 2, "beside its rank and in the annex"
    assert not re.search(r"\bnan\b", re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_other_scenarios_are_compared_only_where_the_mix_was_played(results):
    told = case(results, "en")
    text = " ".join(leans(told))
    assert "Played in 2 other scenarios of the same folder, “Mix A (3 levers)” lowers losses by" in text
    assert re.search(r"by behaviour variant: balanced −\d\d\.\d%, selection only −\d\d\.\d%\.", text)
    assert "leads in" not in text, "nothing else was played there to lead over"


def test_it_says_how_to_search_again(results):
    told = command(case(results, "fr"))
    assert told.startswith("resilience portfolio territory=three_sites") and "budget=70000 " in told
    assert "lever='[coordinator,mixing,open_project,outreach,phone_tree_and_register]'" in told and "seeds=2" in told
    assert "spare" not in told, "what was not set is not said"


def test_a_folder_without_a_finished_search_is_told_as_a_comparison(folder, tmp_path):
    assert searched(tmp_path, about(folder)) is None and searched(folder, {"command": "compare"}) is None
    assert about(tmp_path) == {}
    for broken in ("[broken", "settings: 3", "- a"):
        (tmp_path / "settings.yaml").write_text(broken, encoding="utf-8")
        assert about(tmp_path) == {}


def test_names_of_portfolios_are_kept_by_levers_and_doses():
    told = {"settings": {"lever": {"fans": {"dose": 0.2}, "cash": {"dose": 1}},
                         "arms": {"Cheap": ["fans"], "Rich": {"fans": None, "cash": 2}}}}
    assert names_of(told) == {"fans*0.2": "Cheap", "cash*2+fans*0.2": "Rich"} and names_of({}) == {}


def test_doses_are_told_against_the_card(folder):
    found = replace(searched(folder, about(folder)), doses={"fans": 0.2, "cash": 1.0})
    assert found.name({"levers": [{"id": "fans", "dose": 0.1}, {"id": "cash", "dose": 1.0}]}) == "cash+fans*0.5"
    assert found.name({"levers": []}) == ""
