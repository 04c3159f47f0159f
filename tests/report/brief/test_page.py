import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest

from simulator.analysis.effects.paired_comparison import compare_paired_values
from simulator.i18n.number_format import NBSP
from simulator.i18n.typography import insert_nbsp
from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from simulator.records.run_tables import ColumnsOnDemand
from simulator.report.brief.answer import format_brief_answer, list_notices
from simulator.report.brief.case import select_case
from simulator.report.brief.page import render_brief
from simulator.report.brief.parts import list_exclusions
from simulator.report.brief.ranking import build_ranking
from simulator.report.figures.equity import GroupEffect, format_group_effects_title
from tests.analysis.fake_runs import fake_record, fake_study
from tests.report.terminal.test_comparison_summary import FORECAST


def save_and_open(folder, records):
    """Results of a folder with these records, written as a comparison writes them."""
    for record in records:
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    return open_results(folder)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return save_and_open(tmp_path_factory.mktemp("brief"), fake_study(6, LEVERS))


LEVERS = ("phone_tree_and_register", "outreach", "mixing")


class Page(HTMLParser):
    """What matters for accessibility: headings, pictures without a text, ids, and addresses."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.unnamed, self.ids, self.addresses, self.tags = [], [], [], [], []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.lang = values.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg" and not values.get("aria-label"):
            self.unnamed.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        self.addresses += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_stands_alone_and_can_be_read_by_all(results, lang):
    text = render_brief(results, lang)
    page = Page(text)
    assert page.lang == lang and not page.addresses and not {"script", "link", "img"} & set(page.tags)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:]))
    assert not page.unnamed and len(page.ids) == len(set(page.ids))
    assert not re.search(r"@import|url\((?!#)|https?://", text)
    visible = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)
    for exclusion in list_exclusions(lang):
        visible = unescape(visible).replace(insert_nbsp(exclusion), "")  # one of them says that nothing is forecast
    before, again = re.split(r"Rejouer|Playing this again", visible)[0], visible
    assert not re.search(r"\b[a-z_]+=|\bresilience [a-z]", before), "options stand where one says how to play again"
    assert len(before) < len(again)
    assert not any(word in visible.lower() for word in FORECAST) and not re.search(r"\bnan\b|[{}]", visible)


def test_the_answer_judges_every_lever_by_the_numbers_of_the_records(results):
    case = select_case(results, "en")
    first, *others, rule, second = format_brief_answer(case)
    lever = case.effects[0][0]
    base = [case.baseline.value("loss_total", seed) for seed in case.seeds]
    share = 1 - sum(lever.value("loss_total", seed) for seed in case.seeds) / sum(base)
    assert first.startswith("Act: “Phone tree") and f"({100 * share:.0f}%; 95% interval" in first
    assert "from 5%" in rule.replace("5.0%", "5%") and "worth=" not in rule and len(others) >= 1
    assert "30%" in format_brief_answer(select_case(results, "en", worth="30%"))[-2]
    assert "assumptions" in second and "times in a hundred" in second
    assert not list(list_notices(case))


def test_levers_are_ranked_on_one_scale(results):
    rows = build_ranking(select_case(results, "fr"))
    assert [row.name for row in rows][0].startswith("Chaîne d'appels") and len(rows) == 3
    assert rows[-1].price == "pas mieux que rien"
    zero = {re.search(r'<line x1="([\d.]+)"', row.strip)[1] for row in rows}
    assert len(zero) == 1


def test_few_draws_one_draw_one_arm_and_no_crisis_are_stated(tmp_path):
    few = select_case(save_and_open(tmp_path / "few", fake_study(3, ("outreach",))), "fr")
    assert any("Peu de parties jouées" in one for one in list_notices(few))
    one = select_case(save_and_open(tmp_path / "one", fake_study(1, ("outreach",))), "en")
    assert "no conclusion" in format_brief_answer(one)[0]
    alone = save_and_open(tmp_path / "alone", [fake_record((), seed) for seed in (1, 2)])
    assert "Nothing is compared here" in format_brief_answer(select_case(alone, "en"))[0]
    assert "<svg" in render_brief(alone, "en")
    calm = [fake_record((), 1), fake_record(("outreach",), 1)]
    for record in calm:
        record.tables["runs"]["onset"][0] = -1
    assert "vie ordinaire" in format_brief_answer(select_case(save_and_open(tmp_path / "calm", calm), "fr"))[0]
    assert "Aucun écart" in format_brief_answer(select_case(open_results(tmp_path / "calm"), "fr"))[0]
    assert "Membres d&#39;un lieu-projet" in render_brief(open_results(tmp_path / "calm"), "fr")


def test_failed_runs_are_reported(tmp_path):
    results = save_and_open(tmp_path, fake_study(2, ("outreach",)))
    (tmp_path / "failed").mkdir()
    (tmp_path / "failed" / "x.json").write_text('{"run": "x", "error": "killed"}', encoding="utf-8")
    results.refresh()
    assert any("1 of 5 runs could not be played" in one for one in list_notices(select_case(results, "en")))


def test_nothing_played_is_refused(tmp_path):
    (tmp_path / "runs").mkdir()
    with pytest.raises(ValueError, match="nothing was played"):
        render_brief(open_results(tmp_path), "fr")


def test_names_from_cards_are_escaped(tmp_path):
    record = fake_record((), 1)
    record.content["scenario"]["territory"]["label_fr"] = "<script>alert(1)</script>"
    assert "<script>" not in render_brief(save_and_open(tmp_path, [record]), "fr")


def test_punctuation_stays_with_its_word():
    assert insert_nbsp("« Aller vers » : oui ?") == f"«{NBSP}Aller vers{NBSP}»{NBSP}: oui{NBSP}?"
    assert insert_nbsp(66.3) == 66.3 and insert_nbsp("11 sur 1 000 habitants") == f"11 sur 1{NBSP}000 habitants"


def test_one_group_that_gains_is_in_the_singular():
    gained = compare_paired_values(np.ones(6), np.linspace(0.4, 0.6, 6))
    same = compare_paired_values(np.ones(6), np.linspace(0.5, 1.5, 6))
    groups = [GroupEffect("income", str(k), 1000.0, gained if k < 2 else same) for k in range(5)]
    assert "gain établi pour 1 groupe sur 4 : revenu, 1" in format_group_effects_title(groups[1:], "Mixité", "fr")
    assert "pour 2 groupes sur 5 ; le plus grand" in format_group_effects_title(groups, "Mixité", "fr")


@pytest.mark.parametrize("onset", [None, -1])
def test_a_brief_reads_few_series(tmp_path, monkeypatch, onset):
    read = []

    class Noted(ColumnsOnDemand):
        def __init__(self, names, first, read_rest):
            super().__init__(names, first, lambda columns: read.extend(columns) or read_rest(columns))

    monkeypatch.setattr("simulator.records.results.ColumnsOnDemand", Noted)
    records = fake_study(6, LEVERS)
    for record in records if onset else ():
        record.tables["runs"]["onset"][:] = onset
    render_brief(save_and_open(tmp_path, records), "en")
    assert not read
