"""Which levers to act on: the table and figure of choices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.robustness.choice import Choice
from ...i18n.analysis_texts import phrase
from ...i18n.figure_texts import say
from ...i18n.number import decimals_for, interval, number
from ..analysis_sheet import Sheet
from ..terminal.table import fixed
from .dots import Dots, Mark, dots_figure
from .style import Picture

Labels = Mapping[str, Mapping[str, str]]
"""Arm to its name by language."""
SHOWN = 12
"""Arms drawn, the best first; the table has all."""
UNITS = {"person-days per resident": "jours-personne par habitant", "person-days": "jours-personne", "days": "jours",
         "persons": "personnes", "deaths": "décès", "ratio": "rapport", "share": "part"}
HEADS = ("levers", "outcome", "unit", "pairs", "difference", "low", "high", "p", "verdict", "among_best", "behind_low",
         "behind_high", "shared_luck_gain", "gain_low", "gain_high", "smallest")


def unit_of(outcome: str, lang: str) -> str:
    """The unit of an outcome, in words of the language."""
    unit = OUTCOMES[outcome].unit
    return UNITS.get(unit, unit) if lang == "fr" else unit


def choices_sheet(found: Mapping[str, Choice], labels: Labels, outcome: str, smallest: float, lang: str) -> Sheet:
    """Arms in order of their effect, with verdicts, the best set, and what shared luck was worth."""
    better = OUTCOMES[outcome].better or -1
    order = sorted(found, key=lambda arm: (not np.isfinite(found[arm].difference), -better * found[arm].difference))
    title = choice_title({arm: found[arm] for arm in order}, labels, smallest, outcome, lang)
    heads = [phrase(key, lang) for key in ("lever", "change", "verdict", "best", "gain", "seeds")]
    rows = [[labels[arm][lang], _change(found[arm], lang), phrase(found[arm].verdict, lang),
             phrase("yes" if found[arm].among_best else "no", lang), _gain(found[arm], lang), str(found[arm].n)]
            for arm in order]
    text = f"{title}.\n\n{fixed(heads, rows)}\n{gain_line(found, lang)}"
    table = [[arm, outcome, OUTCOMES[outcome].unit, one.n, one.difference, one.low, one.high, one.p, one.verdict,
              int(one.among_best), *one.behind, one.gain.ratio, one.gain.low, one.gain.high, smallest]
             for arm, one in ((arm, found[arm]) for arm in order)]
    return Sheet("choice", text, HEADS, table, _figure(title, order, found, labels, (outcome, smallest, lang)))


def choice_title(found: Mapping[str, Choice], labels: Labels, smallest: float, outcome: str, lang: str) -> str:
    """The finding, as far as there is one."""
    if not any(np.isfinite(one.low) for one in found.values()):
        return phrase("choice_few", lang, n=max((one.n for one in found.values()), default=0))
    if all(one.verdict == "small" for one in found.values()):
        unit = unit_of(outcome, lang)
        return phrase("choice_small", lang, smallest=f"{number(smallest, lang, decimals_for(smallest))} {unit}")
    best = [arm for arm, one in found.items() if one.among_best]
    if len(best) == 1:
        return phrase("choice_best", lang, lever=labels[best[0]][lang])
    return phrase("choice_tied", lang, count=len(best), all=len(found))


def gain_line(found: Mapping[str, Choice], lang: str) -> str:
    """What common luck was worth, over all arms."""
    ratios = sorted(one.gain.ratio for one in found.values() if np.isfinite(one.gain.ratio))
    if not ratios:
        return ""
    told = {name: number(value, lang, 1) for name, value in
            (("ratio", float(np.median(ratios))), ("low", ratios[0]), ("high", ratios[-1]))}
    return phrase("gain_line", lang, **told)


def told_with(value: float, low: float, high: float, lang: str) -> str:
    """A difference with its interval; one more digit where rounding would leave nothing of the difference."""
    places = decimals_for((high - low) / 2.0)
    if value and round(value, places) == 0:
        places += 1
    return f"{number(value, lang, places, sign=True)} {interval(low, high, lang, places, sign=True)}"


def _change(one: Choice, lang: str) -> str:
    if not np.isfinite([one.low, one.high]).all():
        return f"{number(one.difference, lang, 4, sign=True)} ({phrase('too_few', lang)})"
    return told_with(one.difference, one.low, one.high, lang)


def _gain(one: Choice, lang: str) -> str:
    told = number(one.gain.ratio, lang, 1)
    return f"{told} {interval(one.gain.low, one.gain.high, lang, 1)}".strip()


def _figure(title: str, order: list[str], found: Mapping[str, Choice], labels: Labels, told: tuple[str, float, str]
            ) -> Picture:
    outcome, smallest, lang = told
    rows = []
    for arm in order[:SHOWN]:
        one = found[arm]
        form = "D" if one.among_best else "o"
        mark = Mark(one.difference, one.low, one.high, filled=one.verdict != "open", form=form)
        rows.append((labels[arm][lang], [mark], f"{_change(one, lang)}\n{phrase(one.verdict, lang)}"))
    worth = number(smallest, lang, decimals_for(smallest))
    note = phrase("choice_note", lang, n=max(one.n for one in found.values()), smallest=worth)
    sides = (say("less_loss", lang), say("more_loss", lang)) if outcome.startswith("loss") else None
    axis = f"{phrase('change_axis', lang)}, {unit_of(outcome, lang)}"
    return dots_figure(Dots("choice", title, f"{note}\n{say('model_note', lang)}", axis, rows, lang,
                            bands=[(-smallest, smallest)] if smallest else (), sides=sides))
