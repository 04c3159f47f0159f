"""The names of levers in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from ...analysis.effects.arms import Arm
from ...i18n.translation import translate

MAX_NAMED_LEVERS = 3
"""Largest number of levers named in one sentence."""


def join_lever_names(arms: Sequence[Arm], lang: str) -> str:
    """Quoted names in a row, the last after "and"; beyond MAX_NAMED_LEVERS, the others are counted."""
    names = [translate("“{text}”", lang, text=arm.label[lang]) for arm in arms]
    if len(names) > MAX_NAMED_LEVERS:
        names = [*names[:MAX_NAMED_LEVERS - 1], translate("{n} others", lang, n=len(names) - MAX_NAMED_LEVERS + 1)]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {translate('and', lang)} {names[-1]}"
