"""Dates as people write them in French and English."""

from __future__ import annotations

from datetime import date

MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}


def day_text(day: date | str, lang: str) -> str:
    """1er janvier 2027, or 1 January 2027. ValueError for a text that is no date."""
    when = date.fromisoformat(str(day)[:10])
    first = "1er" if lang == "fr" and when.day == 1 else str(when.day)
    return f"{first} {MONTHS[lang][when.month - 1]} {when.year}"
