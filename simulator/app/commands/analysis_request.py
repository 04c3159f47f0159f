"""What `resilience analyse` is asked for, once its options are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ...config.errors import UsageError

if TYPE_CHECKING:
    from ...analysis.study_outcomes import StudyOutcomes
    from ...records.results import Results

JUDGED_OUTCOMES = ("loss", "loss_total", "loss_per_hit")
"""Outcomes by which levers are judged as in a comparison: all of them are what the people hit lose."""


@dataclass
class AnalysisRequest:
    """What to analyse: the outcomes of the stored runs, and the options of the command line.

    smallest: smallest difference worth acting on, in the unit of the outcome. lever: the arm whose effect is explained,
    "" for the best one. verdicts: arm to its verdict as a comparison of these runs gives it; empty where `smallest` was
    given, or several scenarios were played: then the same rule decides on the outcome.
    """

    outcomes: StudyOutcomes
    outcome: str
    smallest: float
    conditions: list[str]
    lever: str
    lang: str
    verdicts: Mapping[str, str] = field(default_factory=dict)


def read_smallest_difference(outcomes: StudyOutcomes, outcome: str, given: str | None, worth: str) -> float:
    """The smallest difference worth acting on, in the unit of the outcome: as given, or a share of the mean without
    levers. worth: the threshold of verdicts. UsageError or ValueError for a faulty one.
    """
    from ...analysis.effects.outcomes import OUTCOMES
    from ...analysis.effects.verdict import PERCENT, parse_threshold
    from ...analysis.study_outcomes import NO_LEVERS_ARM

    if given is None:
        threshold = parse_threshold(worth)
        if threshold.unit != PERCENT:
            return OUTCOMES[outcome].smallest_effect
        without = outcomes.values(outcome, NO_LEVERS_ARM)
        mean = float(np.nanmean(without)) if np.isfinite(without).any() else 0.0
        return threshold.amount / 100.0 * abs(mean)
    try:
        smallest = float(given)
    except ValueError:
        smallest = -1.0
    if not 0.0 <= smallest < float("inf"):
        raise UsageError("{name} = {value!r}: expected {expected}", name="smallest", value=given,
                         expected=f"a number of {OUTCOMES[outcome].unit}, 0 or more")
    return smallest


def judge_stored_arms(results: Results, outcomes: StudyOutcomes, outcome: str, worth: str) -> dict[str, str]:
    """Arm to the verdict that `compare` gives on the same runs; empty for several scenarios or another outcome."""
    from ...report.figures.findings import rank_effects

    if outcomes.points != 1 or outcome not in JUDGED_OUTCOMES:
        return {}
    runs = {str(view.run["run"]): arm for (arm, _, _), view in outcomes.runs.items()}
    _, effects, _ = rank_effects(replace(results.opened(list(runs)), worth=worth))
    return {runs[str(next(iter(arm.runs.values())).run["run"])]: arm.judgement.verdict for arm, _ in effects
            if arm.judgement is not None and arm.judgement.hit}
