"""What each lever brings, which portfolios none beats, and what money buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...analysis.portfolios.marginal_returns import ENOUGH_TO_SPLIT, Step
from ...analysis.portfolios.pareto_front import OBJECTIVES, Confirmed, on_front
from ...analysis.portfolios.shapley import Share
from ...i18n.analysis_texts import phrase
from ...i18n.figure_texts import say
from ...i18n.number import decimals_of, euros, number, percent, significant
from ..analysis_sheet import Sheet
from ..terminal.table import fixed
from .dots import Dots, Mark, dots_figure
from .lever_choice import Labels, told_with, unit_of
from .scatter import front_figure, returns_figure

DROP = 2.0
"""An efficient step that costs so many times more per unit than the one before is a bend worth saying."""
SHOWN = 12
NOTHING = 1e-12
"""What arithmetic leaves of a difference that is none."""


def shapley_sheet(found: Mapping[str, Share], labels: Labels, outcome: str, seeds: int, lang: str, orders: int = 0
                  ) -> Sheet:
    """Levers by what they bring; outcomes of which less is better: below 0 is a benefit. orders: those sampled."""
    order = sorted(found, key=lambda lever: found[lever].value)
    whole = sum(one.value for one in found.values())
    share = found[order[0]].value / whole if whole else float("nan")
    title = phrase("shapley_title", lang, lever=_name(order[0], labels, lang), share=percent(share, lang))
    note = phrase("shapley_sampled" if orders else "shapley_note", lang, n=seeds, orders=orders)
    return _shares("shapley", title, note, [(_name(lever, labels, lang), found[lever], lever) for lever in order],
                   (outcome, lang))


def pairs_sheet(found: Mapping[tuple[str, str], Share], labels: Labels, outcome: str, seeds: int, lang: str) -> Sheet:
    """Pairs of levers by what they change beyond their sum."""
    order = sorted(found, key=lambda pair: -abs(found[pair].value))
    sure = [pair for pair in order if found[pair].low > 0 or found[pair].high < 0]

    def told(pair: tuple[str, str]) -> str:
        return " + ".join(_name(lever, labels, lang) for lever in pair)

    title = phrase("pairs_sure", lang, pair=told(sure[0])) if sure else phrase("pairs_none", lang)
    note = phrase("pairs_note", lang, n=seeds)
    return _shares("pairs", title, note, [(told(pair), found[pair], "+".join(pair)) for pair in order[:SHOWN]],
                   (outcome, lang))


def _shares(name: str, title: str, note: str, rows: Sequence[tuple[str, Share, str]], told: tuple[str, str]) -> Sheet:
    outcome, lang = told
    drawn, lines, table = [], [], []
    for label, one, key in rows:
        one = Share(*(0.0 if abs(end) < NOTHING else end for end in (one.value, one.low, one.high)))
        known = bool(np.isfinite([one.low, one.high]).all())
        text = told_with(one.value, one.low, one.high, lang) if known else \
            f"{number(one.value, lang, decimals_of(one.value), sign=True)} ({phrase('too_few', lang)})"
        drawn.append((label, [Mark(one.value, one.low, one.high, filled=one.low > 0 or one.high < 0)], text))
        lines.append([label, text])
        table.append([key, one.value, one.low, one.high])
    axis = f"{phrase('change_axis', lang)}, {unit_of(outcome, lang)}"
    sided = outcome.startswith("loss") and name == "shapley"
    sides = (say("less_loss", lang), say("more_loss", lang)) if sided else None
    picture = dots_figure(Dots(name, title, f"{note}\n{say('model_note', lang)}", axis, drawn, lang, sides=sides))
    heads = [phrase(key, lang) for key in (("pair", "together") if name == "pairs" else ("lever", "share"))]
    text = f"{title}.\n\n{fixed(heads, lines)}\n{note}."
    return Sheet(name, text, ("levers", "value", "low", "high"), table, picture)


def _name(lever: str, labels: Labels, lang: str) -> str:
    return labels[lever][lang] if lever in labels else lever


def returns_sheet(steps: Sequence[Step], labels: Labels, seeds: int, lang: str) -> Sheet:
    """The diminishing-return curve: steps, and the bend if there is one."""
    names = ["", *(labels[step.portfolio][lang] for step in steps[1:])]
    efficient = [step for step in steps if step.efficient]
    bend = next((one for one, after in zip(efficient[1:], efficient[2:]) if _price(efficient, after) > DROP *
                 _price(efficient, one)), None)
    sure = any(step.low > 0 for step in steps[1:])
    title = phrase("returns_none" if len(steps) < 2 else "returns_unsure" if not sure else "returns_plain", lang) \
        if bend is None or not sure else phrase("returns_title", lang, cost=euros(bend.cost, lang))
    how = "returns_split" if seeds >= ENOUGH_TO_SPLIT else "returns_same"
    note = phrase("returns_note", lang, how=phrase(how, lang))
    heads = [phrase(key, lang) for key in ("portfolio", "cost", "saved", "marginal")]
    rows = [[name, euros(step.cost, lang), told_with(step.saved, step.low, step.high, lang)
             if np.isfinite(step.low) else significant(step.saved, lang), euros(step.marginal, lang)]
            for step, name in zip(steps[1:], names[1:])]
    table = [[step.portfolio, step.cost, step.saved, step.low, step.high, step.marginal, int(step.efficient)]
             for step in steps]
    picture = None
    if len(steps) > 1:
        foot = f"{note}\n{say('model_note', lang)}"
        picture = returns_figure(steps, names, phrase("saved_axis", lang), (title, foot, lang))
    return Sheet("returns", f"{title}.\n\n{fixed(heads, rows)}\n{note}." if len(steps) > 1 else f"{title}.",
                 ("levers", "cost", "saved", "low", "high", "marginal", "efficient"), table, picture)


def _price(efficient: Sequence[Step], step: Step) -> float:
    """EUR per unit along the efficient steps."""
    before = efficient[list(efficient).index(step) - 1]
    return (step.cost - before.cost) / max(step.saved - before.saved, 1e-300)


def front_sheet(points: Mapping[str, np.ndarray], confirmed: Mapping[str, Confirmed], labels: Labels,
                cost: Mapping[str, float], lang: str) -> Sheet:
    """Portfolios by three objectives against doing nothing; those of the front with what fresh seeds say of them."""
    names = list(points)
    told = np.array([confirmed[name].fresh if name in confirmed else points[name] for name in names])
    best = np.array([confirmed[name].stays if name in confirmed else not confirmed and on
                     for name, on in zip(names, on_front(told))])
    title = phrase("front_title", lang, count=int(best.sum()), all=len(names))
    note = phrase("front_note", lang, confirmed=phrase("front_sure" if confirmed else "front_open", lang))
    heads = [phrase(key, lang) for key in ("portfolio", "cost", "loss", "equity", "worst", "stays")]
    places = [decimals_of(float(np.abs(told[:, k]).max()), 3) for k in range(3)]
    order = sorted((k for k in range(len(names)) if best[k] or names[k] in confirmed), key=lambda k: told[k, 0])
    rows = [[labels[names[k]][lang], euros(cost[names[k]], lang),
             *(number(told[k, j], lang, places[j], sign=True) for j in range(3)),
             _stays(confirmed.get(names[k]), lang)] for k in order]
    table = [[name or "none", cost[name], *points[name], *_fresh(confirmed.get(name)), int(on)]
             for name, on in zip(names, best)]
    columns = ("levers", "cost", *OBJECTIVES, *(f"fresh_{name}{end}" for name in OBJECTIVES
                                                for end in ("", "_low", "_high")), "stays", "on_front")
    picture = front_figure(told, best, [labels[name][lang] for name in names],
                           (title, f"{note}\n{say('model_note', lang)}", lang))
    return Sheet("front", f"{title}.\n\n{fixed(heads, rows)}\n{note}.", columns, table, picture)


def _stays(one: Confirmed | None, lang: str) -> str:
    return "–" if one is None else phrase("yes" if one.stays else "no", lang)


def _fresh(one: Confirmed | None) -> list[object]:
    if one is None:
        return [""] * 10
    return [*(float(value) for trio in zip(one.fresh, one.low, one.high) for value in trio), int(one.stays)]
