"""The page to hand on in a browser without a network, from a file: choose, follow a link, switch language, print."""

from __future__ import annotations

from functools import partial

import pytest

pytest.importorskip("bokeh")
driver = pytest.importorskip("playwright.sync_api")

from simulator.dashboard.site.page import render_site, write_site  # noqa: E402
from simulator.records.files.run_files import save_record  # noqa: E402
from simulator.records.results import open as open_results  # noqa: E402
from tests.analysis import fake_runs  # noqa: E402
from tests.dashboard.test_browser import CHROMIUM, FLAGS  # noqa: E402

HOSTILE = "<img src=x onerror=alert(1)> $$x^2$$ =1+1"
PHONE, TABLET, DESK = ({"width": width, "height": 900} for width in (390, 800, 1280))

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")]


def hostile_content(levers, seed, crisis="heatwave"):
    content = plain_content(levers, seed)
    for card in content["levers"]:
        card["label_fr"] = card["label_en"] = f"{card['label_en']} {HOSTILE}"
    content["scenario"]["crises"][0] |= {"id": crisis, "label_fr": crisis, "label_en": crisis}
    return content


plain_content = fake_runs.fake_content


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a page of two crises whose levers have hostile names."""
    folder, patch = tmp_path_factory.mktemp("results"), pytest.MonkeyPatch()
    for crisis in ("heatwave", "flood"):
        patch.setattr(fake_runs, "fake_content", partial(hostile_content, crisis=crisis))
        patch.setattr(fake_runs, "sha256", lambda text, crisis=crisis: real_sha256(crisis.encode() + text))
        for record in fake_runs.fake_study(3, ("outreach", "coordinator")):
            save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    patch.undo()
    write_site(render_site(open_results(folder)), folder / "site")
    return (folder / "site" / "index.html").as_uri()


real_sha256 = fake_runs.sha256


@pytest.fixture(scope="module")
def browser():
    with driver.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Open an address in a fresh profile without a network; nothing may be asked for, refused or thrown."""
    contexts, problems = [], []

    def go(address, size=DESK):
        context = browser.new_context(viewport=size, offline=True, locale="fr-FR")
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: problems.append(one.url) if not one.url.startswith((address[:40], "data:",
                                                                                          "blob:")) else None)
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        page.on("console", lambda one: problems.append(one.text) if one.type in ("error", "warning") else None)
        page.on("dialog", lambda one: problems.append(one.message))
        page.goto(address)
        page.wait_for_function("document.querySelectorAll('.chart [role=img]').length >= 5")
        return page

    yield go
    for context in contexts:
        context.close()
    assert problems == []


def facts(page):
    return page.locator("#facts").inner_text()


def test_choosing_changes_what_is_shown_and_the_link(site, visit):
    page = visit(site)
    seen = {facts(page) + page.locator("#heading").inner_text()}
    for name, value in (("lever", "coordinator"), ("group", "income.1"), ("scene", None)):
        options = page.locator(f"#{name} option").evaluate_all("all => all.map(one => one.value)")
        chosen = value or next(one for one in options if one != page.locator("#scene").input_value())
        assert chosen in options
        page.select_option(f"#{name}", chosen)
        seen.add(facts(page) + page.locator("#heading").inner_text())
        assert f"{name}={chosen.replace('+', '%2B')}" in page.url
    assert len(seen) == 4


def test_a_link_opens_the_same_view_in_a_fresh_profile(site, visit):
    page = visit(site)
    page.select_option("#lever", "coordinator")
    page.select_option("#group", "household.lone_parent")
    page.select_option("#lang", "en")
    other = visit(page.url)
    assert facts(other) == facts(page) and other.locator("#group").input_value() == "household.lone_parent"
    assert other.evaluate("document.documentElement.lang") == "en"


def test_a_link_to_what_is_not_there_opens_the_first_view(site, visit):
    assert facts(visit(f"{site}#lever=%3Cb%3E&group=none&scene=x&lang=xx&place=1")) == facts(visit(site))


def test_hostile_names_are_shown_as_typed(site, visit):
    page = visit(site)
    assert HOSTILE in page.locator("#lever").inner_text() and HOSTILE in facts(page)
    assert page.locator("img").count() == 0


def test_every_word_is_in_the_chosen_language(site, visit):
    page = visit(site)
    assert "Ce que chaque levier change" in page.locator("main").inner_text()
    page.select_option("#lang", "en")
    words = page.locator("body").inner_text()
    assert "What each lever changes" in words and "Sans levier" not in words


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: str(size["width"]))
def test_nothing_is_wider_than_the_window(site, visit, size):
    page = visit(site, size)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_it_prints_on_a_few_pages(site, visit, tmp_path):
    page = visit(site)
    file = tmp_path / "page.pdf"
    page.pdf(path=file, format="A4", print_background=True)
    assert file.stat().st_size > 20_000 and 2 <= file.read_bytes().count(b"/Type /Page\n") <= 7


def test_choosing_works_by_keyboard(site, visit):
    page = visit(site)
    page.locator("#lever").focus()
    before = facts(page)
    page.keyboard.press("ArrowDown")
    page.wait_for_function("before => document.getElementById('facts').innerText !== before", arg=before)
