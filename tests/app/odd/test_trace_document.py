"""The TRACE page: complete, on one page, and true of what the code declares."""

from __future__ import annotations

import pytest

from simulator.analysis.validation.pattern_targets import TARGETS
from simulator.app.odd.headings import TRACE_HEADINGS
from simulator.app.odd.html_page import list_headings, render_html_page
from simulator.app.odd.trace_document import (
    list_calibrated_numbers,
    list_card_grades,
    list_verification_checks,
    render_trace_document,
)
from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import load_cards
from simulator.i18n.translation import translate
from simulator.parameters import GRADES


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_has_every_part_and_fits_on_one_page(lang):
    text = render_trace_document([find_shipped_configs()], lang)
    headings = [translate(heading, lang) for heading in TRACE_HEADINGS.values()]
    assert [head for level, head in list_headings(text) if level == 2] == headings
    assert all(target.label in text for target in TARGETS)
    weasyprint = pytest.importorskip("weasyprint")
    assert len(weasyprint.HTML(string=render_html_page(text, lang, None, {})).render().pages) == 1


def test_checks_are_read_from_the_code_that_makes_them():
    checks = dict(list_verification_checks())
    assert len(checks) >= 10 and "levers of dose 0 are no levers" in checks.values()


def test_calibrated_numbers_are_those_whose_source_says_so():
    names = list_calibrated_numbers()
    assert {"start.kin", "tie_formation.building", "joining.rate"} <= set(names) and "start.cushion" not in names


def test_every_grade_of_a_card_is_one_of_the_four():
    folders = [find_shipped_configs()]
    cards = {group: [found.card for found in load_cards(group, folders)] for group in ("lever", "crisis", "site")}
    assert set(list_card_grades(cards)) <= set(GRADES)
