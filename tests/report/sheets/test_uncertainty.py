"""The report of an ensemble: ranges, variance components, and which uncertainty the intervals include."""

from __future__ import annotations

import re

import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms, count_played_seeds, list_observation_seeds
from simulator.analysis.uncertainty.comparison_doubt import estimate_effect_shares
from simulator.i18n.number_format import format_percent
from simulator.records.files.run_files import combine_records
from simulator.report.brief.answer import format_brief_answer, list_notices
from simulator.report.brief.assumptions import list_assumption_notes
from simulator.report.brief.case import select_case
from simulator.report.brief.page import render_brief
from simulator.report.figures.ensemble_bands import draw_ensemble_figure
from simulator.report.sheets.uncertainty import build_ensemble_sheet, format_ensemble
from simulator.report.terminal.comparison_summary import format_comparison
from tests.analysis.fake_runs import fake_record
from tests.report.brief.test_page import save_and_open

VARIANTS = ("balanced", "selection_only", "socialisation_only")


def make_ensemble(*portfolios, sets=6, seeds=12):
    """Runs of seeds that share parameter sets, as `ensemble=` assigns them."""
    return combine_records(make_ensemble_records(*portfolios, sets=sets, seeds=seeds))


def make_ensemble_records(*portfolios, sets=6, seeds=12):
    """The records of such runs."""
    records = []
    for seed in range(1, seeds + 1):
        for levers in portfolios:
            record = fake_record(levers, seed)
            member = (seed - 1) % sets
            runs = {**record.tables["runs"], "context": np.array([f"set {member}"], object),
                    "behaviour": np.array([VARIANTS[member % 3]], object)}
            record.tables = {**record.tables, "runs": runs}
            records.append(record)
    return records


def test_seeds_that_share_a_parameter_set_count_once_by_their_mean():
    arms = collect_arms(make_ensemble((), ("outreach",)))
    assert list_observation_seeds(arms) == [1, 2, 3, 4, 5, 6] and count_played_seeds(arms) == 12
    first = arms[0]
    mean = (first.value_of_single_run("loss", 2) + first.value_of_single_run("loss", 8)) / 2
    assert first.value("loss", 2) == pytest.approx(mean)
    assert first.column("loss", [3])[0] == pytest.approx(np.mean([first.runs[seed].run["loss"] for seed in (3, 9)]))


def test_the_shares_of_a_comparison_add_up_for_each_arm():
    sheet = build_ensemble_sheet(make_ensemble((), ("outreach",), ("mixing",), sets=10, seeds=20), "fr")
    assert sheet is not None and [row[3] for row in sheet.rows] == ["value", "change", "change"]
    for row in sheet.rows:
        assert np.nansum(row[-3:]) == pytest.approx(1.0) and row[4:7] == [20, 10, 3]
        for low, high, share in zip(row[-9:-3:2], row[-8:-3:2], row[-3:]):
            assert np.isnan(share) or 0 <= low <= high <= 1
    assert "20 graines, 10 jeux" in sheet.text


@pytest.mark.parametrize("sets", [12, 6])
def test_shares_are_not_told_below_ten_sets_with_two_seeds(sets):
    sheet = build_ensemble_sheet(make_ensemble((), ("outreach",), sets=sets), "en")
    assert sheet is not None and "cannot be told by these runs: that takes 10" in sheet.text
    assert all(np.isnan(row[-3:]).all() for row in sheet.rows)


def test_runs_that_are_no_ensemble_have_no_sheet():
    assert build_ensemble_sheet(combine_records([fake_record((), seed) for seed in (1, 2)]), "fr") is None


@pytest.mark.parametrize("lang, luck_alone, both", [
    ("fr", "ne comptent que le hasard", "le doute sur ses nombres calés"),
    ("en", "count only the model's luck", "doubt about its calibrated numbers")])
def test_the_answer_says_which_uncertainty_its_intervals_include(lang, luck_alone, both):
    text = " ".join(format_comparison(make_ensemble((), ("outreach",)), lang).split())
    assert both in text and luck_alone not in text
    plain = combine_records([fake_record(levers, seed) for seed in range(1, 7) for levers in ((), ("outreach",))])
    assert luck_alone in " ".join(format_comparison(plain, lang).split())


@pytest.mark.parametrize("lang, luck_alone, both", [
    ("fr", "que le hasard", "comptent le hasard du modèle et le doute sur ses nombres calés"),
    ("en", "count only the model's luck", "count the model's luck and the doubt about its calibrated numbers")])
def test_a_brief_treats_an_ensemble_as_one_scenario_with_its_uncertainty(tmp_path, lang, luck_alone, both):
    case = select_case(save_and_open(tmp_path, make_ensemble_records((), ("outreach",), sets=10, seeds=20)), lang)
    assert case.scenario_count == 1 and len(case.seeds) == 10 and case.draws == list(range(1, 21))
    text = " ".join(sentence for part in (format_brief_answer(case), list_notices(case), list_assumption_notes(case))
                    for sentence in part)
    assert both in text and luck_alone not in text and "scén" not in text and "scenario" not in text
    shares = estimate_effect_shares(case.baseline, case.best_arm, case.parameter_sets).shares
    helps, parts = list_assumption_notes(case)[:2]
    assert all(format_percent(shares[part][0], lang) in parts for part in ("numbers", "luck"))
    assert "10" in helps and format_percent(1.0, lang) in helps
    page = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", render_brief(case.results, lang), flags=re.DOTALL)
    assert re.search(r"ensemble=10\b.*seeds=20\b", " ".join(page.split()))


def test_runs_without_comparison_are_reported_by_their_outcomes():
    opened = make_ensemble(())
    text = format_ensemble(opened, build_ensemble_sheet(opened, "fr"), "fr")
    assert "Canicule" in text and "80 % des personnes touchées" in text
    picture = draw_ensemble_figure(opened, "en")
    assert picture is not None and "12 runs" in picture.alt_text
