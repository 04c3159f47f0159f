"""The tables of verdicts, and that every table and text tells the same verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.analysis.effects.effects_table import build_effects_table
from simulator.records.files.run_files import combine_records
from simulator.report.figures.findings import find_leading_arms, rank_effects
from simulator.report.sheets.verdicts import build_verdict_sheets
from tests.analysis.fake_runs import fake_study


@pytest.fixture(scope="module")
def opened():
    return combine_records(fake_study(6))


@pytest.mark.parametrize("worth", ["", "1%", "10%", "3 days", "3000 people"])
def test_the_verdict_is_the_same_everywhere(opened, worth):
    told = replace(opened, worth=worth)
    baseline, effects, seeds = rank_effects(told)
    of_arms = {arm.portfolio: arm.judgement.verdict for arm, _ in effects}
    sheet = build_verdict_sheets(told)[0]
    at = sheet.heads.index("verdict")
    assert {row[1]: row[at] for row in sheet.rows} == of_arms
    table = build_effects_table(told, ("loss", "unreached"))
    assert dict(zip(table["portfolio"].tolist(), table["verdict"].tolist())) == of_arms
    assert all(of_arms[arm.portfolio] == "acts" for arm in find_leading_arms(baseline, effects, seeds))


def test_a_higher_threshold_leaves_fewer_levers_to_act_on(opened):
    counts = [sum(arm.judgement.verdict == "acts" for arm, _ in rank_effects(replace(opened, worth=worth))[1])
              for worth in ("0%", "5%", "10%", "90%")]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1] == 0


def test_levers_are_compared_with_one_another(opened):
    verdicts, differences = build_verdict_sheets(opened)
    assert len(verdicts.rows) == 5 and len(differences.rows) == 10
    cells = [dict(zip(differences.heads, row)) for row in differences.rows]
    pair = next(row for row in cells if {row["levers"], row["versus"]} == {"phone_tree_and_register", "coordinator"})
    assert pair["levers"] == "phone_tree_and_register" and pair["saved_per_hit"] > 0
    assert pair["euros_more"] == pytest.approx((45 - 410) * 1000)
    against_none = {row[0]: dict(zip(verdicts.heads, row))["saved_per_hit"] for row in verdicts.rows}
    gap = against_none["phone_tree_and_register"] - against_none["coordinator"]
    assert pair["saved_per_hit"] == pytest.approx(gap)


def test_one_lever_has_no_differences_and_none_has_no_table():
    assert [sheet.name for sheet in build_verdict_sheets(combine_records(fake_study(3, ("outreach",))))] == ["verdicts"]
    assert build_verdict_sheets(combine_records(fake_study(3, ()))) == []


def test_the_effect_on_all_residents_has_the_interval_of_the_verdict(opened):
    """No figure may call settled what the verdict does not."""
    for arm, effect in rank_effects(opened)[1]:
        one = arm.judgement
        assert (effect.high < 0) == (one.share_low > 0) and (effect.low > 0) == (one.share_high < 0)
        assert effect.low < effect.difference < effect.high
