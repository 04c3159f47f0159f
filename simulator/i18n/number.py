"""Numbers as people read them in French and English, without the machine's locale and without false precision."""

from __future__ import annotations

from math import floor, isfinite, isinf, log10

THIN = "\u202f"
"""Narrow no-break space: between thousands, and before %, € and : in French."""
FIXED = "\u00a0"
"""No-break space: an interval stays on one line."""
MINUS = "\u2212"
NOTHING = "–"


def number(value: float, lang: str, decimals: int = 0, sign: bool = False) -> str:
    """A number with so many decimals, fewer than none rounds to tens: 1 234,5 or 1,234.5; – if there is none."""
    if isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if not isfinite(value):
        return NOTHING
    value = round(value, decimals)
    text = f"{abs(value):,.{max(0, decimals)}f}"
    if lang == "fr":
        text = text.replace(",", THIN).replace(".", ",")
    if float(f"{value:.{max(0, decimals)}f}") == 0:
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def decimals_for(width: float, most: int = 6) -> int:
    """Decimals that an uncertainty of this half-width deserves: one digit of it is shown."""
    if not isfinite(width) or width <= 0:
        return 2
    return min(most, -floor(log10(width)))


def decimals_of(scale: float, digits: int = 2) -> int:
    """Decimals that show so many digits of numbers of this size: 0.053, 1.4, 27."""
    return max(0, digits - 1 - floor(log10(abs(scale)))) if isfinite(scale) and scale else digits


def significant(value: float, lang: str, digits: int = 2) -> str:
    """A number of which so many digits mean something: 1 390 becomes 1 400."""
    if not isfinite(value) or value == 0:
        return number(value, lang)
    return number(value, lang, digits - 1 - floor(log10(abs(value))))


def percent(share: float, lang: str, decimals: int = 0, sign: bool = False) -> str:
    """A share as 12 % or 12%."""
    if not isfinite(share):
        return NOTHING
    return number(100.0 * share, lang, decimals, sign) + (THIN + "%" if lang == "fr" else "%")


def chance(probability: float, lang: str) -> str:
    """A probability, never as certain as 0 or 100: < 1 %, 87 %, > 99 %."""
    if not isfinite(probability):
        return NOTHING
    for limit, mark in ((0.01, "<"), (0.99, ">")):
        if (probability < limit) == (mark == "<") and probability != limit and not 0.01 <= probability <= 0.99:
            return f"{mark}{THIN}{percent(limit, lang)}"
    return percent(probability, lang)


def ends(low: float, high: float, lang: str, decimals: int | None = None, sign: bool = False) -> list[str]:
    """Both ends of an interval, rounded alike; where it leaves 0 out, an end that would read 0 gets its digit."""
    places = decimals_for((high - low) / 2.0) if decimals is None else decimals
    clear = low > 0 or high < 0
    return [number(end, lang, max(places, decimals_of(end, 1)) if clear and round(end, places) == 0 else places, sign)
            for end in (low, high)]


def interval(low: float, high: float, lang: str, decimals: int | None = None, sign: bool = False) -> str:
    """[−0,52 ; −0,38] or [−0.52, −0.38]; empty without one."""
    if not (isfinite(low) and isfinite(high)):
        return ""
    between = f"{THIN};{FIXED}" if lang == "fr" else f",{FIXED}"
    return f"[{between.join(ends(low, high, lang, decimals, sign))}]"


def estimate(value: float, low: float, high: float, lang: str, sign: bool = True) -> str:
    """A difference with its interval, rounded alike."""
    places = decimals_for((high - low) / 2.0)
    return f"{number(value, lang, places, sign)} {interval(low, high, lang, places, sign)}".strip()


def euros(value: float, lang: str) -> str:
    """Euros with two digits that mean something: 1 400 € or €1,400, 620 k€ or €620k, 1,2 M€ or €1.2M."""
    if not isfinite(value):
        return number(value, lang)
    size, unit = next(((s, u) for s, u in ((1e6, "M"), (1e4, "k")) if abs(value) >= s), (1.0, ""))
    text = significant(value / (1e3 if unit == "k" else size), lang)
    return f"{text}{THIN}{unit}€" if lang == "fr" else f"€{text}{unit}"


def euro_range(low: float, high: float, lang: str) -> str:
    """330 to 580 k€, in words: from low to high; more than low when high has no end."""
    if not isfinite(low):
        return ""
    if isinf(high):
        return ("plus de " if lang == "fr" else "over ") + euros(low, lang)
    return f"{euros(low, lang)} – {euros(high, lang)}"
