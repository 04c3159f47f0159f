"""The summary of the description: complete, and three pages of A4 at most."""

from __future__ import annotations

import pytest

from simulator.app.odd.chart_blocks import draw_chart_pictures
from simulator.app.odd.document_summary import MAIN_EQUATIONS, render_odd_summary
from simulator.app.odd.headings import SUMMARY_HEADINGS
from simulator.app.odd.html_page import list_headings, render_html_page
from simulator.config.cards.card_files import find_shipped_configs
from simulator.i18n.translation import translate

MOST_PAGES = 3


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_has_every_part_and_fits_on_three_pages(lang):
    text = render_odd_summary([find_shipped_configs()], lang)
    headings = [translate(heading, lang, context="ODD summary") for heading in SUMMARY_HEADINGS.values()]
    assert [head for level, head in list_headings(text) if level == 2] == headings
    assert all(f".{rule}` |" in text for rule in MAIN_EQUATIONS)
    crises = len(list((find_shipped_configs() / "crisis").glob("*.yaml")))
    assert "```mermaid" in text and f"{crises} crises" in text and "INSEE" in text
    page = render_html_page(text, lang, None, draw_chart_pictures(lang))
    assert "<svg" in page and "flowchart TD" not in page
    weasyprint = pytest.importorskip("weasyprint")
    assert len(weasyprint.HTML(string=page).render().pages) <= MOST_PAGES
