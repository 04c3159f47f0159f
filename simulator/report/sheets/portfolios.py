"""Sheets on portfolios: the contribution of each lever, the Pareto front, and returns to the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...analysis.portfolios.marginal_returns import MIN_SEEDS_TO_SPLIT, BudgetStep
from ...analysis.portfolios.pareto_front import OBJECTIVES, ConfirmedPortfolio, mark_pareto_front
from ...analysis.portfolios.shapley import ShapleyShare
from ...i18n.number_format import decimals_for_size, format_euros, format_number, format_percent, format_significant
from ...i18n.texts.analysis_texts import ANALYSIS_LABELS
from ...i18n.translation import translate
from ..figures.dot_plot import DotPlot, Mark, draw_dot_plot
from ..figures.scatter import draw_front_figure, draw_returns_figure
from ..figures.style import add_model_note
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet
from .lever_choice import ArmLabels, format_difference, format_outcome_unit

BEND_RATIO = 2.0
"""A bend is reported where an efficient step costs at least this many times more per unit than the one before."""
SHOWN = 12
"""Number of pairs of levers shown, the strongest ones."""
ZERO_TOLERANCE = 1e-12
"""Differences below this are rounding errors and shown as 0."""
FRONT_COLUMNS = ("levers", "cost", *OBJECTIVES,
                 *(f"fresh_{name}{end}" for name in OBJECTIVES for end in ("", "_low", "_high")), "stays", "on_front")


def build_shapley_sheet(shares: Mapping[str, ShapleyShare], labels: ArmLabels, outcome: str, seeds: int, lang: str,
                        orders: int = 0) -> AnalysisSheet:
    """Levers by their Shapley value of an outcome of which less is better: below 0 is a benefit.

    orders: number of sampled orders of levers, 0 if all were evaluated.
    """
    order = sorted(shares, key=lambda lever: shares[lever].value)
    total = sum(share.value for share in shares.values())
    first = shares[order[0]].value / total if total else float("nan")
    title = translate("{lever} brings most: {share} of what all bring together", lang,
                      lever=_get_label(order[0], labels, lang), share=format_percent(first, lang))
    note = translate("Shapley share: a lever's mean contribution over all orders; shares add up to the effect of all; "
                     "bar: 95%, {n} seeds", lang, n=seeds)
    if orders:
        note = translate("Estimated Shapley share: a lever's mean contribution over {orders} random orders; bar: 95% "
                         "for the drawing of orders, not for the model's luck; {n} seeds", lang, n=seeds, orders=orders)
    rows = [(_get_label(lever, labels, lang), shares[lever], lever) for lever in order]
    return _build_shares_sheet("shapley", title, note, rows, (outcome, lang))


def build_interaction_sheet(shares: Mapping[tuple[str, str], ShapleyShare], labels: ArmLabels, outcome: str,
                            seeds: int, lang: str) -> AnalysisSheet:
    """Pairs of levers by their interaction: what they change together beyond the sum of both."""
    order = sorted(shares, key=lambda pair: -abs(shares[pair].value))
    name = {pair: " + ".join(_get_label(lever, labels, lang) for lever in pair) for pair in order}
    sure = next((pair for pair in order if shares[pair].low > 0 or shares[pair].high < 0), None)
    title = translate("No pair of levers surely helps or hinders itself", lang)
    if sure:
        title = translate("{pair}: one changes what the other brings", lang, pair=name[sure])
    note = translate("What two levers change together beyond what each changes; below 0 they help one another; bar: "
                     "95%, {n} seeds", lang, n=seeds)
    rows = [(name[pair], shares[pair], "+".join(pair)) for pair in order[:SHOWN]]
    return _build_shares_sheet("pairs", title, note, rows, (outcome, lang))


def _build_shares_sheet(name: str, title: str, note: str, rows: Sequence[tuple[str, ShapleyShare, str]],
                        setting: tuple[str, str]) -> AnalysisSheet:
    """rows: (label, share, key). setting: outcome, language."""
    outcome, lang = setting
    drawn, lines, table = [], [], []
    for label, share, key in rows:
        value, low, high = (0.0 if abs(end) < ZERO_TOLERANCE else end for end in (share.value, share.low, share.high))
        text = _format_share(value, low, high, lang)
        drawn.append((label, [Mark(value, low, high, filled=low > 0 or high < 0)], text))
        lines.append([label, text])
        table.append([key, value, low, high])
    axis = f"{translate('Difference from no lever', lang)}, {format_outcome_unit(outcome, lang)}"
    sided = outcome.startswith("loss") and name == "shapley"
    sides = (translate("◂ less loss", lang), translate("more loss ▸", lang)) if sided else None
    picture = draw_dot_plot(DotPlot(name, title, add_model_note(note, lang), axis, drawn, lang, side_labels=sides))
    keys = ("pair", "together") if name == "pairs" else ("lever", "share")
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in keys]
    text = f"{title}.\n\n{format_fixed_width_table(heads, lines)}\n{note}."
    return AnalysisSheet(name, text, ("levers", "value", "low", "high"), table, picture)


def _format_share(value: float, low: float, high: float, lang: str) -> str:
    if np.isfinite([low, high]).all():
        return format_difference(value, low, high, lang)
    number = format_number(value, lang, decimals_for_size(value), sign=True)
    return f"{number} ({translate('too few seeds', lang)})"


def _get_label(lever: str, labels: ArmLabels, lang: str) -> str:
    return labels[lever][lang] if lever in labels else lever


def build_returns_sheet(steps: Sequence[BudgetStep], labels: ArmLabels, seeds: int, lang: str) -> AnalysisSheet:
    """The curve of diminishing returns: the best portfolio for each budget. steps: the first one costs nothing."""
    names = ["", *(labels[step.portfolio][lang] for step in steps[1:])]
    title = _format_returns_title(steps, lang)
    how = translate("chosen and valued on the same seeds, so somewhat flattered", lang)
    if seeds >= MIN_SEEDS_TO_SPLIT:
        how = translate("chosen on every other seed, valued on the rest", lang)
    note = translate("Best portfolio for each budget; {how}; filled: no mix would do better; bar: 95%", lang, how=how)
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in ("portfolio", "cost", "saved", "marginal")]
    rows = [[name, format_euros(step.cost, lang), _format_saved(step, lang), format_euros(step.marginal_price, lang)]
            for step, name in zip(steps[1:], names[1:])]
    table = [[step.portfolio, step.cost, step.saved, step.low, step.high, step.marginal_price, int(step.is_efficient)]
             for step in steps]
    columns = ("levers", "cost", "saved", "low", "high", "marginal", "efficient")
    if len(steps) < 2:
        return AnalysisSheet("returns", f"{title}.", columns, table)
    caption = (title, add_model_note(note, lang), lang)
    picture = draw_returns_figure(steps, names, translate("Person-days of loss avoided", lang), caption)
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    return AnalysisSheet("returns", text, columns, table, picture)


def _format_returns_title(steps: Sequence[BudgetStep], lang: str) -> str:
    """The cost from which more money buys much less, as far as that is known."""
    if len(steps) < 2:
        return translate("No portfolio avoids any loss", lang)
    if not any(step.low > 0 for step in steps[1:]):
        return translate("No portfolio surely avoids any loss at this number of seeds", lang)
    efficient = [step for step in steps if step.is_efficient]
    prices = [(step.cost - before.cost) / max(step.saved - before.saved, 1e-300)
              for before, step in zip(efficient, efficient[1:])]
    bend = next((step for step, price, after in zip(efficient[1:], prices, prices[1:]) if after > BEND_RATIO * price),
                None)
    if bend is None:
        return translate("What money buys, portfolio by portfolio", lang)
    return translate("Beyond {cost}, one more euro buys clearly less", lang, cost=format_euros(bend.cost, lang))


def _format_saved(step: BudgetStep, lang: str) -> str:
    if np.isfinite(step.low):
        return format_difference(step.saved, step.low, step.high, lang)
    return format_significant(step.saved, lang)


def build_front_sheet(points: Mapping[str, np.ndarray], confirmed: Mapping[str, ConfirmedPortfolio], labels: ArmLabels,
                      cost: Mapping[str, float], lang: str) -> AnalysisSheet:
    """Portfolios by three objectives against no lever, and the Pareto front as far as fresh seeds confirm it.

    points: portfolio to float64[3] in the order of OBJECTIVES. confirmed: portfolios played again with fresh seeds.
    cost: EUR a year.
    """
    names = list(points)
    values = np.array([confirmed[name].fresh if name in confirmed else points[name] for name in names])
    best = np.array([confirmed[name].stays_on_front if name in confirmed else not confirmed and on_front
                     for name, on_front in zip(names, mark_pareto_front(values))])
    title = translate("Portfolios that no other beats: {count} of {all}", lang, count=int(best.sum()), all=len(names))
    known = translate("front not confirmed: not enough seeds", lang)
    if confirmed:
        known = translate("front confirmed on other seeds", lang)
    note = translate("Changes against no lever; left and below: better; larger circle: larger gap between poor and "
                     "rich; filled: on the front; {confirmed}", lang, confirmed=known)
    heads = [translate(ANALYSIS_LABELS[key], lang) for key in ("portfolio", "cost", "loss", "equity", "worst", "stays")]
    places = [decimals_for_size(float(np.abs(values[:, k]).max()), 3) for k in range(3)]
    order = sorted((k for k in range(len(names)) if best[k] or names[k] in confirmed), key=lambda k: values[k, 0])
    rows = [[labels[names[k]][lang], format_euros(cost[names[k]], lang),
             *(format_number(values[k, j], lang, places[j], sign=True) for j in range(3)),
             _format_stays(confirmed.get(names[k]), lang)] for k in order]
    table = [[name or "none", cost[name], *points[name], *_list_fresh_cells(confirmed.get(name)), int(is_best)]
             for name, is_best in zip(names, best)]
    picture = draw_front_figure(values, best, [labels[name][lang] for name in names],
                                (title, add_model_note(note, lang), lang))
    text = f"{title}.\n\n{format_fixed_width_table(heads, rows)}\n{note}."
    return AnalysisSheet("front", text, FRONT_COLUMNS, table, picture)


def _format_stays(portfolio: ConfirmedPortfolio | None, lang: str) -> str:
    if portfolio is None:
        return "–"
    return translate("yes", lang) if portfolio.stays_on_front else translate("no", lang)


def _list_fresh_cells(portfolio: ConfirmedPortfolio | None) -> list[object]:
    """The columns fresh_… and stays of FRONT_COLUMNS, empty for a portfolio not played again."""
    if portfolio is None:
        return [""] * 10
    trios = zip(portfolio.fresh, portfolio.low, portfolio.high)
    return [*(float(value) for trio in trios for value in trio), int(portfolio.stays_on_front)]
