"""Counts of the numbers of a run by evidence grade: measured, published, derived, assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..records.parameter_sources import count_by_grade, list_sourced_numbers


def count_evidence_grades(content: Mapping[str, Any], levers: Iterable[Mapping[str, Any]] = ()) -> dict[str, int]:
    """Grade to the count of numbers that have it, best known first: of the model, of the crises in the run and of these
    levers. content: of the run."""
    return count_by_grade(list_sourced_numbers(content, levers))


def compute_assumed_share(grades: Mapping[str, int]) -> float:
    """Share of the numbers that are assumptions; 0 where there are none."""
    total = sum(grades.values())
    return grades.get("assumption", 0) / total if total else 0.0
