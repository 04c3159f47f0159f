"""What an ensemble tells: ranges, shares of variance, and which doubt the intervals carry."""

from __future__ import annotations

import re

import numpy as np
import pytest

from simulator.analysis.effects.arms import arms, played, seeds_of
from simulator.i18n.number import percent
from simulator.records.folder import opened
from simulator.report.brief.answer import answer, notices
from simulator.report.brief.assumptions import leans
from simulator.report.brief.case import case
from simulator.report.brief.page import brief_html
from simulator.report.figures.bands import ensemble_figure
from simulator.report.figures.uncertainty import effect_split, ensemble_sheet, ensemble_text
from simulator.report.terminal.summary import comparison_text
from tests.analysis.fake_runs import fake_record
from tests.report.brief.test_page import kept

VARIANTS = ("balanced", "selection_only", "socialisation_only")


def drawn(*portfolios, sets=6):
    """Twelve seeds that share parameter sets, as `ensemble=` lays them, read back."""
    return opened(drawn_records(*portfolios, sets=sets))


def drawn_records(*portfolios, sets=6):
    """Their records."""
    records = []
    for seed in range(1, 13):
        for levers in portfolios:
            record = fake_record(levers, seed)
            member = (seed - 1) % sets
            runs = {**record.tables["runs"], "context": np.array([f"set {member}"], object),
                    "behaviour": np.array([VARIANTS[member % 3]], object)}
            record.tables = {**record.tables, "runs": runs}
            records.append(record)
    return records


def test_seeds_that_share_numbers_count_once_by_their_mean():
    told = drawn((), ("outreach",))
    known = arms(told)
    assert seeds_of(known) == [1, 2, 3, 4, 5, 6] and played(known) == 12
    first = known[0]
    assert first.value("loss", 2) == pytest.approx((first.alone("loss", 2) + first.alone("loss", 8)) / 2)
    assert first.column("loss", [3])[0] == pytest.approx(
        np.mean([first.runs[seed].run["loss"] for seed in (3, 9)]))


def test_the_shares_of_a_comparison_add_up_and_each_arm_is_told():
    sheet = ensemble_sheet(drawn((), ("outreach",), ("mixing",)), "fr")
    assert sheet is not None and [row[3] for row in sheet.rows] == ["value", "change", "change"]
    for row in sheet.rows:
        assert np.nansum(row[-3:]) == pytest.approx(1.0) and row[4:7] == [12, 6, 3]
    assert "12 graines, 6 jeux" in sheet.text


def test_one_seed_a_set_is_said_to_be_too_few():
    sheet = ensemble_sheet(drawn((), ("outreach",), sets=12), "en")
    assert sheet is not None and "cannot be told apart" in sheet.text and np.isnan(sheet.rows[0][-2])


def test_what_is_no_ensemble_has_no_sheet():
    assert ensemble_sheet(opened([fake_record((), seed) for seed in (1, 2)]), "fr") is None


@pytest.mark.parametrize("lang, luck_alone, both", [
    ("fr", "ne comptent que le hasard", "le doute sur ses nombres calés"),
    ("en", "count only the model's luck", "doubt about its calibrated numbers")])
def test_the_answer_says_which_doubt_its_intervals_carry(lang, luck_alone, both):
    text = " ".join(comparison_text(drawn((), ("outreach",)), lang).split())
    assert both in text and luck_alone not in text
    plain = opened([fake_record(levers, seed) for seed in range(1, 7) for levers in ((), ("outreach",))])
    assert luck_alone in " ".join(comparison_text(plain, lang).split())


@pytest.mark.parametrize("lang, luck_alone, both", [
    ("fr", "que le hasard", "comptent le hasard du modèle et le doute sur ses nombres calés"),
    ("en", "count only the model's luck", "count the model's luck and the doubt about its calibrated numbers")])
def test_a_brief_tells_an_ensemble_as_one_scenario_with_its_doubt(tmp_path, lang, luck_alone, both):
    told = case(kept(tmp_path, drawn_records((), ("outreach",))), lang)
    assert told.points == 1 and len(told.seeds) == 6 and told.draws == list(range(1, 13))
    text = " ".join(sentence for part in (answer(told), notices(told), leans(told)) for sentence in part)
    assert both in text and luck_alone not in text and "scén" not in text and "scenario" not in text
    parts = {part: effect_split(told.baseline, told.first, told.sets).share(part) for part in ("numbers", "luck")}
    assert all(percent(share, lang) in leans(told)[0] for share in parts.values())
    page = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", brief_html(told.results, lang), flags=re.DOTALL)
    assert re.search(r"ensemble=6\b.*seeds=12\b", " ".join(page.split()))


def test_runs_without_comparison_are_told_by_their_outcomes():
    told = drawn(())
    text = ensemble_text(told, ensemble_sheet(told, "fr"), "fr")
    assert "Canicule" in text and "reprise à 95 %" in text
    picture = ensemble_figure(told, "en")
    assert picture is not None and "12 runs" in picture.alt
