"""The table of verdicts of a comparison on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm, list_observation_seeds
from ...analysis.effects.judgement import Judgement
from ...analysis.effects.target_group import measure_target_effect
from ...analysis.effects.verdict import DAYS, PERCENT
from ...i18n.number_format import (
    NO_VALUE,
    decimals_for_error,
    format_interval,
    format_number,
    format_percent,
)
from ...i18n.texts.verdict_texts import TARGET_LABELS, format_verdict, format_verdict_head
from ...i18n.translation import translate
from .text_table import format_fixed_width_table

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables

VERDICT_LABEL = 26
"""Characters a line of a lever's name in the table of verdicts."""
UNSETTLED = ("open", "few")
"""Verdicts that more seeds may change."""


def list_judged(arms: Sequence[Arm]) -> list[tuple[Arm, Judgement]]:
    """Arms with their judgements, in the order given; those that were not judged are left out."""
    return [(arm, arm.judgement) for arm in arms if arm.judgement is not None]


def format_verdict_table(baseline: Arm, arms: Sequence[Arm], opened: RunTables, lang: str, most: int = 0) -> str:
    """One row per lever: verdict, what it saves, for how many, for whom it is meant, seeds still needed.

    most: characters a line may have, 0 for any number.
    """
    judged = list_judged(arms)
    unit = judged[0][1].threshold.unit if judged else PERCENT
    rows = [[arm.label[lang], format_verdict(one.verdict, lang), _format_days_saved(one, unit, lang),
             _format_share_saved(one, unit, lang), _format_persons(one, lang),
             format_target_effect(baseline, arm, opened, lang), format_seeds_needed(one, lang)] for arm, one in judged]
    names = ("lever", "verdict", "gain_interval" if unit == DAYS else "gain",
             "share_interval" if unit == PERCENT else "share", "persons", "target", "seeds")
    return format_fixed_width_table([format_verdict_head(name, lang) for name in names], rows, VERDICT_LABEL, most=most)


def _format_days_saved(one: Judgement, unit: str, lang: str) -> str:
    """Days saved per person hit, with their interval if levers are judged by them."""
    if unit == DAYS and np.isfinite(one.gain):
        return format_value_and_range(one.gain, one.low, one.high, lang)
    return format_number(one.gain, lang, 1 if abs(one.gain) < 10 else 0, sign=True)


def _format_share_saved(one: Judgement, unit: str, lang: str) -> str:
    """Share of losses, or deaths, saved, per cent, with its interval if levers are judged by it."""
    if unit == PERCENT and np.isfinite(one.judged_share[0]):
        return format_value_and_range(*one.judged_share, lang)
    return format_per_cent(one.share, lang)


def choose_decimals(low: float, high: float) -> int:
    """Decimals of days or per cents with this interval: those that it justifies, never tens, and 1 where it is unknown.

    Two at most, and enough to tell its ends from 0.
    """
    if not np.isfinite(low) or not np.isfinite(high):
        return 1
    return max(0, min(2, decimals_for_error((high - low) / 2)), int(min(abs(low), abs(high)) < 1))


def format_value_and_range(value: float, low: float, high: float, lang: str) -> str:
    """A value with its interval, both with sign."""
    places = choose_decimals(low, high)
    interval = format_interval(low, high, lang, places, sign=True) if np.isfinite(low) else ""
    return f"{format_number(value, lang, places, sign=True)} {interval}".strip()


def format_per_cent(share: float, lang: str) -> str:
    """Per cent with sign, with one decimal below ten."""
    return format_number(share, lang, int(abs(share) < 10), sign=True)


def _format_persons(one: Judgement, lang: str) -> str:
    """How many fare better and worse by a person-day or more."""
    if not np.isfinite(one.better):
        return NO_VALUE
    return f"{format_number(one.better, lang)} / {format_number(one.worse, lang)}"


def format_target_effect(baseline: Arm, arm: Arm, opened: RunTables, lang: str) -> str:
    """The group a lever is meant for, and what of its losses the lever saves, %; – without such a group."""
    effect = measure_target_effect(baseline, arm, arm.content(opened).get("levers") or (),
                                   list_observation_seeds([baseline, arm]))
    if effect is None:
        return NO_VALUE
    return translate("{head}: {text}", lang, head=translate(TARGET_LABELS[effect.group], lang),
                     text=format_percent(effect.share / 100, lang, int(abs(effect.share) < 10), sign=True))


def format_seeds_needed(one: Judgement, lang: str) -> str:
    """Further seeds until the verdict is known; – where it is."""
    if one.verdict not in UNSETTLED:
        return NO_VALUE
    if one.more_seeds > 0:
        return format_number(one.more_seeds, lang)
    return translate("> 10,000", lang) if one.n > 1 else translate("2 or more", lang)
