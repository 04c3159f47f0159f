"""What an effect depends on: tables and figures of Sobol's indices and Morris's screening."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...analysis.sensitivity.indices import Screened, Sobol
from ...i18n.analysis_texts import phrase, setting_label
from ...i18n.figure_texts import say
from ...i18n.number import number, percent
from ..analysis_sheet import Sheet
from ..terminal.table import fixed
from .dots import Dots, Mark, dots_figure

LUCKY = 0.5
"""Share of variance from which luck, not a setting, is the finding."""


def sobol_sheet(found: Sobol, lever: str, lang: str) -> Sheet:
    """Shares of variance, seeds beside the settings. lever: name of the arm whose paired effect it is."""
    names = [setting_label(one.name, lang) for one in found.indices]
    luck = percent(found.spread.seed_share, lang)
    mostly = found.spread.seed_share > LUCKY
    title = phrase("sobol_lucky" if mostly else "sobol_title", lang, name=names[0], lever=lever, luck=luck)
    heads = [phrase(key, lang) for key in ("setting", "first", "total")]
    rows = [[name, _share(one.first, one.first_half, lang), _share(one.total, one.total_half, lang)]
            for name, one in zip(names, found.indices)]
    drawn = [(name, [Mark(one.first, one.first - one.first_half, one.first + one.first_half),
                     Mark(one.total, one.total - one.total_half, one.total + one.total_half, filled=False)],
              f"{percent(one.first, lang)} · {percent(one.total, lang)}") for name, one in zip(names, found.indices)]
    note = phrase("sobol_note", lang, settings=percent(1 - found.spread.seed_share, lang), luck=luck,
                  left=percent(found.spread.left, lang))
    picture = dots_figure(Dots("sobol", title, f"{note}\n{say('model_note', lang)}", phrase("sobol_axis", lang), drawn,
                               lang, kinds=[phrase("first", lang), phrase("total", lang)]))
    table: list[list[object]] = [[one.name, one.first, one.first_half, one.total, one.total_half]
                                 for one in found.indices]
    table += [[f"{a} x {b}", share, "", "", ""] for (a, b), share in found.pairs.items()]
    table += [[name, value, "", "", ""] for name, value in (
        ("variance: settings", found.spread.settings), ("variance: seeds, alike everywhere", found.spread.luck),
        ("variance: seeds and settings together", found.spread.joint))]
    return Sheet("sobol", f"{title}.\n\n{fixed(heads, rows)}\n{note}.",
                 ("setting", "first", "first_half", "total", "total_half"), table, picture)


def morris_sheet(found: Sequence[Screened], floor: float, lever: str, unit: str, lang: str) -> Sheet:
    """Mean effects of settings, and what luck alone would give."""
    clear = [one for one in found if one.low > floor and one.star > 0]
    key = "morris_title" if clear else "morris_none"
    title = phrase(key, lang, name=setting_label(found[0].name, lang), lever=lever, count=len(clear),
                   all=len(found))
    places = max(0, 1 - int(np.floor(np.log10(max(one.star for one in found) or 1.0))))
    heads = [phrase(name, lang) for name in ("setting", "star", "uneven")]
    rows = [[setting_label(one.name, lang), number(one.star, lang, places), number(one.uneven, lang, places)]
            for one in found]
    drawn = [(setting_label(one.name, lang), [Mark(one.star, one.low, one.high, filled=one.low > floor)],
              number(one.star, lang, places)) for one in found]
    note = phrase("morris_note", lang)
    picture = dots_figure(Dots("morris", title, f"{note}\n{say('model_note', lang)}",
                               f"{phrase('star', lang)}, {unit}", drawn, lang, lines=[floor] if floor else ()))
    table = [[one.name, one.star, one.low, one.high, one.mean, one.uneven, floor] for one in found]
    return Sheet("morris", f"{title}.\n\n{fixed(heads, rows)}\n{note}.",
                 ("setting", "star", "low", "high", "mean", "uneven", "floor"), table, picture)


def _share(value: float, half: float, lang: str) -> str:
    return f"{percent(value, lang)} ± {percent(half, lang)}"
