"""French typography: no-break spaces that keep punctuation on the line of its word."""

from __future__ import annotations

import re
from typing import Any

from .number_format import NBSP

SPACED_SIGNS = (" ;", " :", " ?", " !", " %", " »", "« ", " –", "– ", " €")
"""Punctuation that French separates from its word by a space."""


def insert_nbsp(text: Any) -> Any:
    """The text with no-break spaces inside « », before ; : ? ! % €, around – and between thousands.

    Anything but a plain str (numbers, markup) is returned unchanged.
    """
    if type(text) is not str:
        return text
    for mark in SPACED_SIGNS:
        text = text.replace(mark, mark.replace(" ", NBSP))
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NBSP, text)
