"""Dates as people write them, by Babel's data for their language."""

from __future__ import annotations

from datetime import date

from .translation import translate


def format_date(day: date | str, lang: str) -> str:
    """1er janvier 2027, or 1 January 2027. ValueError for a text that is no date."""
    from babel.dates import format_date as format_by_pattern

    when = date.fromisoformat(str(day)[:10])
    text = str(format_by_pattern(when, "d MMMM y", locale=lang))
    if when.day != 1:
        return text
    return translate("1 {month_and_year}", lang, month_and_year=text.removeprefix("1").strip())


def format_short_date(day: date, lang: str) -> str:
    """04/08/2027, or 4 Aug 2027."""
    from babel.dates import format_date as format_by_pattern

    return str(format_by_pattern(day, translate("d MMM y", lang), locale=lang))
