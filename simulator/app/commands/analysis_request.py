"""What `resilience analyse` is asked for, once its options are checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...analysis.study_outcomes import StudyOutcomes


@dataclass
class AnalysisRequest:
    """What to analyse: the outcomes of the stored runs, and the options of the command line.

    smallest: smallest difference worth acting on, in the unit of the outcome. lever: the arm whose effect is explained,
    "" for the best one.
    """

    outcomes: StudyOutcomes
    outcome: str
    smallest: float
    conditions: list[str]
    lever: str
    lang: str
