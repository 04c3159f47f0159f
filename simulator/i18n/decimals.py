"""A number with the separators of a language, by Babel's data: what texts and figures are both written with."""

from __future__ import annotations


def format_decimals(value: float, lang: str, decimals: int = 0) -> str:
    """A finite number rounded to so many decimals, fewer than none to tens: 1 234,5 in French, 1,234.5 in English."""
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return str(format_decimal(round(value, decimals), pattern, locale=lang))
