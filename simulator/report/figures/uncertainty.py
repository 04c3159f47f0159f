"""What an ensemble says: each outcome's range, and how its variance splits between numbers, luck and behaviour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import Arm, arms, label, parameter_sets
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.sensitivity.variance import Split, split
from ...i18n.figure_texts import LANGUAGES
from ...i18n.number import NOTHING, decimals_for, number, percent
from ...i18n.typography import held
from ...records.folder import Opened
from ..analysis_sheet import Sheet
from ..terminal.run_summary import run_text
from ..terminal.summary import place
from ..terminal.table import fixed

TABLE = "ensemble"
INNER = (5.0, 95.0)
"""Percentiles between which nine observations in ten lie."""
ALONE = ("loss", "t95", "never_reached", "deaths_expected")
"""Outcomes told of runs that are not compared."""
CALM = ("members", "isolated")
"""What is told of runs without a crisis: how many residents, at the end."""
PARTS = ("numbers", "luck", "behaviour")
HEADS = ("portfolio", "outcome", "unit", "kind", "observations", "parameter_sets", "variants", "mean", "low", "high",
         *(f"variance_{part}" for part in PARTS), *(f"share_{part}" for part in PARTS))

WORDS = {
    "heads": (("", "moyenne", "neuf sur dix", "nombres", "hasard", "comportement"),
              ("", "mean", "nine in ten", "numbers", "luck", "behaviour")),
    "lead": ("Ensemble : {seeds} graines, {sets} jeux de nombres calés ; variantes de comportement : "
             "{variants}. Part de la variance due à chacun :",
             "Ensemble: {seeds} seeds, {sets} calibrated parameter sets; behaviour variants: {variants}. Share of the "
             "variance due to each:"),
    "once": ("Chaque jeu de nombres n'a été joué qu'avec une graine : nombres et hasard ne se distinguent pas (colonne "
             "« nombres ») ; jouez deux graines par jeu.",
             "Each parameter set was played with one seed: numbers and luck cannot be told apart (column “numbers”); "
             "play two seeds per set."),
    "loss": ("pertes par habitant (jours-personne)", "loss per resident (person-days)"),
    "t95": ("reprise à 95 % (jours)", "recovery to 95% (days)"),
    "never_reached": ("en besoin, non rejoints", "in need, not reached"),
    "deaths_expected": ("surmortalité attendue", "expected excess deaths"),
    "members": ("membres d'un lieu-projet à la fin", "members of a site at the end"),
    "isolated": ("isolés à la fin", "isolated at the end"),
    "none": ("Sans levier : pertes", "No lever: loss"),
    "effect": ("{lever} : écart de pertes", "{lever}: change in loss"),
}


def _word(key: str, lang: str, **facts: object) -> str:
    return str(WORDS[key][LANGUAGES.index(lang)]).format(**facts)


def ensemble_sheet(opened: Opened, lang: str) -> Sheet | None:
    """How sure an ensemble leaves each outcome: what a lever changes where there is a baseline, else the outcomes
    themselves. None where the runs are no ensemble."""
    sets = parameter_sets(opened)
    if not sets:
        return None
    shown, rows, seeds = [], [], sorted(sets)
    members, variants = [sets[seed][0] for seed in seeds], [sets[seed][1] for seed in seeds]
    for name, arm, outcome, kind, values in _observed(arms(opened), seeds, lang):
        found = split(values, members, variants)
        low, high = np.nanpercentile(values, INNER) if np.isfinite(values).any() else (np.nan, np.nan)
        shown.append([name, *_told(float(np.nanmean(values)), float(low), float(high), lang),
                      *(_share(found, part, lang) for part in PARTS)])
        unit = OUTCOMES[outcome].unit if outcome in OUTCOMES else "persons"
        rows.append([arm.portfolio, outcome, unit, kind, int(np.isfinite(values).sum()), len(set(members)),
                     len(set(variants)), float(np.nanmean(values)), float(low), float(high),
                     *(getattr(found, part) for part in PARTS), *(found.share(part) for part in PARTS)])
    lead = _word("lead", lang, seeds=len(seeds), sets=len(set(members)), variants=len(set(variants)))
    text = [fill(held(lead), 110), "",
            fixed(WORDS["heads"][LANGUAGES.index(lang)], shown).rstrip("\n")]
    if len(set(members)) == len(seeds):
        text += ["", fill(_word("once", lang), 110)]
    return Sheet(TABLE, "\n".join(text) + "\n", HEADS, rows)


def effect_split(baseline: Arm, arm: Arm, sets: Mapping[int, tuple[str, str]]) -> Split:
    """How the variance of what an arm changes in loss splits. sets: seed to its parameter set and variant."""
    seeds = sorted(sets)
    change = _alone(arm, "loss", seeds) - _alone(baseline, "loss", seeds)
    return split(change, [sets[seed][0] for seed in seeds], [sets[seed][1] for seed in seeds])


def ensemble_text(opened: Opened, sheet: Sheet | None, lang: str) -> str:
    """What the terminal shows of an ensemble that is not compared with anything. sheet: as ensemble_sheet gives it."""
    content = next(iter(opened.content.values()))
    head = " · ".join([*place(content, lang).values(), label(content)[lang]])
    return f"{head}\n\n{sheet.text}" if sheet else run_text(opened, lang)


def _observed(known: list[Arm], seeds: list[int], lang: str) -> Iterator[tuple[str, Arm, str, str, np.ndarray]]:
    """(label, arm, outcome, value or change, float64[seeds]) of all that is told."""
    first = known[0]
    if int(next(iter(first.runs.values())).run["onset"]) < 0:
        for column in CALM:
            yield _word(column, lang), first, column, "value", np.array(
                [float(first.runs[seed].series[column][-1]) if seed in first.runs else np.nan for seed in seeds])
        return
    if first.levers or len(known) == 1:
        for outcome in ALONE:
            yield _word(outcome, lang), first, outcome, "value", _alone(first, outcome, seeds)
        return
    without = _alone(first, "loss", seeds)
    yield _word("none", lang), first, "loss", "value", without
    for arm in known[1:]:
        yield _word("effect", lang, lever=arm.label[lang]), arm, "loss", "change", _alone(arm, "loss", seeds) - without


def _alone(arm: Arm, outcome: str, seeds: list[int]) -> np.ndarray:
    return np.array([arm.alone(outcome, seed) for seed in seeds])


def _told(mean: float, low: float, high: float, lang: str) -> list[str]:
    if not isfinite(mean):
        return [NOTHING, NOTHING]
    places = decimals_for((high - low) / 2)
    joint = " à " if lang == "fr" else " to "
    return [number(mean, lang, places), joint.join(number(value, lang, places) for value in (low, high))]


def _share(found: Split, part: str, lang: str) -> str:
    share = found.share(part)
    return percent(share, lang) if isfinite(share) else NOTHING
