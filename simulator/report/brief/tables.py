"""The tables of a brief: effects and costs of levers, groups, recovery, calm years, scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm, seeds_of
from ...analysis.effects.paired import Paired, compare
from ...analysis.effects.table import price
from ...analysis.played import BASELINE
from ...analysis.run_view import RunView
from ...i18n.number import chance, decimals_for, decimals_of, euro_range, euros, interval, number, percent, significant
from ...i18n.summary_texts import sentence
from ..figures.equity import Gain, heading, label
from ..figures.recovery import curves, horizon
from ..terminal.summary import price_text, versus
from .case import Case

WEEK = 7
"""Days between two rows of the table of recovery."""
TENTH = 0.095
"""Share that would be rounded to 10 %."""
SHALLOW = 0.98
"""Functioning whose fall is told with two decimals of a per cent."""
WEEKS = 12
"""Rows of that table, after the first."""


@dataclass(frozen=True)
class Table:
    """What stands behind a figure. rows: cells as people read them, the first one a heading."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def total(case: Case, arm: Arm) -> Paired:
    """Days of normal life lost in the whole territory, with a lever against without."""
    assert case.baseline is not None
    return versus(case.baseline, arm, "loss_total", case.seeds)


def days(one: Paired, lang: str, of: str = "difference", sign: bool = True) -> str:
    """A number of days with the digits that its uncertainty deserves."""
    value = getattr(one, of)
    if not np.isfinite(one.high):
        return number(value, lang, 0, sign)
    return number(value, lang, places(one), sign)


def fine(share: float) -> int:
    """Decimals of a per cent: one below 10 %."""
    return 1 if abs(share) < TENTH else 0


def places(one: Paired) -> int:
    """Decimals of a number of days: one at most, tens or hundreds where no more is known.

    One digit more where rounding would swallow half of the change: beside its percentage it would read as an error.
    """
    if not np.isfinite(one.high):
        return 0
    fit = decimals_for((one.high - one.low) / 2)
    return min(1, fit + (10.0 ** -fit > abs(one.difference) / 2))


def _share(one: Paired, lang: str) -> str:
    return percent(one.relative, lang, fine(one.relative), True)


def effects_table(case: Case) -> Table:
    """One row per lever, best first: change, interval, chance, recovery, the poorest, the isolated, the unreached."""
    lang, base = case.lang, case.baseline
    assert base is not None
    names = ("lever", "days", "interval", "share", "chance", "poorest", "isolated", "never")
    rows = []
    for arm, one in case.found:
        change = total(case, arm)
        poor, cut, never = (versus(base, arm, name, case.seeds) for name in (
            "loss_poorest", "loss_isolated", "never_reached"))
        spread = interval(change.low, change.high, lang, places(change), True) or "–"
        rows.append([arm.label[lang], days(change, lang), spread, _share(one, lang), chance(one.helps_next, lang),
                     _share(poor, lang), _share(cut, lang), days(never, lang)])
    return Table(label("title_effects", lang), [label(name, lang) for name in names], rows)


def cost_table(case: Case) -> Table:
    """One row per lever: what it costs, with its range, who pays, and what a day gained costs."""
    lang, base = case.lang, case.baseline
    assert base is not None
    rows = []
    for arm, _ in case.found:
        middle, low, high = costs(case, arm)
        told = euros(middle, lang) if high > 0 else sentence("free", lang)
        rows.append([arm.label[lang], told, euro_range(low, high, lang) if high > 0 else "–",
                     ", ".join(payers(case, arm)) or "–", price_text(price(base, arm, case.seeds), lang)])
    names = ("lever", "cost", "range", "payer", "price")
    return Table(label("title_costs", lang), [label(name, lang) for name in names], rows)


def inside_table(case: Case) -> Table:
    """One row per portfolio whose name does not list its levers."""
    lang = case.lang
    return Table(label("title_inside", lang), [label(name, lang) for name in ("mix", "levers")],
                 [[arm.label[lang], arm.inside[lang]] for arm, _ in case.found if arm.inside])


def costs(case: Case, arm: Arm) -> tuple[float, float, float]:
    """Middle, low, high cost of an arm over its whole time, mean over seeds."""
    middle, low, high = (float(np.nanmean(arm.column(name, case.seeds))) for name in ("cost", "cost_low", "cost_high"))
    return middle, low, high


def payers(case: Case, arm: Arm) -> list[str]:
    """Who pays, once each, in the reader's language."""
    cards = arm.content(case.opened).get("levers") or ()
    names = dict.fromkeys(str((card.get("cost") or {}).get("payer") or "") for card in cards)
    return [_payer(name, case.lang) for name in names if name]


def _payer(name: str, lang: str) -> str:
    try:
        return label(name, lang)
    except KeyError:
        return name


