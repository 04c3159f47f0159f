"""Output in an encoding that lacks some of our signs: what cannot be written is replaced, and no job ends for it."""

from __future__ import annotations

import codecs
import sys
import unicodedata

ERROR_HANDLER = "resilience-replace"
REPLACEMENTS = {
    "\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2500": "-",
    "\u2501": "-",
    "\u2502": "|", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2026": "...",
    "\u20ac": "EUR", "\u2265": ">=", "\u2264": "<=", "\u2192": "->", "\u00d7": "x", "\u00b7": ".", "\u0153": "oe",
    "\u0152": "OE", "\u00e6": "ae", "\u2022": "*", "\u221e": "inf", "\u2260": "!=", "\u00b2": "2",
}
"""Sign to what stands for it in an encoding without it."""


def replace_unwritable(problem: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for signs that an encoding lacks: see REPLACEMENTS, else the letter without accent, else ?."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    signs = problem.object[problem.start:problem.end]
    return "".join(map(_replace_sign, signs)), problem.end


def _replace_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return REPLACEMENTS.get(sign) or plain or "?"


def tolerate_output_encoding() -> None:
    """Let standard output and standard error replace what their encoding lacks, instead of failing."""
    codecs.register_error(ERROR_HANDLER, replace_unwritable)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=ERROR_HANDLER)
