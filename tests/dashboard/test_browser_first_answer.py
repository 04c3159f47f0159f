"""What ships with the package in a browser: at once, said to be so, on a tablet; a map click, a link, the workbook."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

pytest.importorskip("streamlit")
pytest.importorskip("playwright.sync_api")

from tests.dashboard.test_browser import CHROMIUM, TABLET, choose, downloaded, picture, wait_until_drawn

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")]


def first_answer(page):
    page.get_by_role("button", name="Voir une première réponse").click()
    page.get_by_role("heading", name="Ce que disent ces simulations").wait_for()
    page.get_by_role("button", name="Ajouter 6 graines").wait_for()


def assert_nothing_is_cut(page):
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    boxes = page.evaluate("""() => [...document.querySelectorAll('[data-testid=stTable], [data-testid=stVegaLiteChart],'
        + ' [data-testid=stSelectbox]')].filter(e => e.offsetParent !== null).map(e => e.getBoundingClientRect())
        .map(e => [e.left, e.top, e.right, e.bottom])""")
    assert all(left >= 0 and right <= wide[1] + 1 for left, _, right, _ in boxes)
    charts = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    drawn = [chart.bounding_box() for chart in charts.all() if chart.is_visible()]
    assert all(box["x"] + box["width"] <= wide[1] + 1 for box in drawn)


def test_what_ships_is_shown_at_once_and_said_to_be_so_on_a_tablet(site, visit):
    page = visit(f"{site[0]}?lang=fr", TABLET)
    first_answer(page)
    page.get_by_text("Ces parties n'ont pas été jouées ici").wait_for()
    for name, heading in (("Réponse", "Ce que disent"), ("Carte", "Où"), ("Pourquoi", "Du levier au rétablissement"),
                          ("Histoires", "Une personne âgée qui vit seule")):
        choose(page, name)
        page.get_by_role("heading", name=heading).first.wait_for()
        assert_nothing_is_cut(page)
        if name == "Histoires":
            assert page.get_by_role("table").count() >= 3
            assert page.get_by_role("table").first.get_by_text("Sans levier").count() == 1
            picture(page, "residents")
    choose(page, "2 · Leviers")
    assert page.get_by_role("button", name="Lancer la comparaison").is_disabled()
    page.get_by_text("Ces choix sont joués").wait_for()


def test_a_place_is_picked_on_the_map_and_a_link_opens_the_view(site, visit):
    page = visit(f"{site[0]}?lang=fr")
    first_answer(page)
    choose(page, "Carte")
    chart = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    wait_until_drawn(page)
    box, picked = chart.bounding_box(), page.get_by_text("habitants fictifs").last
    for across, down in ((x / 12, y / 8) for y in (3, 4, 2) for x in (2, 5, 10, 1, 3, 6, 9, 11)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        wait_until_drawn(page)
        if picked.is_visible():
            break
    assert picked.is_visible() and "jour-personne" in picked.inner_text()
    assert "view=view_map" in page.url
    again = visit(page.url)
    again.get_by_role("heading", name="Où").wait_for()
    visit(page.url.replace("view_map", "view_%3Cscript%3E")).get_by_role("heading", name="Ce que disent").wait_for()


def test_the_workbook_is_downloaded_with_numbers_in_its_cells(site, visit):
    page = visit(f"{site[0]}?lang=fr")
    first_answer(page)
    choose(page, "Dossier")
    book = openpyxl.load_workbook(BytesIO(downloaded(page, "Télécharger les nombres").read_bytes()))
    assert len(book.sheetnames) >= 3
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert sum(isinstance(cell, (int, float)) for cell in cells) > 50 and any("levier" in str(cell) for cell in cells)
