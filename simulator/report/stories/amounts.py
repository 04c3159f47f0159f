"""Amounts of a resident's story in words."""

from __future__ import annotations

from ...i18n.number_format import NARROW_NBSP, NO_VALUE, format_number
from ...i18n.texts.story_texts import STORY_LABELS, get_story_text
from ...rules.need_domains import MILLI

LEAST, LARGE = 10, 10_000
"""Thousandths of a unit: below the first, an amount is shown as less than 0.01; from the second, without decimals."""


def format_amount(domain: str, thousandths: int, lang: str) -> str:
    """An amount of a need domain with its unit."""
    return get_story_text(STORY_LABELS[f"u_{domain}"], lang, x=format_quantity(thousandths, lang))


def format_quantity(thousandths: int, lang: str) -> str:
    """Thousandths of a day or hour as days or hours, to a hundredth; – for none."""
    if not thousandths:
        return NO_VALUE
    shown = format_number(max(thousandths, LEAST) / MILLI, lang, 0 if thousandths >= LARGE else 2)
    return shown if thousandths >= LEAST else f"<{NARROW_NBSP}{shown}"
