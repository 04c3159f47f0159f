"""Texts of the page: as everywhere, and in French with no-break spaces."""

from __future__ import annotations

from ..translation import translate, translate_plural
from ..typography import insert_nbsp


def get_page_text(text: str, lang: str, /, context: str = "", **facts: object) -> str:
    """An English text of the page in a language, with its facts filled in and French no-break spaces."""
    shown = translate(text, lang, context=context, **facts)
    return insert_nbsp(shown) if lang == "fr" else shown


def get_page_plural(one: str, many: str, n: int, lang: str, /, **facts: object) -> str:
    """One of two English texts of the page, by the number `n`, in a language; as `get_page_text` otherwise."""
    shown = translate_plural(one, many, n, lang, **facts)
    return insert_nbsp(shown) if lang == "fr" else shown
