"""Sheets of an analysis: tables, and figures with long names and many rows."""

import numpy as np
import pytest

from simulator.analysis.effects.arm_evaluation import evaluate_arms
from simulator.analysis.portfolios.marginal_returns import build_returns_curve
from simulator.analysis.robustness.scenario_discovery import BoxLimit, ScenarioBox
from simulator.i18n.texts.analysis_texts import format_setting_name
from simulator.i18n.translation import translate
from simulator.report.sheets.analysis_sheet import AnalysisSheet, format_sheet_csv, write_sheets
from simulator.report.sheets.lever_choice import build_choice_sheet, format_difference
from simulator.report.sheets.portfolios import build_returns_sheet
from simulator.report.sheets.robustness import build_box_sheet
from tests.report.figures.test_comparison_figures import inside_after_drawing

LABELS = {str(k): {"fr": f"Un levier au nom assez long, numéro {k} + un autre levier encore", "en": f"Lever {k}"}
          for k in range(8)}


def arms(seeds=12):
    """Losses by seed without levers, and with each of eight arms."""
    rng = np.random.default_rng(1)
    baseline = rng.normal(1, 0.2, seeds)
    return baseline, {name: baseline - 0.05 * int(name) + rng.normal(0, 0.02, seeds) for name in LABELS}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_choices(lang):
    sheet = build_choice_sheet(evaluate_arms(*arms(), smallest_effect=0.1), LABELS, "loss", 0.1, lang)
    assert len(sheet.rows) == 8 and sheet.rows[0][0] == "7" and all(len(row) == len(sheet.heads) for row in sheet.rows)
    assert translate("act", lang) in sheet.text and LABELS["7"][lang][:20] in sheet.text
    inside_after_drawing(sheet.picture.figure)
    assert sheet.picture.alt_text.startswith(sheet.picture.title)


def test_titles_say_no_more_than_is_known():
    few = build_choice_sheet(evaluate_arms(*arms(1)), LABELS, "loss", 0.0, "en")
    assert "Too few seeds" in few.picture.title
    small = build_choice_sheet(evaluate_arms(*arms(12), smallest_effect=9.0), LABELS, "loss", 9.0, "en")
    assert "enough to act" in small.picture.title


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_returns_with_long_names(lang):
    baseline, losses = arms()
    costs = {name: 1000.0 * (1 + int(name)) for name in losses}
    steps = build_returns_curve(costs, {name: baseline - loss for name, loss in losses.items()})
    sheet = build_returns_sheet(steps, LABELS, 12, lang)
    assert len(sheet.rows) == len(steps) and sheet.picture is not None
    inside_after_drawing(sheet.picture.figure)
    none = build_returns_curve({"0": 1.0}, {"0": np.full(4, -1.0)})
    assert build_returns_sheet(none, LABELS, 4, lang).picture is None


def test_a_box_with_names_and_one_that_is_fragile():
    rng = np.random.default_rng(2)
    settings = {"behaviour": rng.choice(["a", "b", "c"], 40), "crisis.flood.severity": rng.random(40)}
    limits = (BoxLimit("crisis.flood.severity", low=0.5, stability=0.2),
              BoxLimit("behaviour", values=("b",), stability=0.1))
    sheet = build_box_sheet(ScenarioBox(0.8, 0.9, 0.2, limits), settings, settings["crisis.flood.severity"] > 0.7,
                            "Lever", (True, "conditions", "en"))
    assert "(fragile)" in sheet.text and "behaviour = b" in sheet.text
    assert "strength of the crisis (flood) ≥ 0.5" in sheet.text
    inside_after_drawing(sheet.picture.figure)
    empty = build_box_sheet(ScenarioBox(1, 0.3, 1, ()), settings, np.ones(40, bool), "L", (False, "", "fr"))
    assert empty.picture is None


def test_tables_are_written_whole(tmp_path):
    sheet = AnalysisSheet("one", "", ("a", "b"), [["x,y", 1.5], ["z", float("nan")]])
    assert format_sheet_csv(sheet) == 'a,b\n"x,y",1.5\nz,\n'
    assert write_sheets([sheet], tmp_path) == [tmp_path / "one.csv"]
    assert [file.name for file in tmp_path.iterdir()] == ["one.csv"]


def test_words():

    assert format_setting_name("behaviour", "fr") == "comportement"
    assert format_setting_name("model.joining.rate", "en") == "joining.rate"
    assert format_setting_name("lever.outreach.dose", "en") == "dose of outreach"
    assert format_difference(-0.0031, -0.02, 0.01, "en").startswith("−0.003 [")
