"""Numbers as people read them, by Babel's data for their language, and without false precision."""

from __future__ import annotations

from functools import cache
from math import floor, isfinite, isinf, log10

from .decimals import format_decimals
from .translation import translate

NARROW_NBSP = "\u202f"
"""Narrow no-break space: between thousands, and before € in French."""
NBSP = "\u00a0"
"""No-break space: an interval stays on one line."""
MINUS = "\u2212"
NO_VALUE = "–"


@cache
def _percent_sign(lang: str) -> tuple[str, str]:
    """What a language writes before and after a number of per cent."""
    from babel import Locale

    before, _, after = str(Locale.parse(lang).percent_formats[None].pattern).partition("#,##0")
    return before, after


def format_number(value: float, lang: str, decimals: int = 0, sign: bool = False) -> str:
    """A number with so many decimals, fewer than none rounds to tens: 1 234,5 or 1,234.5; – if there is none."""
    if isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if not isfinite(value):
        return NO_VALUE
    value = round(value, decimals)
    text = format_decimals(abs(value), lang, decimals)
    if float(f"{value:.{max(0, decimals)}f}") == 0:
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def format_dose(dose: float, lang: str) -> str:
    """A dose, or another number that somebody chose, without zeros at its end: 1; 0,5; 0,004. Three digits are kept."""
    from babel.numbers import format_decimal

    decimals = max(2, decimals_for_size(dose, 3))
    return str(format_decimal(round(dose, decimals), "#,##0." + "#" * decimals, locale=lang))


def decimals_for_error(width: float, most: int = 6) -> int:
    """Decimals that an uncertainty of this half-width deserves: one digit of it is shown."""
    if not isfinite(width) or width <= 0:
        return 2
    return min(most, -floor(log10(width)))


def decimals_for_size(scale: float, digits: int = 2) -> int:
    """Decimals that show so many digits of numbers of this size: 0.053, 1.4, 27."""
    return max(0, digits - 1 - floor(log10(abs(scale)))) if isfinite(scale) and scale else digits


def format_significant(value: float, lang: str, digits: int = 2) -> str:
    """A number of which so many digits mean something: 1 390 becomes 1 400. A count, an int, has no decimals."""
    if not isfinite(value) or value == 0:
        return format_number(value, lang)
    decimals = digits - 1 - floor(log10(abs(value)))
    return format_number(value, lang, min(decimals, 0) if isinstance(value, int) else decimals)


def format_percent(share: float, lang: str, decimals: int = 0, sign: bool = False) -> str:
    """A share as 12 % or 12%."""
    if not isfinite(share):
        return NO_VALUE
    before, after = _percent_sign(lang)
    return before + format_number(100.0 * share, lang, decimals, sign) + after


def format_probability(probability: float, lang: str) -> str:
    """A probability, never as certain as 0 or 100: < 1 %, 87 %, > 99 %."""
    if not isfinite(probability):
        return NO_VALUE
    for limit, mark in ((0.01, "<"), (0.99, ">")):
        if (probability < limit) == (mark == "<") and probability != limit and not 0.01 <= probability <= 0.99:
            return f"{mark}{NARROW_NBSP}{format_percent(limit, lang)}"
    return format_percent(probability, lang)


def format_interval_ends(low: float, high: float, lang: str, decimals: int | None = None,
                         sign: bool = False) -> list[str]:
    """Both ends of an interval, rounded alike; where it leaves 0 out, an end that would read 0 gets its digit."""
    places = decimals_for_error((high - low) / 2.0) if decimals is None else decimals
    clear = low > 0 or high < 0
    return [
        format_number(end, lang,
                      max(places, decimals_for_size(end, 1)) if clear and round(end, places) == 0 else places, sign)
        for end in (low, high)
    ]


def format_interval(low: float, high: float, lang: str, decimals: int | None = None, sign: bool = False) -> str:
    """[−0,52 ; −0,38] or [−0.52, −0.38]; empty without one."""
    if not (isfinite(low) and isfinite(high)):
        return ""
    ends = format_interval_ends(low, high, lang, decimals, sign)
    return translate("[{low},\u00a0{high}]", lang, low=ends[0], high=ends[1])


def format_estimate(value: float, low: float, high: float, lang: str, sign: bool = True) -> str:
    """A difference with its interval, rounded alike."""
    places = decimals_for_error((high - low) / 2.0)
    return f"{format_number(value, lang, places, sign)} {format_interval(low, high, lang, places, sign)}".strip()


def format_euros(value: float, lang: str) -> str:
    """Euros with two digits that mean something: 1 400 € or €1,400, 620 k€ or €620k, 1,2 M€ or €1.2M."""
    if not isfinite(value):
        return format_number(value, lang)
    size, unit = next(((s, u) for s, u in ((1e6, "M"), (1e4, "k")) if abs(value) >= s), (1.0, ""))
    amount = format_significant(value / (1e3 if unit == "k" else size), lang)
    return translate("€{amount}{unit}", lang, amount=amount, unit=unit)


def format_euro_range(low: float, high: float, lang: str) -> str:
    """330 to 580 k€, in words: from low to high; more than low when high has no end."""
    if not isfinite(low):
        return ""
    if isinf(high):
        return translate("over {amount}", lang, amount=format_euros(low, lang))
    return f"{format_euros(low, lang)} – {format_euros(high, lang)}"
