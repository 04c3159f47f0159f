"""The sheets of turning values and of a team's ranges, on runs whose effect follows one number by construction."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.uncertainty.priors import PriorRange
from simulator.records.files.run_files import combine_records
from simulator.report.sheets.priors import HEADS as PRIOR_HEADS
from simulator.report.sheets.priors import build_priors_sheet
from simulator.report.sheets.turning import build_turning_sheet
from tests.analysis.fake_runs import fake_record

NUMBER, TURN = "model.asking.ask", 0.6


@pytest.fixture(scope="module")
def opened():
    """Forty-two sets: outreach saves in proportion to how far `ask` lies above TURN; mixing does next to nothing."""
    rng, records = np.random.default_rng(7), []
    for seed in range(1, 43):
        ask, other = rng.uniform(0.4, 0.8), rng.uniform(0, 1, 30)
        for levers in ((), ("outreach",), ("mixing",)):
            record = fake_record(levers, seed, strength=10 * (ask - TURN) if "outreach" in levers else 0.0, wide=0.3)
            record.content["model"] = {"behaviour": "balanced", "asking": {"ask": ask},
                                       "start": {f"x{k}": value for k, value in enumerate(other)}}
            runs = {**record.tables["runs"], "context": np.array([f"set {seed}"], object)}
            record.tables = {**record.tables, "runs": runs}
            records.append(record)
    return combine_records(records)


@pytest.mark.parametrize("lang, says", [("en", f"pays from {NUMBER} = "),
                                        ("fr", f"préférable à partir de {NUMBER} = ")])
def test_the_number_and_the_value_at_which_it_turns_are_told(opened, lang, says):
    pytest.importorskip("sklearn")
    sheet = build_turning_sheet(opened, lang)
    assert says in " ".join(sheet.text.split())
    alone = [row for row in sheet.rows if row[0] == "turns" and row[1:4] == ["outreach", "", NUMBER]]
    assert len(alone) == 1 and alone[0][5] == pytest.approx(TURN, abs=0.03) and alone[0][8] == "above"
    assert alone[0][9] > 0.7 and alone[0][11] == 42


def test_a_lever_that_nothing_decides_is_not_told(opened):
    pytest.importorskip("sklearn")
    text = " ".join(build_turning_sheet(opened, "en").text.split())
    assert "or nothing: which numbers would turn the answer is not told by these runs" in text


def test_below_forty_sets_the_sheet_says_how_many_seeds_it_would_take(opened):
    few = combine_records([fake_record(levers, seed) for seed in (1, 2) for levers in ((), ("outreach",))])
    assert build_turning_sheet(few, "en") is None, "all seeds play the same numbers"


def read_priors_sheet(opened, low, high, sure=0.9):
    return build_priors_sheet(opened, {NUMBER: PriorRange(low, high, sure, "our survey")}, "resilience compare …", "en")


def test_stored_sets_weighted_by_a_range_answer_for_that_range(opened):
    above, below = read_priors_sheet(opened, TURN, 0.8, 1.0), read_priors_sheet(opened, 0.4, TURN, 1.0)
    helps = {name: dict(zip(PRIOR_HEADS, next(row for row in sheet.rows if row[0] == "outreach")))["helps"]
             for name, sheet in (("above", above), ("below", below))}
    assert helps["above"] > 0.95 and helps["below"] < 0.05
    assert "our survey" in above.text and "resilience compare" not in above.text


def test_a_range_that_few_sets_meet_is_to_be_played_and_one_that_none_meets_has_no_table(opened):
    assert "resilience compare …" in read_priors_sheet(opened, 0.78, 0.8, 1.0).text
    none = read_priors_sheet(opened, 0.9, 0.95, 1.0)
    assert none.rows == [] and "0.0 effective sets of 42" in none.text