def groups_table(case: Case, found: Sequence[Gain]) -> Table:
    """One row per group: people, losses without levers, change with the first lever, and how to read it."""
    lang = case.lang
    rows = []
    for one in found:
        c = one.change
        fit = decimals_for((c.high - c.low) / 2)
        rows.append([f"{heading(one.dimension, lang)} · {one.name}", significant(one.people, lang),
                     number(c.baseline, lang, fit), number(c.difference, lang, fit, True),
                     interval(c.low, c.high, lang, fit, True) or "–", _share(c, lang),
                     label(one.verdict, lang)])
    names = ("group", "people", "without", "change", "interval", "share", "verdict")
    return Table(label("title_groups", lang, lever=case.first.label[lang]), [label(name, lang) for name in names], rows)


def curve_table(case: Case) -> Table:
    """Functioning by week since the crisis began, mean and spread over seeds, of the arm without levers or the only
    one."""
    lang, arm = case.lang, case.baseline or case.arms[0]
    day, values = curves(arm)
    fit = 2 if values.min() > SHALLOW else 1
    rows, last = [], min(horizon(arm), day[-1])
    for wanted in range(0, WEEK * WEEKS + 1, WEEK):
        if wanted <= last:
            at = 100 * values[:, int(np.argmin(np.abs(day - wanted)))]
            rows.append([number(wanted, lang), *(number(v, lang, fit) for v in (at.mean(), at.min(), at.max()))])
    title = label("title_curve" if case.baseline else "title_curve_one", lang, arm=arm.label[lang])
    return Table(title, [label(name, lang) for name in ("day", "mean", "lowest", "highest")], rows)


CALM = ("members", "alone", "ties", "strong", "trust")


def _calm(view: RunView) -> dict[str, float]:
    s = view.series
    columns = ("members", "isolated", "ties", "strong", "trust_institutions")
    return {name: float(s[column][-1]) for name, column in zip(CALM, columns)}


def calm_table(case: Case) -> Table:
    """Everyday life at the end of the run: one row per measure; each lever's change beside it."""
    lang, base = case.lang, case.baseline or case.arms[0]
    rows = []
    for name in CALM:
        without = np.array([_calm(view)[name] for view in base.runs.values()])
        rows.append([label(name, lang), significant(float(without.mean()), lang),
                     *(calm_text(calm_paired(base, arm, name), lang) for arm, _ in case.found)])
    heads = [label("outcome", lang), base.label[lang], *(arm.label[lang] for arm, _ in case.found)]
    return Table(label("title_calm", lang), heads, rows)


def calm_paired(base: Arm, arm: Arm, name: str) -> Paired:
    """The change of one measure of everyday life."""
    seeds = seeds_of([base, arm])
    without, having = (np.array([one.told(lambda view: _calm(view)[name], seed) for seed in seeds])
                       for one in (base, arm))
    return compare(without, having, 0)


def calm_text(one: Paired, lang: str) -> str:
    """A change with its interval; without one where every draw gave the same."""
    if one.difference == 0 or one.high == one.low:
        return number(one.difference, lang, max(0, decimals_of(one.difference)) if one.difference % 1 else 0, True)
    fit = decimals_for((one.high - one.low) / 2)
    return f"{number(one.difference, lang, fit, True)} {interval(one.low, one.high, lang, fit, True)}".strip()


def points_table(case: Case, first: str) -> Table:
    """One row per scenario of a study: its settings, losses without levers, who leads, what the first lever brings."""
    lang, told = case.lang, case.played
    assert told is not None
    rows: list[list[str]] = []
    base = told.values("loss", BASELINE)
    for point in range(told.points):
        known = {arm: float(np.nanmean(told.change("loss", arm)[point])) for arm in told.others
                 if np.isfinite(told.change("loss", arm)[point]).any()}
        lead = min(known, key=lambda arm: known[arm]) if known else ""
        middle = float(np.nanmean(base[point]))
        share = known.get(first, float("nan")) / middle if middle else float("nan")
        rows.append([settings_text(told.settings, point, lang), significant(middle, lang),
                     told.arms[lead][lang] if lead and known[lead] < 0 else "–", percent(share, lang, 1, True)])
    heads = [label("scenario", lang), sentence("loss", lang).capitalize(), label("best", lang),
             label("helped", lang, lever=told.arms[first][lang])]
    return Table(label("title_points", lang), heads, rows)


def settings_text(settings: dict[str, Any], point: int, lang: str) -> str:
    """The settings of one scenario, by their names in the reader's language."""
    from ...i18n.analysis_texts import setting_label

    parts = []
    for name, values in settings.items():
        value = values[point]
        told = significant(float(value), lang) if isinstance(value, (float, np.floating, np.integer)) else str(value)
        parts.append(f"{setting_label(name, lang)}{' : ' if lang == 'fr' else ': '}{told}")
    return ", ".join(parts) or str(point + 1)
