import re
from functools import partial
from html import unescape

import numpy as np
import pytest

from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from simulator.report.brief.case import select_case
from simulator.report.brief.first_page import FirstPage, build_first_page
from simulator.report.brief.page import render_brief
from tests.analysis import fake_runs
from tests.analysis.fake_runs import LEVERS, fake_record, fake_study
from tests.dashboard.test_browser import CHROMIUM, FLAGS

PLAIN_CONTENT, ONE = fake_runs.fake_content, ("outreach",)
MANY = [("outreach",), ("coordinator",), ("mixing",), ("open_project",), ("phone_tree_and_register",),
        ("outreach", "mixing"), ("coordinator", "open_project"), tuple(LEVERS)]
CODE = re.compile(r"\w=\w|\b[a-z]+_[a-z]+\b|--\w|\bnan\b|[{}]|graine|seed|tirage|appari|\bEUR\b", re.IGNORECASE)
"""What is no word of a reader: settings, names of code, unfilled texts, words of the trade."""
CRISES = {"flood": ("Inondation", "Flood"), "heatwave": ("Canicule", "Heat wave"),
          "several": ("Vague de chaleur et coupure d'électricité pendant la fermeture des services publics d'été",
                      "Heat wave and power cut while summer closes the public services of the whole territory")}


def content_of_crisis(levers, seed, crisis):
    content = PLAIN_CONTENT(levers, seed)
    french, english = CRISES[crisis]
    content["scenario"]["crises"][0] |= {"id": crisis, "label_fr": french, "label_en": english}
    return content


def save(folder, records):
    for record in records:
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    return open_results(folder)


def play(arms, seeds):
    return [fake_record(arm, seed) for seed in range(1, seeds + 1) for arm in [(), *arms]]


@pytest.fixture(scope="module",
                params=[("flood", [ONE], 6), ("heatwave", MANY[:3], 4), ("several", MANY, 3), ("flood", MANY[:2], 1),
                        ("flood", [], 3)], ids=["one", "three", "eight", "one_seed", "no_lever"])
def results(request, tmp_path_factory):
    crisis, arms, seeds = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fake_runs, "fake_content", partial(content_of_crisis, crisis=crisis))
        return save(tmp_path_factory.mktemp("results"), play(arms, seeds))


@pytest.fixture(scope="module", params=["fr", "en"])
def page(results, request):
    """The brief of each of the results in each language, rendered once."""
    return render_brief(results, request.param)


def read_note(page):
    """The text of the first page."""
    [note] = re.findall(r"<article.*?</article>", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", note)).replace("\u00a0", " ").replace("\u202f", " "))


def test_the_page_has_words_of_its_readers_only(page):
    assert not CODE.search(read_note(page))


def test_the_page_is_one_page_of_a4_in_type_of_ten_points(page):
    weasyprint = pytest.importorskip("weasyprint")
    pages = weasyprint.HTML(string=page).render().pages
    assert "next" in pages[0].anchors and "annex" in pages[1].anchors
    note = re.sub(r'<main id="annex">.*</main>', "", page, flags=re.DOTALL)
    [alone] = weasyprint.HTML(string=note).render().pages
    assert alone.width * 25.4 / 96 == pytest.approx(210) and alone.height * 25.4 / 96 == pytest.approx(297)
    sizes = [box.style["font_size"] * 72 / 96 for box in alone._page_box.descendants() if getattr(box, "text", "")]
    assert sizes and min(sizes) >= 9.999


def test_the_answer_counts_people_and_days_of_the_records(tmp_path):
    case = select_case(save(tmp_path, fake_study(6, ("outreach", "mixing"))), "en")
    without, with_lever = build_first_page(case).answer
    lost = np.mean([case.baseline.value("loss_total", seed) for seed in case.seeds])
    shown = int(re.search(r"together lose ([\d,]+) days", without)[1].replace(",", ""))
    assert shown == pytest.approx(lost, rel=0.05) and "30,000 residents" in without and "10,000 people" in without
    lever = case.effects[0][0]
    saved = lost - np.mean([lever.value("loss_total", seed) for seed in case.seeds])
    assert int(re.search(r"([\d,]+) fewer days", with_lever)[1].replace(",", "")) == pytest.approx(saved, rel=0.1)
    assert "worth acting on" in with_lever and lever.judgement.verdict == "acts"


def test_the_hardest_day_is_that_of_the_lowest_functioning(tmp_path):
    record = fake_record((), 1)
    series = record.tables["series"]
    case = select_case(save(tmp_path, [record]), "en")
    left = 1 - (1 - series["functioning"].min()) * fake_runs.N / (fake_runs.N // 3)
    hardest = build_first_page(case).hit[0]
    assert "none of the 10,000 people hit can lead their normal life" in hardest
    assert f"on average they are left with {left:.0%}" in hardest
    day = series["day"][series["functioning"].argmin()] + 1 - fake_runs.ONSET
    assert f"about day {day} of the crisis" in hardest


def test_at_most_three_levers_those_worth_acting_on_first(tmp_path):
    page = build_first_page(select_case(save(tmp_path, play(MANY, 6)), "en"))
    assert len(page.levers) == 3 and "5 other levers" in page.others
    verdicts = [line.verdict for line in page.levers]
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict != "act") and verdicts[0] == "act"
    alone = build_first_page(select_case(save(tmp_path / "alone", play(MANY[:4], 6)), "en"))
    assert alone.others == "One other lever was compared: see the annex."


def test_groups_too_small_to_be_told_are_not(tmp_path):
    records = [fake_record((), seed) for seed in (1, 2)]
    told = build_first_page(select_case(save(tmp_path, records), "en")).hit
    assert any("residents aged 75 and over" in sentence for sentence in told)
    for record in records:
        groups = record.tables["groups"]
        scale = np.where(groups["group"] == "75+", 20 / groups["n"], 1.0)
        groups["n"], groups["loss"] = (groups["n"] * scale).astype(int), groups["loss"] * scale
    few = build_first_page(select_case(save(tmp_path / "few", records), "en")).hit
    assert not any("residents aged 75 and over" in sentence for sentence in few)


@pytest.mark.parametrize("seeds", [2, 6])
def test_without_a_crisis_the_page_tells_of_everyday_life(tmp_path, seeds):
    records = fake_study(seeds, ("outreach", "mixing"))
    for record in records:
        record.tables["runs"]["onset"][:] = -1
    page = build_first_page(select_case(save(tmp_path, records), "en"))
    assert not page.hit and len(page.levers) == 2 and all(line.effect and not line.whom for line in page.levers)
    assert not CODE.search(" ".join([*page.answer, *page.unknown, *page.steps]))


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_a_browser_prints_one_page_and_a_phone_cuts_nothing(page, tmp_path):
    driver = pytest.importorskip("playwright.sync_api")
    file = tmp_path / "brief.html"
    file.write_text(page, encoding="utf-8")
    with driver.sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page(viewport={"width": 390, "height": 900})
        tab.goto(file.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        cut = "[...document.querySelectorAll('.note-page *')].filter(e => e.scrollWidth > e.clientWidth + 1 && " \
              "getComputedStyle(e).display == 'block').length"
        assert tab.evaluate(cut) == 0
        tab.evaluate("document.querySelector('#annex').remove(); document.querySelector('footer').remove()")
        printed = tab.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_no_heading_of_the_note_is_left_in_english():
    page = FirstPage("", "", [], [], [], "", [], [])
    french, english = page.headings("fr"), page.headings("en")
    assert all(french[name] != english[name] for name in english) and french["lever"] == "Levier"
