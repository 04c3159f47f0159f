"""Mixes held against one another: doses, yearly and total cost, A minus B paired by seed."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms, format_portfolio_key
from simulator.records.files.run_files import combine_records
from simulator.report.figures.trade_off import draw_trade_off_figure
from simulator.report.sheets.mixes import MEASURES, build_mix_sheets, compare_mixes
from tests.analysis.fake_runs import fake_study

NAMES = {format_portfolio_key({"outreach": 1}): "Jardin + coordinatrice", format_portfolio_key({"mixing": 1}): "B"}


@pytest.fixture(scope="module")
def opened():
    return combine_records(fake_study(4, ("outreach", "mixing")))


def test_the_difference_is_that_of_the_runs_of_one_seed(opened):
    found, arms = compare_mixes(opened, "en"), {arm.portfolio: arm for arm in collect_arms(opened)}
    [((one, other), effects)] = found.pairs.items()
    assert set(effects) == set(MEASURES)
    seeds = [1, 2, 3, 4]
    change = arms[one].values("loss_total", seeds) - arms[other].values("loss_total", seeds)
    assert effects["loss_total"].difference == pytest.approx(change.mean())
    half = 3.182446 * change.std(ddof=1) / 2
    assert (effects["loss_total"].low, effects["loss_total"].high) == pytest.approx(
        (change.mean() - half, change.mean() + half))


def test_yearly_and_total_cost_are_told_apart(opened):
    for mix in compare_mixes(opened, "en").mixes:
        assert mix.euros[0] == pytest.approx(np.mean([view.run["cost"] for view in mix.arm.runs.values()]))
        assert 0 < mix.euros_year < mix.euros[0] and mix.levers.endswith("× 1")


def test_named_mixes_are_written_out_and_unnamed_ones_only_stored(opened):
    contents, differences = build_mix_sheets(replace(opened, portfolio_names=NAMES), "en")
    assert "Jardin + coordinatrice" in contents.text and "minus" in contents.text and "cost a year" in contents.text
    assert len(contents.rows) == 2 and len(differences.rows) == len(MEASURES)
    assert [sheet.text for sheet in build_mix_sheets(opened, "en")] == ["", ""]
    assert build_mix_sheets(combine_records(fake_study(2, ("outreach",))), "en") == []


def test_the_trade_off_names_what_no_other_beats(opened):
    picture = draw_trade_off_figure(opened, "en")
    panels = [axes for axes in picture.figure.axes if axes.get_visible()]
    assert len(panels) == 3 and "no other is at once cheaper and better than" in picture.title
    for axes in panels:
        assert {"A", "B"} <= {text.get_text() for text in axes.texts}
    assert draw_trade_off_figure(combine_records(fake_study(2, ("outreach",))), "en") is None
