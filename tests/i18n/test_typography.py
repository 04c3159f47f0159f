"""French typography."""

from __future__ import annotations

from simulator.i18n.texts.page_texts import get_page_plural, get_page_text
from simulator.i18n.typography import insert_nbsp


def test_french_punctuation_stays_with_its_word():
    assert insert_nbsp("Quoi ? « oui » : 5 %") == "Quoi\u00a0? «\u00a0oui\u00a0»\u00a0: 5\u00a0%"


def test_texts_of_the_page_have_no_break_spaces_in_french_only():
    assert get_page_text("Saved as “{name}” in the results folder.", "en", name="a : b").count("\u00a0") == 0
    assert "«\u00a0a\u00a0»" in get_page_text("Saved as “{name}” in the results folder.", "fr", name="a")
    assert get_page_plural("{scene} · {n} seed played", "{scene} · {n} seeds played", 1, "en", scene="x") == \
        "x · 1 seed played"
