"""Figures as spreadsheets write them: decimal point or comma, thousands apart by spaces, commas or points."""

from __future__ import annotations

import re
from collections.abc import Iterable

DECIMAL_COMMA = re.compile(r"[-+]?(?:\d*,(?:\d{1,2}|\d{4,})|\d{4,},\d{3}|0+,\d+|\d{1,3}(?:\.\d{3})+,\d+)")
DECIMAL_POINT = re.compile(r"[-+]?(?:\d*\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d{3}|0+\.\d+|\d{1,3}(?:,\d{3})+\.\d+"
                           r"|\d{1,3}(?:,\d{3}){2,})")
"""Figures that leave no doubt which sign parts the decimals: others have three digits after their only sign."""
THOUSANDS = {",": re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?"),
             ".": re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")}
"""Decimal sign to a figure whose thousands the other sign parts."""
MISSING_MARKS = ("", "s", "ns", "nd", "so", "n/d", "c", "nr", "n.d.", "n.s.", "-", "…", "...", "na", "#n/a")
"""Cells of a figure that is secret, not significant or not available."""


class AmbiguousNumber(ValueError):
    """A figure such as 2,134 where nothing tells whether that is about two or more than two thousand."""


def squeeze_number(cell: str) -> str:
    """The cell without spaces of any kind (thin, unbreakable); "" where the figure is missing."""
    text = "".join(cell.split()).strip("'\"\u200b\ufeff").replace("\u2212", "-")
    return "" if text.lower() in MISSING_MARKS else text


def find_decimal_sign(cells: Iterable[str]) -> str:
    """The sign that parts decimals in these cells, "," or "."; "" if nothing tells, or if both occur."""
    comma = point = False
    for cell in cells:
        text = squeeze_number(cell)
        comma = comma or bool(DECIMAL_COMMA.fullmatch(text))
        point = point or bool(DECIMAL_POINT.fullmatch(text))
    return "" if comma == point else "," if comma else "."


def parse_number(cell: str, decimal: str) -> float | None:
    """The figure of a cell; None where it is missing. `decimal`: of find_decimal_sign.

    AmbiguousNumber for 2,134 where nothing tells what the comma means; ValueError for anything that is no number.
    """
    text = squeeze_number(cell)
    if not text:
        return None
    if "," in text and not decimal and not (DECIMAL_COMMA.fullmatch(text) or DECIMAL_POINT.fullmatch(text)):
        raise AmbiguousNumber(text) if THOUSANDS["."].fullmatch(text) else ValueError(text)
    sign = decimal or ("," if DECIMAL_COMMA.fullmatch(text) else ".")
    other = "." if sign == "," else ","
    if other in text:
        if sign == "," and "," not in text and text.count(".") == 1:
            if THOUSANDS[","].fullmatch(text):
                raise AmbiguousNumber(text)
            return _to_finite(text)  # 0.5 among figures with commas
        if not THOUSANDS[sign].fullmatch(text):
            raise ValueError(text)
        text = text.replace(other, "")
    return _to_finite(text.replace(",", "."))


def _to_finite(text: str) -> float:
    value = float(text) if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", text, re.ASCII) else float("nan")
    if not abs(value) < float("inf"):
        raise ValueError(text)
    return value
