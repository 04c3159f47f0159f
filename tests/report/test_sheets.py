"""Tables behind figures, and figures of an analysis at their most crowded."""

import numpy as np
import pytest

from simulator.analysis.portfolios.marginal_returns import returns
from simulator.analysis.robustness.choice import choose
from simulator.analysis.robustness.scenario_discovery import Box, Limit
from simulator.i18n.analysis_texts import PHRASES, phrase, setting_label
from simulator.report.analysis_sheet import Sheet, csv_text, keep
from simulator.report.figures.lever_choice import choices_sheet, told_with
from simulator.report.figures.portfolios import returns_sheet
from simulator.report.figures.robustness import box_sheet
from tests.report.figures.test_folder_figures import inside_after_drawing

LABELS = {str(k): {"fr": f"Un levier au nom assez long, numéro {k} + un autre levier encore", "en": f"Lever {k}"}
          for k in range(8)}


def arms(seeds=12):
    rng = np.random.default_rng(1)
    luck = rng.normal(1, 0.2, seeds)
    return luck, {name: luck - 0.05 * int(name) + rng.normal(0, 0.02, seeds) for name in LABELS}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_choices(lang):
    sheet = choices_sheet(choose(*arms(), smallest=0.1), LABELS, "loss", 0.1, lang)
    assert len(sheet.rows) == 8 and sheet.rows[0][0] == "7" and all(len(row) == len(sheet.heads) for row in sheet.rows)
    assert phrase("acts", lang) in sheet.text and LABELS["7"][lang][:20] in sheet.text
    inside_after_drawing(sheet.picture.figure)
    assert sheet.picture.alt.startswith(sheet.picture.title)


def test_titles_say_no_more_than_is_known():
    luck, found = arms(3)
    assert "Too few seeds" in choices_sheet(choose(luck, found), LABELS, "loss", 0.0, "en").picture.title
    luck, found = arms(12)
    assert "enough to act" in choices_sheet(choose(luck, found, smallest=9.0), LABELS, "loss", 9.0, "en").picture.title


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_returns_with_long_names(lang):
    luck, found = arms()
    steps = returns({name: 1000.0 * (1 + int(name)) for name in found}, {name: luck - v for name, v in found.items()})
    sheet = returns_sheet(steps, LABELS, 12, lang)
    assert len(sheet.rows) == len(steps) and sheet.picture is not None
    inside_after_drawing(sheet.picture.figure)
    assert returns_sheet(returns({"0": 1.0}, {"0": np.full(4, -1.0)}), LABELS, 4, lang).picture is None


def test_a_box_with_names_and_one_that_is_fragile():
    rng = np.random.default_rng(2)
    settings = {"behaviour": rng.choice(["a", "b", "c"], 40), "crisis.flood.severity": rng.random(40)}
    limits = (Limit("crisis.flood.severity", low=0.5, stable=0.2), Limit("behaviour", values=("b",), stable=0.1))
    sheet = box_sheet(Box(0.8, 0.9, 0.2, limits), settings, settings["crisis.flood.severity"] > 0.7, "Lever",
                      (True, "conditions", "en"))
    assert "(fragile)" in sheet.text and "behaviour = b" in sheet.text
    assert "strength of the crisis (flood) ≥ 0.5" in sheet.text
    inside_after_drawing(sheet.picture.figure)
    assert box_sheet(Box(1, 0.3, 1, ()), settings, np.ones(40, bool), "L", (False, "", "fr")).picture is None


def test_tables_are_written_whole(tmp_path):
    sheet = Sheet("one", "", ("a", "b"), [["x,y", 1.5], ["z", float("nan")]])
    assert csv_text(sheet) == 'a,b\n"x,y",1.5\nz,\n'
    assert keep([sheet], tmp_path) == [tmp_path / "one.csv"] and [p.name for p in tmp_path.iterdir()] == ["one.csv"]


def test_words():
    assert all(len(both) == 2 and all(both) for both in PHRASES.values())
    assert setting_label("behaviour", "fr") == "comportement"
    assert setting_label("model.joining.rate", "en") == "joining.rate"
    assert setting_label("lever.outreach.dose", "en") == "dose of outreach"
    assert told_with(-0.0031, -0.02, 0.01, "en").startswith("−0.003 [")
