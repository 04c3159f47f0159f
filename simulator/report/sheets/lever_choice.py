"""The sheet that helps to choose a lever: effects, verdicts, and which levers may be the best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...analysis.effects.arm_evaluation import ArmEvaluation
from ...analysis.effects.outcomes import OUTCOMES
from ...i18n.number_format import decimals_for_error, format_interval, format_number
from ...i18n.texts.analysis_texts import ANALYSIS_LABELS
from ...i18n.translation import mark, translate
from ..figures.dot_plot import DotPlot, Mark, draw_dot_plot
from ..figures.style import Picture, add_model_note
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

ArmLabels = Mapping[str, Mapping[str, str]]
"""Arm to its name by language."""
SHOWN = 12
"""Number of arms drawn, the best ones; the table has all."""
OUTCOME_UNITS = (mark("person-days per resident"), mark("person-days"), mark("days"), mark("persons"), mark("deaths"),
                 mark("ratio"), mark("share"))
"""Units that are words."""
HEADS = ("levers", "outcome", "unit", "pairs", "difference", "low", "high", "p", "verdict", "among_best", "behind_low",
         "behind_high", "shared_luck_gain", "gain_low", "gain_high", "smallest")


def format_outcome_unit(outcome: str, lang: str) -> str:
    """The unit of an outcome, in words of the language."""
    unit = OUTCOMES[outcome].unit
    return translate(unit, lang) if unit in OUTCOME_UNITS else unit


def build_choice_sheet(evaluations: Mapping[str, ArmEvaluation], labels: ArmLabels, outcome: str, smallest: float,
                       lang: str) -> AnalysisSheet:
    """Arms in order of their effect, with verdicts, the set of possible best, and the gain by common random numbers.

    smallest: the smallest effect that matters, in the unit of the outcome.
    """
    better, unit = OUTCOMES[outcome].direction or -1, OUTCOMES[outcome].unit
    ordered = dict(sorted(evaluations.items(), key=lambda item: (not np.isfinite(item[1].difference),
                                                                 -better * item[1].difference)))
    title = format_choice_title(ordered, labels, smallest, outcome, lang)
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in ("lever", "change", "verdict", "best", "gain", "seeds")]
    rows = [[labels[arm][lang], _format_effect(one, lang), translate(ANALYSIS_LABELS[one.verdict], lang),
             translate("yes", lang) if one.among_best else translate("no", lang), _format_gain(one, lang), str(one.n)]
            for arm, one in ordered.items()]
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{format_variance_reduction(ordered, lang)}"
    table = [[arm, outcome, unit, one.n, one.difference, one.low, one.high, one.p, one.verdict, int(one.among_best),
              *one.gap_to_best, one.variance_reduction.ratio, one.variance_reduction.low, one.variance_reduction.high,
              smallest] for arm, one in ordered.items()]
    return AnalysisSheet("choice", text, HEADS, table, _draw_choice(title, ordered, labels, (outcome, smallest, lang)))


def format_choice_title(evaluations: Mapping[str, ArmEvaluation], labels: ArmLabels, smallest: float, outcome: str,
                        lang: str) -> str:
    """The finding, as far as there is one."""
    if not any(np.isfinite(one.low) for one in evaluations.values()):
        return translate("Too few seeds to tell levers apart: {n}", lang,
                         n=max((one.n for one in evaluations.values()), default=0))
    if all(one.verdict == "small" for one in evaluations.values()):
        size = format_number(smallest, lang, decimals_for_error(smallest))
        return translate("No lever changes enough to act on: less than {smallest}", lang,
                         smallest=f"{size} {format_outcome_unit(outcome, lang)}")
    best = [arm for arm, one in evaluations.items() if one.among_best]
    if len(best) == 1:
        return translate("{lever}: the only one that no other surely beats", lang, lever=labels[best[0]][lang])
    return translate("{count} of {all} levers cannot be told apart from the best", lang, count=len(best),
                     all=len(evaluations))


def format_variance_reduction(evaluations: Mapping[str, ArmEvaluation], lang: str) -> str:
    """By how much common random numbers reduce variance: median and range over all arms; "" where unknown."""
    found = [one.variance_reduction.ratio for one in evaluations.values()]
    ratios = sorted(ratio for ratio in found if np.isfinite(ratio))
    if not ratios:
        return ""
    median, low, high = (format_number(ratio, lang, 1) for ratio in (float(np.median(ratios)), ratios[0], ratios[-1]))
    return translate("Shared luck: variance without pairing over variance with it, median {ratio} ({low} to {high} "
                     "by lever); one pair is worth {ratio} independent ones.", lang, ratio=median, low=low, high=high)


def format_difference(value: float, low: float, high: float, lang: str) -> str:
    """A difference with its interval; one more digit where the difference would be rounded to 0."""
    places = decimals_for_error((high - low) / 2.0)
    if value and round(value, places) == 0:
        places += 1
    return f"{format_number(value, lang, places, sign=True)} {format_interval(low, high, lang, places, sign=True)}"


def _format_effect(one: ArmEvaluation, lang: str) -> str:
    if not np.isfinite([one.low, one.high]).all():
        return f"{format_number(one.difference, lang, 4, sign=True)} ({translate('too few seeds', lang)})"
    return format_difference(one.difference, one.low, one.high, lang)


def _format_gain(one: ArmEvaluation, lang: str) -> str:
    ratio = format_number(one.variance_reduction.ratio, lang, 1)
    return f"{ratio} {format_interval(one.variance_reduction.low, one.variance_reduction.high, lang, 1)}".strip()


def _draw_choice(title: str, ordered: Mapping[str, ArmEvaluation], labels: ArmLabels,
                 setting: tuple[str, float, str]) -> Picture:
    """Effects of the first arms. setting: outcome, smallest effect that matters, language."""
    outcome, smallest, lang = setting
    rows = []
    for arm, one in list(ordered.items())[:SHOWN]:
        form = "D" if one.among_best else "o"
        dot = Mark(one.difference, one.low, one.high, filled=one.verdict != "open", form=form)
        text = f"{_format_effect(one, lang)}\n{translate(ANALYSIS_LABELS[one.verdict], lang)}"
        rows.append((labels[arm][lang], [dot], text))
    note = translate("Dot: mean of {n} paired seeds; bar: 95% interval for all levers at once; grey band: too small to "
                     "act on (± {smallest}); diamond: cannot be told apart from the best", lang,
                     n=max(one.n for one in ordered.values()),
                     smallest=format_number(smallest, lang, decimals_for_error(smallest)))
    sides = (translate("◂ less loss", lang), translate("more loss ▸", lang))
    axis = f"{translate('Difference from no lever', lang)}, {format_outcome_unit(outcome, lang)}"
    return draw_dot_plot(DotPlot("choice", title, add_model_note(note, lang), axis, rows, lang,
                                 bands=[(-smallest, smallest)] if smallest else (),
                                 side_labels=sides if outcome.startswith("loss") else None))
