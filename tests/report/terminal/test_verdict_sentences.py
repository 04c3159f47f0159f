"""Sentences on levers at the scale of real results: effects of 1 % and of 60 %, and what they do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.records.files.run_files import combine_records
from simulator.report.figures.findings import rank_effects
from simulator.report.terminal.verdict_sentences import format_arm_differences, format_verdicts
from simulator.report.terminal.verdict_summary import choose_decimals, format_seeds_needed, format_verdict_table
from tests.analysis.fake_runs import fake_study


def tell(strength, levers=("outreach",), seeds=6, worth="", wide=0.3, lang="en"):
    """Table and sentences for levers whose effects are scaled by `strength`."""
    opened = replace(combine_records(fake_study(seeds, levers, strength=strength, wide=wide)), worth=worth)
    baseline, effects, _ = rank_effects(opened)
    arms = [arm for arm, _ in effects]
    return (format_verdict_table(baseline, arms, opened, lang), " ".join(format_verdicts(baseline, arms, lang)),
            " ".join(format_arm_differences(arms, opened, lang)), arms)


def test_an_effect_of_one_per_cent_is_too_small_and_may_be_made_to_matter():
    table, text, _, _ = tell(0.1)  # a tenth of 11 %
    assert "too small to matter" in table and "Too small to matter: “Reach out" in text and "worth=5%" in text
    _, text, _, _ = tell(0.1, worth="0.2%")
    assert text.startswith("Act: “Reach out") and "0.2% of what the people hit lose" in text


def test_an_effect_of_sixty_per_cent_is_acted_on():
    table, text, _, [arm] = tell(60 / 11)
    assert arm.judgement.share == pytest.approx(60, abs=4)
    assert "act " in table and text.startswith("Act: “Reach out") and f"({arm.judgement.share:.1f}%" in text


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_is_left_unsaid_or_unknown(lang):
    for strength in (-6.0, -1.0, 0.0, 0.1, 1.0, 6.0):
        table, text, pairs, _ = tell(strength, ("outreach", "open_project", "coordinator"), lang=lang)
        assert "nan" not in table + text + pairs and "{" not in text + pairs and pairs


def test_seeds_needed_stand_beside_every_open_verdict():
    table, text, _, [arm] = tell(0.5, seeds=3, wide=2.0)
    assert arm.judgement.verdict == "open" and arm.judgement.more_seeds != 0
    needed = format_seeds_needed(arm.judgement, "en")
    assert needed != "–" and table.splitlines()[2].rstrip().endswith(needed) and f"needed: {needed}" in text
    alone = replace(arm.judgement, n=1, more_seeds=-1)
    assert format_seeds_needed(alone, "en") == "2 or more"


def test_what_the_dearer_lever_adds_is_told():
    _, _, pairs, _ = tell(0.01, ("open_project", "phone_tree_and_register"))
    assert "“Open a neighbourhood project” adds nothing that matters to “Phone tree" in pairs and "€580k more" in pairs
    _, _, pairs, _ = tell(3.0, ("open_project", "phone_tree_and_register"))
    assert "“Open a neighbourhood project” saves less than “Phone tree" in pairs
    _, _, pairs, _ = tell(3.0, ("outreach", "phone_tree_and_register"), worth="90%")
    assert "adds nothing that matters" in pairs


@pytest.mark.parametrize(("low", "high", "places"), [(-5, 21, 0), (-0.4, 20, 1), (1.02, 1.04, 2), (30, 60, 0),
                                                     (float("nan"), float("nan"), 1)])
def test_decimals_follow_the_interval_and_tell_its_ends_from_zero(low, high, places):
    assert choose_decimals(low, high) == places
