"""Sheets on robustness over scenarios: regret, conditions, groups left worse off; and the box where a lever fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...analysis.robustness.regret import RegretSummary, WorseOffCheck
from ...analysis.robustness.scenario_discovery import BoxLimit, ScenarioBox
from ...i18n.number_format import decimals_for_size, format_number, format_percent
from ...i18n.texts.analysis_texts import ANALYSIS_LABELS, format_group_key, format_setting_name
from ...i18n.translation import translate
from ..figures.dot_plot import DotPlot, Mark, draw_dot_plot
from ..figures.scatter import draw_box_figure
from ..figures.style import add_model_note
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet
from .lever_choice import ArmLabels

HEADS = ("levers", "mean_regret", "regret_90", "max_regret", "best_in", "conditions_met", "conditions_low",
         "conditions_high", "fairness", "worst_group", "worst_group_by", "scenarios_with_a_loser")
BOX_HEADS = ("setting", "low", "high", "values", "stable")
SHOWN = 12
"""Number of arms drawn, the best ones; the table has all."""
MIN_STABILITY = 0.5
"""A box is called fragile below this density, or if fewer random halves than this share find its best limit again."""


def build_regret_sheet(regrets: Mapping[str, RegretSummary], met: Mapping[str, tuple[float, float, float]],
                       worse_off: Mapping[str, WorseOffCheck], labels: ArmLabels,
                       setting: tuple[int, Sequence[str], str]) -> AnalysisSheet:
    """Arms by greatest regret. Those that clearly leave a group worse off come last, whatever their regret.

    met: arm to the share of scenarios that meet the conditions, with its interval. setting: number of scenarios,
    conditions as written, language.
    """
    count, conditions, lang = setting
    broken = {arm for arm, check in worse_off.items() if check.state == "broken"}
    order = sorted(regrets, key=lambda arm: (arm in broken, regrets[arm].max_regret, arm))
    places = decimals_for_size(max(regret.max_regret for regret in regrets.values()) or 1.0)
    best = regrets[order[0]].max_regret
    title = translate("{lever}: the best choice in every scenario", lang, lever=labels[order[0]][lang])
    if best > 0:
        title = translate("{lever}: at worst, {value} more than the best choice", lang, lever=labels[order[0]][lang],
                          value=format_number(best, lang, places))
    note = translate("Regret: loss beyond the best choice of the same scenario, {n} scenarios; round: exceeded in "
                     "one case in ten; square: the worst case", lang, n=count)
    if conditions:
        note += translate("; ", lang) + translate("conditions: {text}", lang, text=", ".join(conditions))
    rows, drawn = [], []
    for arm in order:
        regret, name = regrets[arm], labels[arm][lang]
        p90, most = format_number(regret.regret_p90, lang, places), format_number(regret.max_regret, lang, places)
        rows.append([name, p90, most, format_percent(regret.best_share, lang),
                     format_percent(met[arm][0], lang) if arm in met else "–", _format_check(worse_off.get(arm), lang)])
        drawn.append((name, [Mark(regret.regret_p90), Mark(regret.max_regret, filled=False)], f"{p90} · {most}"))
    marks = [translate("regret, 9 cases in 10", lang), translate("greatest regret", lang)]
    axis = translate("Regret, person-days per resident", lang)
    picture = draw_dot_plot(DotPlot("regret", title, add_model_note(note, lang), axis, drawn[:SHOWN], lang,
                                    mark_labels=marks))
    heads = [translate("portfolio", lang), *marks,
             *(translate(ANALYSIS_LABELS[key], lang) for key in ("best_in", "satisfied", "fair"))]
    table = [_list_cells(arm, regrets[arm], met.get(arm), worse_off.get(arm)) for arm in order]
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    return AnalysisSheet("regret", text, HEADS, table, picture)


def _format_check(check: WorseOffCheck | None, lang: str) -> str:
    """Whether anybody is left worse off, and which group most."""
    if check is None:
        return "–"
    state = translate(ANALYSIS_LABELS[check.state], lang)
    return state if check.state == "kept" else f"{state} ({format_group_key(check.group, lang)})"


def _list_cells(arm: str, regret: RegretSummary, met: tuple[float, float, float] | None,
                check: WorseOffCheck | None) -> list[object]:
    """A row of the table, in the order of HEADS."""
    nan = float("nan")
    checked = [check.state, check.group, check.worst_change, check.scenarios] if check else ["", "", nan, nan]
    return [arm or "none", regret.mean_regret, regret.regret_p90, regret.max_regret, regret.best_share,
            *(met or (nan, nan, nan)), *checked]


def build_box_sheet(box: ScenarioBox, settings: Mapping[str, np.ndarray], cases: np.ndarray, lever: str,
                    setting: tuple[bool, str, str]) -> AnalysisSheet:
    """The box of scenarios in which a lever fails.

    settings: name to its value in each scenario. cases: bool[scenarios]. setting: True if the lever fails conditions
    there, False if it brings least there; what the cases are; language.
    """
    missed, meaning, lang = setting
    what = translate("misses its conditions", lang) if missed else translate("brings least", lang)
    if not box.limits:
        text = translate("No simple set of settings tells when “{lever}” {what}", lang, lever=lever, what=what)
        return AnalysisSheet("box", f"{text}.", BOX_HEADS, [])
    where = f" {translate('and', lang)} ".join(format_box_limit(limit, lang) for limit in box.limits)
    title = translate("“{lever}” {what} when {where}", lang, lever=lever, what=what, where=where)
    if box.limits[0].stability < MIN_STABILITY or box.density < MIN_STABILITY:
        title = translate("{title} (fragile)", lang, title=title)
    line = translate("These scenarios ({mass} of all) hold {coverage} of the cases looked for (coverage); "
                     "{density} of them are such cases (density).", lang, mass=format_percent(box.mass, lang),
                     coverage=format_percent(box.coverage, lang), density=format_percent(box.density, lang))
    stable = ", ".join(f"{format_setting_name(limit.name, lang)} {format_percent(limit.stability, lang)}"
                       for limit in box.limits)
    note = translate("Filled: the case looked for ({cases} of {n}); hollow: the others; frame: the box found "
                     "(PRIM). Cases looked for: {what}", lang, cases=int(np.sum(cases)), n=len(cases), what=meaning)
    again = translate("Found again when searched for in random halves: {text}.", lang, text=stable)
    rows = [[limit.name, limit.low, limit.high, "+".join(limit.values), limit.stability] for limit in box.limits]
    rows += [[name, getattr(box, name), "", "", ""] for name in ("coverage", "density", "mass")]
    picture = draw_box_figure(box, settings, cases, (title, add_model_note(f"{line}\n{note}", lang), lang))
    return AnalysisSheet("box", f"{title}.\n{line} {again}", BOX_HEADS, rows, picture)


def format_box_limit(limit: BoxLimit, lang: str) -> str:
    """A limit of a box in words."""
    name = format_setting_name(limit.name, lang)
    if limit.values:
        return translate("{name} = {value}", lang, name=name, value=", ".join(limit.values))
    low, high = (format_number(end, lang, decimals_for_size(end)) if np.isfinite(end) else ""
                 for end in (limit.low, limit.high))
    if low and high:
        return translate("{name} from {low} to {high}", lang, name=name, low=low, high=high)
    if low:
        return translate("{name} ≥ {value}", lang, name=name, value=low)
    return translate("{name} ≤ {value}", lang, name=name, value=high)
