"""Which arm holds when nobody knows the scenario: regret, conditions, nobody worse off; and where a lever fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...analysis.robustness.regret import Fairness, Robust
from ...analysis.robustness.scenario_discovery import Box, Limit
from ...i18n.analysis_texts import group_name, phrase, setting_label
from ...i18n.figure_texts import say
from ...i18n.number import decimals_of, number, percent
from ..analysis_sheet import Sheet
from ..terminal.table import fixed
from .dots import Dots, Mark, dots_figure
from .lever_choice import Labels
from .scatter import box_figure

HEADS = ("levers", "mean_regret", "regret_90", "max_regret", "best_in", "conditions_met", "conditions_low",
         "conditions_high", "fairness", "worst_group", "worst_group_by", "scenarios_with_a_loser")
SHOWN = 12
STEADY = 0.5
"""A box is called fragile below this density, or if fewer random halves than this share find its best limit again."""


def regret_sheet(found: Mapping[str, Robust], met: Mapping[str, tuple[float, float, float]],
                 fair: Mapping[str, Fairness], labels: Labels, told: tuple[int, Sequence[str], str]) -> Sheet:
    """told: scenarios, conditions as written, language. Arms by greatest regret; those that leave a group worse off
    beyond doubt come last, whatever their regret."""
    count, conditions, lang = told
    order = sorted(found, key=lambda arm: (_state(fair, arm) == "broken", found[arm].max_regret, arm))
    places = decimals_of(max(one.max_regret for one in found.values()) or 1.0)
    key = "regret_title" if found[order[0]].max_regret > 0 else "regret_always"
    title = phrase(key, lang, lever=labels[order[0]][lang],
                   value=f"{number(found[order[0]].max_regret, lang, places)}")
    heads = [phrase(key, lang) for key in ("portfolio", "regret_90", "max_regret", "best_in", "satisfied", "fair")]
    rows = [[labels[arm][lang], number(found[arm].regret_90, lang, places), number(found[arm].max_regret, lang, places),
             percent(found[arm].best_in, lang), percent(met[arm][0], lang) if arm in met else "–",
             _fair(fair.get(arm), lang)] for arm in order]
    note = phrase("regret_note", lang, n=count)
    if conditions:
        note += f"{';' if lang == 'en' else ' ;'} {phrase('conditions', lang, text=', '.join(conditions))}"
    drawn = [(labels[arm][lang], [Mark(found[arm].regret_90), Mark(found[arm].max_regret, filled=False)],
              f"{number(found[arm].regret_90, lang, places)} · {number(found[arm].max_regret, lang, places)}")
             for arm in order[:SHOWN]]
    picture = dots_figure(Dots("regret", title, f"{note}\n{say('model_note', lang)}", phrase("regret_axis", lang),
                               drawn, lang, kinds=[phrase("regret_90", lang), phrase("max_regret", lang)]))
    return Sheet("regret", f"{title}.\n\n{fixed(heads, rows)}\n{note}.", HEADS,
                 [_line(arm, found[arm], met.get(arm), fair.get(arm)) for arm in order], picture)


def _state(fair: Mapping[str, Fairness], arm: str) -> str:
    return fair[arm].state if arm in fair else "kept"


def _fair(one: Fairness | None, lang: str) -> str:
    if one is None:
        return "–"
    told = phrase(one.state, lang)
    return told if one.state == "kept" else f"{told} ({group_name(one.group, lang)})"


def _line(arm: str, one: Robust, met: tuple[float, float, float] | None, fair: Fairness | None) -> list[object]:
    unknown = (float("nan"),) * 3
    return [arm or "none", one.mean_regret, one.regret_90, one.max_regret, one.best_in, *(met or unknown),
            fair.state if fair else "", fair.group if fair else "", fair.by if fair else float("nan"),
            fair.scenarios if fair else float("nan")]


def box_sheet(box: Box, settings: Mapping[str, np.ndarray], cases: np.ndarray, lever: str, told: tuple[bool, str, str]
              ) -> Sheet:
    """told: are conditions missed (else: it brings least), what the cases are, language. Where a lever fails."""
    missed, meaning, lang = told
    what = phrase("box_fails" if missed else "box_least", lang)
    if not box.limits:
        text = phrase("box_none", lang, lever=lever, what=what)
        return Sheet("box", f"{text}.", ("setting", "low", "high", "values", "stable"), [])
    where = f" {phrase('and', lang)} ".join(limit_text(one, lang) for one in box.limits)
    title = phrase("box_title", lang, lever=lever, what=what, where=where)
    if box.limits[0].stable < STEADY or box.density < STEADY:
        title = phrase("box_weak", lang, title=title)
    line = phrase("box_line", lang, mass=percent(box.mass, lang), coverage=percent(box.coverage, lang),
                  density=percent(box.density, lang))
    stable = ", ".join(f"{setting_label(one.name, lang)} {percent(one.stable, lang)}" for one in box.limits)
    note = phrase("box_note", lang, cases=int(np.sum(cases)), n=len(cases), what=meaning)
    text = f"{title}.\n{line} {phrase('stable', lang, text=stable)}"
    rows = [[one.name, one.low, one.high, "+".join(one.values), one.stable] for one in box.limits]
    rows += [[name, getattr(box, name), "", "", ""] for name in ("coverage", "density", "mass")]
    return Sheet("box", text, ("setting", "low", "high", "values", "stable"), rows,
                 box_figure(box, settings, cases, (title, f"{line}\n{note}\n{say('model_note', lang)}", lang)))


def limit_text(one: Limit, lang: str) -> str:
    """A side of a box in words."""
    name = setting_label(one.name, lang)
    if one.values:
        return phrase("is", lang, name=name, value=", ".join(one.values))
    low, high = (number(end, lang, decimals_of(end)) if np.isfinite(end) else "" for end in (one.low, one.high))
    if low and high:
        return phrase("between", lang, name=name, low=low, high=high)
    return phrase("above", lang, name=name, value=low) if low else phrase("below", lang, name=name, value=high)
