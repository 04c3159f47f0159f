"""French typography: signs that stand apart from their word stay on its line."""

from __future__ import annotations

import re
from typing import Any

from .number import FIXED

SIGNS = (" ;", " :", " ?", " !", " %", " »", "« ", " –", "– ", " €")
"""French signs that stand apart from their word."""


def held(text: Any) -> Any:
    """A text whose signs stay on the line of their word: no-break spaces within « », before ; : ? ! %, around –, and
    between thousands.

    Numbers, markup and whatever else is no plain text is given back as it is.
    """
    if type(text) is not str:
        return text
    for mark in SIGNS:
        text = text.replace(mark, mark.replace(" ", FIXED))
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", FIXED, text)
