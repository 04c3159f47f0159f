"""Builds the sheets of `resilience analyse` from the outcomes of stored runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ....analysis.effects.arm_evaluation import ArmEvaluation, evaluate_arms
from ....analysis.effects.outcomes import OUTCOMES
from ....analysis.portfolios.marginal_returns import build_returns_curve
from ....analysis.portfolios.pareto_front import compute_objectives, confirm_front, mark_pareto_front
from ....analysis.portfolios.shapley import (
    compute_pair_interactions,
    compute_shapley_interactions,
    compute_shapley_values,
    list_missing_coalitions,
)
from ....analysis.robustness.regret import check_worse_off, compute_satisficing_share, parse_condition, summarise_regret
from ....analysis.robustness.scenario_discovery import MIN_SCENARIOS, discover_box
from ....analysis.sensitivity.sensitivity_indices import compute_morris_effects, compute_sobol_indices
from ....analysis.sensitivity.unit_cube import map_to_unit_cube
from ....analysis.study_outcomes import NO_LEVERS_ARM, StudyOutcomes
from ....i18n.texts.analysis_texts import ANALYSIS_LABELS
from ....i18n.translation import translate
from ....report.sheets.analysis_sheet import AnalysisSheet
from ....report.sheets.lever_choice import build_choice_sheet, format_outcome_unit
from ....report.sheets.portfolios import (
    build_front_sheet,
    build_interaction_sheet,
    build_returns_sheet,
    build_shapley_sheet,
)
from ....report.sheets.robustness import build_box_sheet, build_regret_sheet
from ....report.sheets.sensitivity import build_morris_sheet, build_sobol_sheet

if TYPE_CHECKING:
    from .analysis_request import AnalysisRequest

WEAKEST_PERCENTILE = 25.0
"""Percentile of the gain below which a scenario counts among those in which a lever brings least."""
MIN_SEEDS_FOR_SPLIT_FRONT = 10
"""Seeds from which the front is found on one half and confirmed on the other."""


def assess_arms(request: AnalysisRequest) -> dict[str, ArmEvaluation]:
    """Every arm compared with the baseline, each seed averaged over the points of the design."""
    data, outcome = request.outcomes, request.outcome
    arms = {arm: data.values(outcome, arm).mean(0) for arm in data.lever_arms}
    baseline = data.values(outcome, NO_LEVERS_ARM).mean(0)
    found = evaluate_arms(baseline, arms, OUTCOMES[outcome].direction or -1, request.smallest)
    return {arm: replace(one, verdict=request.choose_verdict(arm, one.verdict)) for arm, one in found.items()}


def build_lever_sheets(request: AnalysisRequest) -> Iterator[AnalysisSheet | str]:
    """The sheet that says which levers to act on."""
    yield build_choice_sheet(assess_arms(request), request.outcomes.arms, request.outcome, request.smallest,
                             request.lang)


def select_best_arm(request: AnalysisRequest) -> str:
    """The arm asked for, or the one with the best mean effect."""
    if request.lever:
        return request.lever
    data, direction = request.outcomes, OUTCOMES[request.outcome].direction or -1
    mean = {arm: float(np.nanmean(data.change(request.outcome, arm))) for arm in data.lever_arms}
    return max(mean, key=lambda arm: direction * mean[arm])


def build_sensitivity_sheets(request: AnalysisRequest) -> Iterator[AnalysisSheet | str]:
    """What the paired effect of the best lever depends on, by Morris or Sobol, whichever the design allows."""
    data = request.outcomes
    kind = (data.card.get("design") or {}).get("kind", "")
    if kind not in ("morris", "sobol"):
        yield translate("Sensitivity: needs a study whose design.kind is morris or sobol.", request.lang)
        return
    arm = select_best_arm(request)
    effect = data.change(request.outcome, arm)[:, data.list_complete_seeds([NO_LEVERS_ARM, arm])]
    if not effect.shape[1]:
        raise ValueError("no seed was played at every point of the design: start the study again to play the rest")
    name, names = data.arms[arm][request.lang], list(data.settings)
    if kind == "sobol":
        yield build_sobol_sheet(compute_sobol_indices(names, effect), name, data.has_own_sets, request.lang)
        return
    points = map_to_unit_cube(data.settings, data.card["axes"])
    screened, noise = compute_morris_effects(names, points, effect, int(data.card["design"].get("levels", 4)))
    unit = format_outcome_unit(request.outcome, request.lang)
    yield build_morris_sheet(screened, (noise, data.has_own_sets), name, unit, request.lang)


def build_scenario_sheets(request: AnalysisRequest) -> Iterator[AnalysisSheet | str]:
    """Regret, scenarios that meet the conditions, groups left worse off; and the scenarios where a lever fails."""
    data, lang = request.outcomes, request.lang
    if data.points < 2:
        yield translate("Deep uncertainty: needs several scenarios.", lang)
        return
    seeds = _list_shared_seeds(data)
    mean = {arm: data.values(request.outcome, arm)[:, seeds].mean(1) for arm in data.arms}
    met = {arm: _evaluate_conditions(request, arm, seeds) for arm in data.lever_arms} if request.conditions else {}
    worse_off = {arm: check_worse_off({name: v[:, seeds] for name, v in data.group_changes(arm).items()},
                                      OUTCOMES["loss_poorest"].smallest_effect) for arm in data.lever_arms}
    yield build_regret_sheet(summarise_regret(mean, OUTCOMES[request.outcome].direction or -1),
                             {arm: compute_satisficing_share(flags) for arm, flags in met.items()}, worse_off,
                             data.arms, (data.points, request.conditions, lang))
    if data.points < MIN_SCENARIOS or not data.settings:
        yield translate("Scenario discovery: needs 20 scenarios or more.", lang)
        return
    arm = select_best_arm(request)
    cases = np.logical_not(met[arm].all(axis=0)) if met else _find_least_gains(request, mean[arm] - mean[NO_LEVERS_ARM])
    if cases.all() or not cases.any():
        key = "box_unmet" if cases.all() else "box_met"
        conditions = ", ".join(request.conditions)
        yield translate(ANALYSIS_LABELS[key], lang, lever=data.arms[arm][lang], text=conditions) + "."
        return
    meaning = (translate("conditions: {text}", lang, text=", ".join(request.conditions)) if met
               else translate("the quarter of scenarios where the lever avoids least loss", lang))
    yield build_box_sheet(discover_box(data.settings, cases), data.settings, cases, data.arms[arm][lang],
                          (bool(met), meaning, lang))


def _list_shared_seeds(data: StudyOutcomes) -> list[int]:
    """Places of the seeds that every arm played at every point. ValueError if there is none."""
    seeds = data.list_complete_seeds(list(data.arms))
    if not seeds:
        raise ValueError("no seed was played by every arm at every point: start the study again to play the rest")
    return seeds


def _evaluate_conditions(request: AnalysisRequest, arm: str, seeds: list[int]) -> np.ndarray:
    """bool[conditions, points]: True where the arm meets the condition."""
    out = []
    for text in request.conditions:
        condition = parse_condition(text, list(OUTCOMES))
        with_, without = (request.outcomes.values(condition.outcome, name)[:, seeds].mean(1)
                          for name in (arm, NO_LEVERS_ARM))
        out.append(condition.met(with_, without))
    return np.array(out)


def _find_least_gains(request: AnalysisRequest, effect: np.ndarray) -> np.ndarray:
    """bool[points]: True where the lever gains least."""
    gain = (OUTCOMES[request.outcome].direction or -1) * effect
    return gain <= np.percentile(gain, WEAKEST_PERCENTILE)


def build_portfolio_sheets(request: AnalysisRequest) -> Iterator[AnalysisSheet | str]:
    """Attribution to levers, interactions, marginal returns on money, the Pareto front."""
    data, outcome, lang = request.outcomes, request.outcome, request.lang
    seeds = _list_shared_seeds(data)
    sets = {levers: values[seeds] for levers, values in data.coalition_outcomes(outcome).items()}
    if len(frozenset().union(*sets)) > 1 and not list_missing_coalitions(sets):
        yield build_shapley_sheet(compute_shapley_values(sets), data.arms, outcome, len(seeds), lang)
        yield build_interaction_sheet(compute_shapley_interactions(sets), data.arms, outcome, len(seeds), lang)
    else:
        yield translate("Attribution: needs every subset of levers (portfolios.design: factorial).", lang)
        if interactions := compute_pair_interactions(sets):
            yield build_interaction_sheet(interactions, data.arms, outcome, len(seeds), lang)
    cost = {arm: float(np.nanmean(data.values("cost", arm))) for arm in data.arms}
    saved = {arm: -data.change("loss_total", arm)[:, seeds].mean(0) for arm in data.lever_arms}
    curve = build_returns_curve({arm: cost[arm] for arm in saved}, saved)
    yield build_returns_sheet(curve, data.arms, len(seeds), lang)
    yield _build_front_sheet(data, cost, seeds, lang)


def _build_front_sheet(data: StudyOutcomes, cost: dict[str, float], seeds: list[int], lang: str) -> AnalysisSheet:
    """The Pareto front, found on every other seed and confirmed on the rest where there are enough seeds."""
    values = {arm: compute_objectives(data.values("loss", arm)[:, seeds].T, data.values("quintile_gap", arm)[:,
                                                                                                             seeds].T)
              for arm in data.arms}
    changes = {arm: v - values[NO_LEVERS_ARM] for arm, v in values.items()}
    split = len(seeds) >= MIN_SEEDS_FOR_SPLIT_FRONT
    points = {arm: (v[0::2] if split else v).mean(0) for arm, v in changes.items()}
    front = [arm for arm, on in zip(points, mark_pareto_front(np.array(list(points.values())))) if on]
    confirmed = confirm_front({arm: points[arm] for arm in front},
                              {arm: changes[arm][1::2] for arm in front}) if split else {}
    return build_front_sheet(points, confirmed, data.arms, cost, lang)
