"""The page in a browser: choose, run, compare, download, switch language, give wrong values; by keyboard too.

PICTURES=docs/images pytest tests/dashboard/test_browser.py writes the pictures of the documentation again.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("streamlit")
pytest.importorskip("playwright.sync_api")

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
TABLET = {"width": 800, "height": 1180}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")]


def wait_until_drawn(page):
    """Wait until the page has been drawn."""
    page.wait_for_timeout(300)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_function("!document.querySelector('[data-stale=true]')")
    page.wait_for_timeout(300)


def picture(page, name):
    """Write a picture for the documentation, if the variable PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    if folder:
        wait_until_drawn(page)
        page.wait_for_timeout(2500)
        main = "document.querySelector('[data-testid=stMain]').scrollHeight"
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": min(int(page.evaluate(main)), 1700)})
        page.wait_for_timeout(1200)
        page.screenshot(path=Path(folder) / f"dashboard_{name}.png")
        page.set_viewport_size(size)


def choose(page, name):
    page.get_by_role("radio", name=name).click()
    wait_until_drawn(page)


def downloaded(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path())


def test_from_a_first_choice_to_a_brief(site, visit):
    address, root = site
    page = visit(f"{address}?lang=fr")
    assert page.evaluate("document.documentElement.lang") == "fr"
    picture(page, "scenario")
    choose(page, "2 · Leviers")
    page.get_by_text("environ").first.wait_for()
    picture(page, "levers")
    page.get_by_role("button", name="Lancer la comparaison").click()
    page.get_by_role("heading", name="Ce que disent ces simulations").wait_for()
    page.get_by_role("button", name="Ajouter 6 graines").wait_for()
    picture(page, "answer")
    for name, heading in (("Reprise", "Le fonctionnement des habitants"), ("Groupes", "Qui perd"), ("Carte", "Où"),
                          ("Jour par jour", "La crise jour par jour"), ("Histoires", "L'histoire d'une personne")):
        choose(page, name)
        page.get_by_role("heading", name=heading).wait_for()
        if name in ("Carte", "Jour par jour"):
            picture(page, {"Carte": "map", "Jour par jour": "days"}[name])
    choose(page, "Dossier")
    page.get_by_role("button", name="Choisir un fichier").wait_for()
    assert "<html" in downloaded(page, "Télécharger la note").read_text(encoding="utf-8")
    with zipfile.ZipFile(downloaded(page, "Télécharger le dossier")) as archive:
        assert {"cases.json", "page.json"} < set(archive.namelist())
        assert sum(name.startswith(("runs/", "parts/")) for name in archive.namelist()) == 1, "what ships: one file"
    page.get_by_label("Nom sous lequel").fill("Pour la réunion")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Enregistré sous").wait_for()
    assert (root / "Pour-la-réunion" / "page.json").exists()
    choose(page, "English")
    page.get_by_role("heading", name="Save and share").wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    again = visit(page.url)
    again.get_by_role("heading", name="Save and share").wait_for()


def test_wrong_values_and_invalid_sessions(site, visit):
    address, root = site
    page = visit(f"{address}?lang=en&session=../../../etc", TABLET)
    page.get_by_label("First day").first.wait_for()
    choose(page, "2 · Levers")
    page.get_by_role("button", name="Add a portfolio").click()
    wait_until_drawn(page)
    picture(page, "tablet")
    assert page.get_by_role("button", name="Run the comparison").is_disabled()
    page.get_by_test_id("stCaptionContainer").filter(has_text="Portfolio C: choose at least one lever").wait_for()
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    assert {one.name for one in (root / "sessions").iterdir() if not one.name.startswith(".")}.isdisjoint({"etc", ".."})


def test_by_keyboard_alone(site, visit):
    page = visit(f"{site[0]}?lang=en")
    page.get_by_role("radio", name="1 · Scenario").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    wait_until_drawn(page)
    names = page.evaluate("""() => [...document.querySelectorAll('button, input, [role=slider], [role=combobox]')]
        .filter(e => e.offsetParent !== null && !(e.getAttribute('aria-label') || e.innerText || e.title
            || (e.labels && e.labels.length) || e.getAttribute('aria-labelledby')))
        .map(e => e.outerHTML.slice(0, 200))""")
    assert names == []
    slider = page.get_by_role("slider").first
    slider.wait_for()
    value = "e => e.getAttribute('aria-valuenow') ?? e.value"
    before = slider.evaluate(value)
    slider.focus()
    page.keyboard.press("ArrowRight")
    wait_until_drawn(page)
    assert page.get_by_role("slider").first.evaluate(value) != before
