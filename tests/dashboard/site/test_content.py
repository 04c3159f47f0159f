"""What the page to hand on holds: the numbers that reports have, in every language, for each scenario."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.analysis.effects.outcomes import OUTCOMES
from simulator.dashboard.site import texts
from simulator.dashboard.site.content import collect_scenes, iterate_comparisons
from simulator.dashboard.site.measures import round_number
from simulator.i18n.translation import list_languages
from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from tests.analysis import fake_runs
from tests.house import tree


def fill(folder, records):
    for record in records:
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    return open_results(folder)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("site"), fake_runs.fake_study(4, ("outreach", "coordinator")))


@pytest.fixture(scope="module")
def scene(results):
    [found], left_out = collect_scenes(results, 10**9, lambda _: 0)
    assert left_out == 0
    return found


def test_levers_are_ranked_and_their_effects_are_those_of_the_comparison(results, scene):
    [(_, comparison)] = iterate_comparisons(results)
    assert [one["key"] for one in scene["levers"]] == ["+".join(one.arm.levers) for one in comparison.ranked]
    everyone = scene["groups"][0]
    for shown, effect in zip(comparison.ranked, everyone["effects"]):
        assert effect["change"] == pytest.approx(1000 * shown.effect.difference, rel=1e-4)
        assert effect["low"] <= effect["change"] <= effect["high"] and effect["pairs"] == 4


def test_the_loss_of_everyone_is_the_mean_of_the_groups_weighted_by_residents(scene):
    incomes = [one for one in scene["groups"] if one["key"].startswith("income.")]
    assert len(incomes) == 5
    people = np.array([one["people"] for one in incomes])
    without = np.array([one["effects"][0]["without"] for one in incomes])
    assert without @ people / people.sum() == pytest.approx(scene["groups"][0]["effects"][0]["without"], rel=0.05)


def test_the_answer_is_that_of_the_note_without_names_of_settings(scene):
    answer = scene["answer"]
    assert answer["en"].startswith("Without action, the ") and answer["fr"].startswith("Sans action, ")
    assert not any(word in text for text in answer.values() for word in ("=", "seed", "graine"))


def test_groups_have_one_key_in_every_language(scene):
    keys = [one["key"] for one in scene["groups"]]
    assert len(set(keys)) == len(keys) and "household.lone_parent" in keys and "isolation_before.isolated" in keys
    for one in scene["groups"]:
        assert set(one["label"]) == set(list_languages()) and len(one["effects"]) == 2


def test_curves_stand_between_lowest_and_highest_seed(scene):
    curves = scene["curves"]
    for bands in (*curves["groups"].values(), curves["away"]):
        assert len(bands) == 3
        for band in bands:
            low, mean, high = (np.array(band[name], float) for name in ("low", "mean", "high"))
            assert len(mean) <= len(curves["days"]) and (low <= mean + 1e-3).all() and (mean <= high + 1e-3).all()


def test_steps_and_doubts_speak_of_every_arm(scene):
    assert [one["key"] for one in scene["steps"]] == list(texts.STEP_LABELS)
    assert all(len(one["values"]) == 3 for one in scene["steps"])
    assert all(one["key"] in OUTCOMES and len(one["effects"]) == 2 for one in scene["doubts"])


def test_a_map_never_shows_one_neighbourhood(scene):
    assert scene["map"] is None or all(one["people"] >= 500 for one in scene["map"]["places"])


def test_scenarios_that_do_not_fit_are_counted(results):
    with pytest.raises(ValueError, match="no comparison"):
        collect_scenes(results, 10, lambda _: 11)


def test_runs_without_a_baseline_are_no_comparison(tmp_path):
    runs = fill(tmp_path, [fake_runs.fake_record(("outreach",), seed) for seed in (1, 2)])
    with pytest.raises(ValueError, match="without levers and with levers"):
        collect_scenes(runs, 10**9, lambda _: 0)


def test_everything_is_json_without_gaps_that_json_lacks(scene):
    json.dumps(scene, allow_nan=False)


@pytest.mark.parametrize(("value", "rounded"), [(123456.7, 123460), (0.000123456, 0.00012346), (0.0, 0), (-2.0, -2),
                                                (float("nan"), None), (float("inf"), None)])
def test_numbers_keep_five_digits(value, rounded):
    assert round_number(value) == rounded


def test_every_text_is_french_and_used_by_the_page():
    site = tree.ROOT / "simulator" / "dashboard" / "site"
    page = "".join((site / name).read_text(encoding="utf-8") for name in ("explorer.js", "index.html"))
    for key, said in texts.collect_site_texts().items():
        assert said["fr"] != said["en"], key
        assert any(sign + key in page for sign in ('"', ".")), key


def test_the_page_judges_by_the_threshold_of_the_folder_or_the_one_given(tmp_path):
    results = fill(tmp_path, fake_runs.fake_study(4, ("outreach",)))
    (tmp_path / "settings.yaml").write_text("command: compare\nsettings: {worth: 99%}\n", encoding="utf-8")
    answers = {}
    for worth in (None, "1%"):
        [(_, comparison)] = iterate_comparisons(results, worth)
        assert comparison.opened.worth == (worth or "99%")
        [scene], _ = collect_scenes(results, 10**9, lambda _: 0, worth)
        answers[worth] = scene["answer"]["en"]
    assert answers[None] != answers["1%"]
