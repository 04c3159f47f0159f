import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest

from simulator.analysis.effects.paired import compare
from simulator.i18n.brief_labels import GLOSSARY, LABELS, OUT
from simulator.i18n.brief_texts import BRIEF
from simulator.i18n.number import FIXED
from simulator.i18n.typography import held
from simulator.records.folder import save
from simulator.records.results import open as open_results
from simulator.report.brief.answer import answer, notices
from simulator.report.brief.case import case
from simulator.report.brief.page import brief_html
from simulator.report.brief.ranking import ranking
from simulator.report.figures.equity import Gain, gains_title
from tests.analysis.fake_runs import fake_record, fake_study
from tests.report.terminal.test_summary import FORECAST


def kept(folder, records):
    """Records written as a comparison would leave them, opened."""
    for record in records:
        save(record, folder / "runs" / f"{record.run_id}.parquet")
    return open_results(folder)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return kept(tmp_path_factory.mktemp("brief"), fake_study(6, LEVERS))


LEVERS = ("phone_tree_and_register", "outreach", "mixing")


class Page(HTMLParser):
    """What a reader with a screen reader meets: headings, pictures with their words, ids, and addresses."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.unnamed, self.ids, self.addresses, self.tags = [], [], [], [], []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.lang = told.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg" and not told.get("aria-label"):
            self.unnamed.append(tag)
        if "id" in told:
            self.ids.append(told["id"])
        self.addresses += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_stands_alone_and_can_be_read_by_all(results, lang):
    text = brief_html(results, lang)
    page = Page(text)
    assert page.lang == lang and not page.addresses and not {"script", "link", "img"} & set(page.tags)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:]))
    assert not page.unnamed and len(page.ids) == len(set(page.ids))
    assert not re.search(r"@import|url\((?!#)|https?://", text)
    visible = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)
    for told in OUT[lang]:
        visible = unescape(visible).replace(held(told), "")  # there it is said that nothing is forecast
    assert not any(word in visible.lower() for word in FORECAST) and not re.search(r"\bnan\b|[{}]", visible)


def test_the_answer_has_two_sentences_whose_numbers_are_those_of_the_records(results):
    told = case(results, "en")
    first, second = answer(told)
    lever = told.found[0][0]
    base = [told.baseline.value("loss_total", seed) for seed in told.seeds]
    share = 1 - sum(lever.value("loss_total", seed) for seed in told.seeds) / sum(base)
    assert "Phone tree" in first and f"{100 * share:.0f}% fewer" in first and "95% range" in first
    assert "assumptions" in second and "times in a hundred" in second
    assert not list(notices(told))


def test_levers_are_ranked_on_one_scale(results):
    rows = ranking(case(results, "fr"))
    assert [row.name for row in rows][0].startswith("Chaîne d'appels") and len(rows) == 3
    assert rows[-1].price == "pas mieux que rien"
    zero = {re.search(r'<line x1="([\d.]+)"', row.strip)[1] for row in rows}
    assert len(zero) == 1


def test_few_draws_one_draw_one_arm_and_no_crisis_are_told_as_such(tmp_path):
    few = case(kept(tmp_path / "few", fake_study(3, ("outreach",))), "fr")
    assert any("Peu de tirages" in one for one in notices(few))
    one = case(kept(tmp_path / "one", fake_study(1, ("outreach",))), "en")
    assert "no conclusion" in answer(one)[0]
    alone = kept(tmp_path / "alone", [fake_record((), seed) for seed in (1, 2)])
    assert "Nothing is compared here" in answer(case(alone, "en"))[0] and "<svg" in brief_html(alone, "en")
    calm = [fake_record((), 1), fake_record(("outreach",), 1)]
    for record in calm:
        record.tables["runs"]["onset"][0] = -1
    assert "vie ordinaire" in answer(case(kept(tmp_path / "calm", calm), "fr"))[0]
    assert "Aucun écart" in answer(case(open_results(tmp_path / "calm"), "fr"))[0]
    assert "Membres d&#39;un lieu-projet" in brief_html(open_results(tmp_path / "calm"), "fr")


def test_what_failed_is_said(tmp_path):
    results = kept(tmp_path, fake_study(2, ("outreach",)))
    (tmp_path / "failed").mkdir()
    (tmp_path / "failed" / "x.json").write_text('{"run": "x", "error": "killed"}', encoding="utf-8")
    results.refresh()
    assert any("1 of 5 runs could not be played" in one for one in notices(case(results, "en")))


def test_nothing_played_is_refused(tmp_path):
    (tmp_path / "runs").mkdir()
    with pytest.raises(ValueError, match="nothing was played"):
        brief_html(open_results(tmp_path), "fr")


def test_names_from_cards_are_escaped(tmp_path):
    record = fake_record((), 1)
    record.content["scenario"]["territory"]["label_fr"] = "<script>alert(1)</script>"
    assert "<script>" not in brief_html(kept(tmp_path, [record]), "fr")


def test_signs_stay_with_their_word():
    assert held("« Aller vers » : oui ?") == f"«{FIXED}Aller vers{FIXED}»{FIXED}: oui{FIXED}?"
    assert held(66.3) == 66.3 and held("11 sur 1 000 habitants") == f"11 sur 1{FIXED}000 habitants"


def test_every_word_of_the_brief_has_both_languages_and_the_same_blanks():
    import string

    for table in (BRIEF, LABELS):
        for key, pair in table.items():
            blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in pair]
            assert len(pair) == 2 and all(pair) and blanks[0] == blanks[1], key
    assert len(OUT["fr"]) == len(OUT["en"]) and len(GLOSSARY["fr"]) == len(GLOSSARY["en"])


def test_one_group_that_gains_is_not_told_in_the_plural():
    gained, same = compare(np.ones(6), np.linspace(0.4, 0.6, 6)), compare(np.ones(6), np.linspace(0.5, 1.5, 6))
    groups = [Gain("income", str(k), 1000.0, gained if k < 2 else same) for k in range(5)]
    assert "gain établi pour 1 groupe sur 4 : revenu, 1" in gains_title(groups[1:], "Mixité", "fr")
    assert "pour 2 groupes sur 5 ; le plus grand" in gains_title(groups, "Mixité", "fr")
