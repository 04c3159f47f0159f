"""What `resilience analyse` is asked for, once its options are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ....config.errors import UsageError

if TYPE_CHECKING:
    from ....analysis.study_outcomes import StudyOutcomes
    from ....records.results import Results

GUARDS = ("few", "mixed")
"""Verdicts that the interval of one outcome cannot give: too few hit; less is lost, but more for good or in lives."""
JUDGED_OUTCOMES = ("loss", "loss_total", "loss_per_hit")
"""Outcomes by which levers are judged as in a comparison: all of them are what the people hit lose."""


@dataclass
class AnalysisRequest:
    """What to analyse: the outcomes of the stored runs, and the options of the command line.

    smallest: smallest difference worth acting on, in the unit of the outcome. lever: the arm whose effect is explained,
    "" for the best one. verdicts: arm to its verdict by the rule of a comparison, over all scenarios; empty for an
    outcome that is no loss. is_own_threshold: `smallest` was given, so that the rule decides on the outcome's
    difference, and verdicts hold what it cannot see alone: "few" and "mixed".
    """

    outcomes: StudyOutcomes
    outcome: str
    smallest: float
    conditions: list[str]
    lever: str
    lang: str
    verdicts: Mapping[str, str] = field(default_factory=dict)
    is_own_threshold: bool = False

    def choose_verdict(self, arm: str, own: str) -> str:
        """The verdict on an arm. own: by the interval of its effect on the outcome alone."""
        found = self.verdicts.get(arm, own)
        return own if self.is_own_threshold and found == "mixed" and own != "acts" else found


def read_smallest_difference(outcomes: StudyOutcomes, outcome: str, given: str | None, worth: str) -> float:
    """The smallest difference worth acting on, in the unit of the outcome: as given, or a share of the mean without
    levers. worth: the threshold of verdicts. UsageError or ValueError for a faulty one.
    """
    from ....analysis.effects.outcomes import OUTCOMES
    from ....analysis.effects.verdict import PERCENT, parse_threshold
    from ....analysis.study_outcomes import NO_LEVERS_ARM

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


def judge_stored_arms(results: Results, outcomes: StudyOutcomes, outcome: str, worth: str,
                      is_own_threshold: bool = False) -> dict[str, str]:
    """Arm to its verdict, that of `compare` on the same runs; of several scenarios, over all of them together.

    Empty for an outcome that is no loss. is_own_threshold: only what an interval cannot tell, "few" and "mixed".
    """
    from ....analysis.effects.study_judgement import judge_over_points
    from ....analysis.effects.verdict import Threshold, parse_threshold
    from ....report.figures.findings import rank_effects

    if outcome not in JUDGED_OUTCOMES:
        return {}
    runs = {str(view.run["run"]): arm for (arm, _, _), view in outcomes.runs.items()}
    opened = replace(results.opened(list(runs)), worth=worth)
    if outcomes.points > 1 or is_own_threshold:
        threshold = Threshold(0.0) if is_own_threshold else parse_threshold(worth)
        judged = judge_over_points(outcomes.runs, opened, threshold)
    else:
        judged = {runs[str(next(iter(arm.runs.values())).run["run"])]: arm.judgement
                  for arm, _ in rank_effects(opened)[1] if arm.judgement is not None}
    return {arm: one.verdict for arm, one in judged.items()
            if one.hit and (not is_own_threshold or one.verdict in GUARDS)}
