"""Sheets on sensitivity: Sobol indices and Morris screening of a paired effect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...analysis.sensitivity.sensitivity_indices import MorrisEffect, SobolResult
from ...i18n.number_format import format_number, format_percent
from ...i18n.texts.analysis_texts import ANALYSIS_LABELS, format_setting_name
from ...i18n.translation import translate
from ..figures.dot_plot import DotPlot, Mark, draw_dot_plot
from ..figures.style import add_model_note
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

SEED_SHARE_LIMIT = 0.5
"""Above this share of variance, the finding is that seeds, and not a setting, decide."""


def build_sobol_sheet(result: SobolResult, lever: str, has_own_sets: bool, lang: str) -> AnalysisSheet:
    """Sobol indices of the settings, and the share of seeds in the variance. lever: name of the arm.

    has_own_sets: seeds play sets of numbers of their own, so that their share is luck and numbers.
    """
    indices, variance = result.indices, result.variance
    names = [format_setting_name(index.name, lang) for index in indices]
    title, luck = _format_sobol_title(result, names[0], lever, has_own_sets, lang)
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in ("setting", "first", "total")]
    rows = [[name, _format_index(index.first, index.first_half, lang),
             _format_index(index.total, index.total_half, lang)] for name, index in zip(names, indices)]
    drawn = [(name, [Mark(index.first, index.first - index.first_half, index.first + index.first_half),
                     Mark(index.total, index.total - index.total_half, index.total + index.total_half, filled=False)],
              f"{format_percent(index.first, lang)} · {format_percent(index.total, lang)}")
             for name, index in zip(names, indices)]
    note = translate("Share of the mean effect's variance; round: alone; square: with its interactions; bars: 95%. "
                     "Variance of the paired effect: {settings} settings, {luck} {seeds}; left of it in the means: "
                     "{left} at most", lang, settings=format_percent(1 - variance.seed_share, lang), luck=luck,
                     seeds=name_seed_part(has_own_sets, lang), left=format_percent(variance.noise_share, lang))
    axis = translate("Share of the effect's variance", lang)
    picture = draw_dot_plot(DotPlot("sobol", title, add_model_note(note, lang), axis, drawn, lang,
                                    mark_labels=heads[1:]))
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    columns = ("setting", "first", "first_half", "total", "total_half")
    return AnalysisSheet("sobol", text, columns, _list_sobol_rows(result), picture)


def name_seed_part(has_own_sets: bool, lang: str) -> str:
    """What seeds differ by: luck, or luck and their own sets of numbers."""
    if has_own_sets:
        return translate("seeds (luck, and the set of numbers of each seed)", lang)
    return translate("seeds (luck)", lang)


def _format_sobol_title(result: SobolResult, setting: str, lever: str, has_own_sets: bool,
                        lang: str) -> tuple[str, str]:
    """The finding, and the share of variance that is due to seeds."""
    share = result.variance.seed_share
    luck, seeds = format_percent(share, lang), name_seed_part(has_own_sets, lang)
    if share > SEED_SHARE_LIMIT:
        return translate("More of what “{lever}” changes is due to {seeds} than to settings: {luck} of the variance",
                         lang, lever=lever, luck=luck, seeds=seeds), luck
    return translate("{name} explains most of what “{lever}” changes; {seeds}: {luck}", lang, name=setting,
                     lever=lever, luck=luck, seeds=seeds), luck


def _list_sobol_rows(result: SobolResult) -> list[list[object]]:
    """First and total indices, second-order indices, then the parts of the variance."""
    rows: list[list[object]] = [[index.name, index.first, index.first_half, index.total, index.total_half]
                                for index in result.indices]
    rows += [[f"{a} x {b}", share, "", "", ""] for (a, b), share in result.second_order.items()]
    parts = {"variance: settings": result.variance.settings, "variance: seeds, alike everywhere": result.variance.seed,
             "variance: seeds and settings together": result.variance.interaction}
    return rows + [[name, value, "", "", ""] for name, value in parts.items()]


def build_morris_sheet(effects: Sequence[MorrisEffect], noise: tuple[float, bool], lever: str, unit: str,
                       lang: str) -> AnalysisSheet:
    """Elementary effects of the settings. unit: as shown.

    noise: the mean effect that seeds alone would give, and whether they play sets of numbers of their own.
    """
    noise_floor, seeds = noise[0], name_seed_part(noise[1], lang)
    clear = sum(effect.low > noise_floor and effect.mu_star > 0 for effect in effects)
    names = [format_setting_name(effect.name, lang) for effect in effects]
    title = translate("No setting moves what “{lever}” changes more than {seeds} do", lang, lever=lever, seeds=seeds)
    if clear:
        title = translate("{name} moves what “{lever}” changes most (settings that stand out from seeds: {count} "
                          "of {all})", lang, name=names[0], lever=lever, count=clear, all=len(effects))
    places = max(0, 1 - int(np.floor(np.log10(max(effect.mu_star for effect in effects) or 1.0))))
    means = [format_number(effect.mu_star, lang, places) for effect in effects]
    heads = [translate(ANALYSIS_LABELS[name], lang) for name in ("setting", "star", "uneven")]
    rows = [[name, mean, format_number(effect.sigma, lang, places)]
            for name, mean, effect in zip(names, means, effects)]
    drawn = [(name, [Mark(effect.mu_star, effect.low, effect.high, filled=effect.low > noise_floor)], mean)
             for name, mean, effect in zip(names, means, effects)]
    note = translate("Mean unsigned effect of a setting over its whole range (Morris); bar: 95%; dashes: what {seeds} "
                     "alone would give", lang, seeds=seeds)
    axis = f"{translate('mean effect', lang)}, {unit}"
    picture = draw_dot_plot(DotPlot("morris", title, add_model_note(note, lang), axis, drawn, lang,
                                    lines=[noise_floor] if noise_floor else ()))
    table = [[effect.name, effect.mu_star, effect.low, effect.high, effect.mean, effect.sigma, noise_floor]
             for effect in effects]
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    columns = ("setting", "star", "low", "high", "mean", "uneven", "floor")
    return AnalysisSheet("morris", text, columns, table, picture)


def _format_index(value: float, half: float, lang: str) -> str:
    return f"{format_percent(value, lang)} ± {format_percent(half, lang)}"
