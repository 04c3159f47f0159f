"""Heads of the tables on the terminal, and units in words."""

from __future__ import annotations

from ..translation import mark, translate

SUMMARY_COLUMN_HEADS: dict[str, str] = {
    "lever": mark("lever"), "change": mark("change in loss [95%]"), "sooner": mark("sooner (d)"),
    "helps": mark("helps (prob.)"), "back": mark("80% back (d)"), "not_back": mark("not back"),
    "poorest": mark("poorest"), "isolated": mark("isolated", context="people"), "unreached": mark("unhelped"),
    "back_of_crisis": mark("80% back (d)"), "days_away": mark("days not back"),
    "sooner_of_crisis": mark("sooner (d) [95%]"), "away_at_end": mark("not back by then"),
    "cost": mark("cost [range]"), "price": mark("euros per person-day saved"),
}
PRICE_STATES: dict[str, str] = {"not_better": mark("no better than nothing"), "free": mark("no cost")}
"""Why a person-day has no price, by the state of its estimate."""


def format_summary_head(name: str, lang: str) -> str:
    """The head of a column of the summary."""
    return translate(SUMMARY_COLUMN_HEADS[name], lang, context="people" if name == "isolated" else "")


def format_person_day_unit(amount: float, lang: str) -> str:
    """The unit of this many person-days: French has its plural from two on."""
    return translate("person-days", lang, context="fewer than two" if amount < 2 else "")
