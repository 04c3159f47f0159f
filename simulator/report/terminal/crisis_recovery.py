"""The terminal's table of recovery crisis by crisis, for scenarios of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, Any

from ...analysis.effects.crisis_recovery import CrisisRecovery, compare_crises
from ...i18n.date_format import format_short_date
from ...i18n.number_format import NO_VALUE, format_estimate, format_number, format_percent
from ...i18n.texts.summary_texts import format_summary_head
from ...i18n.translation import translate
from .text_table import format_fixed_width_table

if TYPE_CHECKING:
    from ...analysis.effects.arms import Arm
    from ...records.files.run_files import RunTables

LABEL = 30
"""Characters a line of a lever's name."""


def format_crisis_recovery(arms: Sequence[Arm], opened: RunTables, lang: str, width: int, most: int = 0) -> list[str]:
    """Per crisis and arm: people hit, days until 80 % are back, who is not back when the next begins; a note first.

    arms: the one without levers first. most: characters a line of a table may have, 0 for any number. Nothing for a
    single crisis.
    """
    found = compare_crises(arms, opened)
    if not found:
        return []
    cards = {str(card["id"]): card for card in arms[0].content(opened)["scenario"]["crises"]}
    parts = [fill(translate("Recovery, crisis by crisis: each is timed from its own first day until the next begins, "
                            "in every arm alike; who is not back by then counts all of these days. The tables above "
                            "time 80% back in the first crisis, and add up the days not back over all of them.", lang),
                  width)]
    for number in sorted({one.number for one in found}):
        rows = [one for one in found if one.number == number]
        parts.append(format_crisis_head(rows[0], cards, lang) + "\n" + _format_table(rows, lang, most))
    return parts


def format_crisis_head(one: CrisisRecovery, cards: Mapping[str, Mapping[str, Any]], lang: str) -> str:
    """Which crisis, when, how many it hits, and until when recovery from it is timed."""
    episode = one.episode
    names = " + ".join(str(cards[name].get(f"label_{lang}") or name) for name in episode.crises)
    until = (translate("timed for {days} days, until the next begins", lang, days=format_number(episode.clock, lang))
             if episode.is_censored else
             translate("timed for {days} days, until the run ends", lang, days=format_number(episode.clock, lang)))
    return translate("{crisis} ({day}): {hit} people hit, {until}", lang, crisis=names, until=until,
                     hit=format_number(one.hit, lang), day=format_short_date(date.fromisoformat(episode.date), lang))


def _format_table(rows: Sequence[CrisisRecovery], lang: str, most: int) -> str:
    heads = [format_summary_head(name, lang) for name in ("lever", "back_of_crisis", "days_away", "sooner_of_crisis",
                                                          "away_at_end")]
    cells = [[one.arm.label[lang], format_days_back(one, lang), format_number(one.days, lang, 1),
              format_estimate(one.sooner.difference, one.sooner.low, one.sooner.high, lang) if one.sooner else NO_VALUE,
              format_percent(one.not_back, lang, 1)] for one in rows]
    return format_fixed_width_table(heads, cells, LABEL, most=most)


def format_days_back(one: CrisisRecovery, lang: str) -> str:
    """Mean days until 80 % of the hit are back over the seeds that reach it; in how many they do not, if in some."""
    late = one.n - one.reached
    beyond = f"> {format_number(one.episode.clock, lang)}"
    if not one.reached:
        return beyond
    told = format_number(one.back_80, lang)
    return f"{told} ({late}/{one.n} {beyond})" if late else told
