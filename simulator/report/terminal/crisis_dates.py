"""The crises of a scenario in words: which, when where there are several, and whether they overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ...i18n.date_format import format_short_date
from ...i18n.translation import translate


def list_occurrences(crises: Sequence[Mapping[str, Any]], lang: str) -> list[tuple[date, date, str]]:
    """First day, last day and name of every occurrence of these cards, in order of time.

    A card without a date, as in records of no scenario, has no occurrence.
    """
    found = []
    for card in crises:
        label = str(card.get(f"label_{lang}") or card["id"])
        for start in [card["start"], *card.get("again", ())] if "start" in card else ():
            first = date.fromisoformat(str(start))
            found.append((first, first + timedelta(int(card.get("days", 1)) - 1), label))
    return sorted(found)


def format_crises(crises: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Names of the crises; of several occurrences, the date of each, and whether they overlap or lie apart."""
    occurrences = list_occurrences(crises, lang)
    if len(occurrences) < 2:
        names = [str(card.get(f"label_{lang}") or card["id"]) for card in crises]
        return " + ".join(names) or translate("no crisis", lang)
    named = [translate("{crisis} ({day})", lang, crisis=label, day=format_short_date(first, lang))
             for first, _, label in occurrences]
    return translate("{crises}, {when}", lang, crises=" + ".join(named), when=_format_overlap(occurrences, lang))


def _format_overlap(occurrences: Sequence[tuple[date, date, str]], lang: str) -> str:
    """Overlapping, apart, or some of both; days from the end of one to the next."""
    gaps, last = [], occurrences[0][1]
    for first, end, _ in occurrences[1:]:
        gaps.append((first - last).days - 1)
        last = max(last, end)
    if max(gaps) < 0:
        return translate("overlapping", lang)
    apart = min(gap for gap in gaps if gap >= 0)
    if min(gaps) < 0:
        return translate("some overlapping, others {n} days apart", lang, n=apart)
    return translate("{n} days apart", lang, n=apart) if len(gaps) == 1 else translate("at least {n} days apart", lang,
                                                                                         n=apart)
