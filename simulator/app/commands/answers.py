"""The parts of an analysis: from what was played to sheets. Reads records only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.played import BASELINE, Played
from ...analysis.portfolios.marginal_returns import returns
from ...analysis.portfolios.pareto_front import confirm, objectives, on_front
from ...analysis.portfolios.shapley import attribute, interactions, missing_sets, pairs
from ...analysis.robustness.choice import Choice, choose
from ...analysis.robustness.regret import condition, fairness, robust, satisficing
from ...analysis.robustness.scenario_discovery import FEW, discover
from ...analysis.sensitivity.indices import morris, sobol
from ...analysis.sensitivity.unit_cube import places
from ...i18n.analysis_texts import phrase
from ...report.analysis_sheet import Sheet
from ...report.figures.lever_choice import choices_sheet, unit_of
from ...report.figures.portfolios import front_sheet, pairs_sheet, returns_sheet, shapley_sheet
from ...report.figures.robustness import box_sheet, regret_sheet
from ...report.figures.sensitivity import morris_sheet, sobol_sheet

if TYPE_CHECKING:
    from .analyse import Question

WEAKEST = 25.0
"""Percentile of the effect that bounds the scenarios in which a lever brings least."""
HALVES = 10
"""Seeds from which the front is found on one half and confirmed on the other."""


def chosen(asked: Question) -> dict[str, Choice]:
    """Every arm against the baseline, each seed averaged over the points of the design."""
    found = asked.played
    arms = {arm: found.values(asked.outcome, arm).mean(0) for arm in found.others}
    return choose(found.values(asked.outcome, BASELINE).mean(0), arms, OUTCOMES[asked.outcome].better or -1,
                  asked.smallest)


def levers(asked: Question) -> Iterator[Sheet | str]:
    """Which levers to act on."""
    yield choices_sheet(chosen(asked), asked.played.arms, asked.outcome, asked.smallest, asked.lang)


def best(asked: Question) -> str:
    """The arm asked for, or the one with the best mean."""
    if asked.lever:
        return asked.lever
    better = OUTCOMES[asked.outcome].better or -1
    mean = {arm: float(np.nanmean(asked.played.change(asked.outcome, arm))) for arm in asked.played.others}
    return max(mean, key=lambda arm: better * mean[arm])


def sensitivity(asked: Question) -> Iterator[Sheet | str]:
    """What the paired effect of the lever depends on: Morris or Sobol, whichever the study was laid for."""
    found = asked.played
    kind = (found.card.get("design") or {}).get("kind", "")
    if kind not in ("morris", "sobol"):
        yield phrase("no_sensitivity", asked.lang)
        return
    arm = best(asked)
    effect = found.change(asked.outcome, arm)[:, found.complete([BASELINE, arm])]
    if not effect.shape[1]:
        raise ValueError("no seed was played at every point of the design: start the study again to play the rest")
    name, names = found.arms[arm][asked.lang], list(found.settings)
    if kind == "sobol":
        yield sobol_sheet(sobol(names, effect), name, asked.lang)
        return
    levels = int(found.card["design"].get("levels", 4))
    screened, floor = morris(names, places(found.settings, found.card["axes"]), effect, levels)
    yield morris_sheet(screened, floor, name, unit_of(asked.outcome, asked.lang), asked.lang)


def scenarios(asked: Question) -> Iterator[Sheet | str]:
    """Regret, conditions, nobody worse off; and where the lever fails."""
    found, lang = asked.played, asked.lang
    if found.points < 2:
        yield phrase("no_robust", lang)
        return
    seeds = _shared(found)
    mean = {arm: found.values(asked.outcome, arm)[:, seeds].mean(1) for arm in found.arms}
    met = {arm: _met(asked, arm, seeds) for arm in found.others} if asked.conditions else {}
    fair = {arm: fairness({name: v[:, seeds] for name, v in found.groups(arm).items()},
                          OUTCOMES["loss_poorest"].smallest) for arm in found.others}
    yield regret_sheet(robust(mean, OUTCOMES[asked.outcome].better or -1),
                       {arm: satisficing(one) for arm, one in met.items()}, fair, found.arms,
                       (found.points, asked.conditions, lang))
    if found.points < FEW or not found.settings:
        yield phrase("no_box", lang)
        return
    arm = best(asked)
    cases = np.logical_not(met[arm].all(axis=0)) if met else _least(asked, mean[arm] - mean[BASELINE])
    if cases.all() or not cases.any():
        key = "box_unmet" if cases.all() else "box_met"
        yield phrase(key, lang, lever=found.arms[arm][lang], text=", ".join(asked.conditions)) + "."
        return
    meaning = phrase("conditions", lang, text=", ".join(asked.conditions)) if met else phrase("least_what", lang)
    yield box_sheet(discover(found.settings, cases), found.settings, cases, found.arms[arm][lang],
                    (bool(met), meaning, lang))


def _shared(found: Played) -> list[int]:
    seeds = found.complete(list(found.arms))
    if not seeds:
        raise ValueError("no seed was played by every arm at every point: start the study again to play the rest")
    return seeds


def _met(asked: Question, arm: str, seeds: list[int]) -> np.ndarray:
    """bool[conditions, points]"""
    found, out = asked.played, []
    for text in asked.conditions:
        one = condition(text, list(OUTCOMES))
        with_, without = (found.values(one.outcome, name)[:, seeds].mean(1) for name in (arm, BASELINE))
        out.append(one.met(with_, without))
    return np.array(out)


def _least(asked: Question, effect: np.ndarray) -> np.ndarray:
    gain = (OUTCOMES[asked.outcome].better or -1) * effect
    return gain <= np.percentile(gain, WEAKEST)


def portfolios(asked: Question) -> Iterator[Sheet | str]:
    """Attribution, interactions, what money buys, the front."""
    found, lang, seeds = asked.played, asked.lang, _shared(asked.played)
    sets = {levers: values[seeds] for levers, values in found.sets(asked.outcome).items()}
    if len(frozenset().union(*sets)) > 1 and not missing_sets(sets):
        yield shapley_sheet(attribute(sets), found.arms, asked.outcome, len(seeds), lang)
        yield pairs_sheet(interactions(sets), found.arms, asked.outcome, len(seeds), lang)
    else:
        yield phrase("no_shapley", lang)
        if two := pairs(sets):
            yield pairs_sheet(two, found.arms, asked.outcome, len(seeds), lang)
    cost = {arm: float(np.nanmean(found.values("cost", arm))) for arm in found.arms}
    saved = {arm: -found.change("loss_total", arm)[:, seeds].mean(0) for arm in found.others}
    yield returns_sheet(returns({arm: cost[arm] for arm in saved}, saved), found.arms, len(seeds), lang)
    yield _front(found, cost, seeds, lang)


def _front(found: Played, cost: dict[str, float], seeds: list[int], lang: str) -> Sheet:
    """Found on every other seed and confirmed on the rest, where there are enough."""
    every = {arm: objectives(found.values("loss", arm)[:, seeds].T, found.values("fifth_gap", arm)[:, seeds].T)
             for arm in found.arms}
    split = len(seeds) >= HALVES
    every = {arm: v - every[BASELINE] for arm, v in every.items()}
    points = {arm: (v[0::2] if split else v).mean(0) for arm, v in every.items()}
    first = [arm for arm, on in zip(points, on_front(np.array(list(points.values())))) if on]
    confirmed = confirm({arm: points[arm] for arm in first}, {arm: every[arm][1::2] for arm in first}) if split else {}
    return front_sheet(points, confirmed, found.arms, cost, lang)
