"""The sheet of doubt: what it says of sets and seeds, in both languages, and when it says that runs cannot tell."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.records.files.run_files import combine_records
from simulator.report.sheets.doubt import HEADS, build_doubt_sheet
from tests.analysis.fake_runs import fake_record
from tests.report.sheets.test_uncertainty import make_ensemble

ARMS = ((), ("outreach",), ("mixing",))


def read_cells(sheet, levers):
    """The row of a portfolio, head to cell."""
    return dict(zip(HEADS, next(row for row in sheet.rows if row[0] == levers)))


def test_shares_are_those_counted_by_hand_over_sets_not_seeds():
    opened = make_ensemble(*ARMS, sets=10, seeds=20)
    baseline, *arms = collect_arms(opened)
    units = range(1, 11)
    change = {arm.levers[0]: np.array([arm.value("loss", k) - baseline.value("loss", k) for k in units])
              for arm in arms}
    sheet = build_doubt_sheet(opened, "en")
    for name, values in change.items():
        cells = read_cells(sheet, name)
        assert cells["helps"] == pytest.approx((values < 0).mean()) and cells["effective_sets"] == 10
        best = np.minimum(0, np.min([*change.values()], 0)) == values
        assert cells["best"] == pytest.approx(best.mean())
        assert cells["helps_low"] < cells["helps"] <= cells["helps_high"]
    assert "10 plausible sets" in " ".join(sheet.text.split()) and "seeds: 20" in " ".join(sheet.text.split())
    assert "varies from run to run with: luck" in " ".join(sheet.text.split())


def test_one_seed_a_set_tells_no_shares_of_variance_and_what_would():
    sheet = build_doubt_sheet(make_ensemble(*ARMS, sets=12), "en")
    assert "cannot be told by these runs: 0 sets" in " ".join(sheet.text.split()) and "seeds=30" in sheet.text
    assert np.isnan(read_cells(sheet, "outreach")["share_luck"])


@pytest.mark.parametrize("lang, says", [("en", "by luck alone"), ("fr", "face au seul hasard")])
def test_seeds_that_share_their_numbers_are_said_to_be_luck_alone(lang, says):
    plain = combine_records([fake_record(levers, seed) for seed in range(1, 7) for levers in ARMS])
    sheet = build_doubt_sheet(plain, lang)
    assert says in " ".join(sheet.text.split()) and "uncertainty=seeds" in sheet.text
    assert read_cells(sheet, "outreach")["effective_sets"] == 6


def test_one_seed_has_no_sheet():
    assert build_doubt_sheet(combine_records([fake_record(levers, 1) for levers in ARMS]), "en") is None
