"""Verdicts on levers, and the threshold they are judged by, in words."""

from __future__ import annotations

from ..number_format import format_number
from ..translation import mark, translate

VERDICT_LABELS: dict[str, str] = {
    "acts": mark("act"), "small": mark("too small to matter"), "open": mark("not known yet"), "harms": mark("harms"),
    "mixed": mark("mixed"), "few": mark("too few hit"),
}
"""Verdicts of analysis.effects.verdict in words."""
VERDICT_COLUMN_HEADS: dict[str, str] = {
    "lever": mark("lever"), "verdict": mark("verdict"), "gain": mark("days saved/hit"), "share": mark("in %"),
    "gain_interval": mark("days saved/hit [95%]"), "share_interval": mark("in % [95%]"),
    "persons": mark("better/worse"), "target": mark("meant for"), "seeds": mark("more seeds"),
}
TARGET_LABELS: dict[tuple[str, str], str] = {
    ("age", "75+"): mark("75+"), ("income", "1"): mark("poorest fifth"),
    ("membership_before", "member"): mark("members"), ("sex", "woman"): mark("women"),
}
"""Groups that levers are meant for, as analysis.effects.target_group finds them."""
THRESHOLD_DECIMALS = 2
"""Decimals of a threshold at most."""


def format_verdict(verdict: str, lang: str) -> str:
    """A verdict in words."""
    return translate(VERDICT_LABELS[verdict], lang)


def format_verdict_head(name: str, lang: str) -> str:
    """The head of a column of the table of verdicts."""
    return translate(VERDICT_COLUMN_HEADS[name], lang)


def format_threshold(amount: float, unit: str, lang: str) -> str:
    """A threshold in words. unit: percent, days or people, as in analysis.effects.verdict."""
    places = next(k for k in range(THRESHOLD_DECIMALS + 1) if k == THRESHOLD_DECIMALS or round(amount, k) == amount)
    number = format_number(amount, lang, places)
    if unit == "percent":
        return translate("{amount}% of what the people hit lose", lang, amount=number)
    if unit == "days":
        return translate("{amount} person-days a person hit", lang, amount=number)
    return translate("{amount} people who fare better, net of those who fare worse", lang, amount=number)
