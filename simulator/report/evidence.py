"""How well the numbers of a run are known: how many are measured, published, derived, or assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..records.evidence import graded, numbers


def grades(content: Mapping[str, Any], levers: Iterable[Mapping[str, Any]] = ()) -> dict[str, int]:
    """Grade to how many numbers of the model, of the crises played and of these levers have it, best known first."""
    return graded(numbers(content, levers))


def assumed(found: Mapping[str, int]) -> float:
    """Share of the numbers that are assumptions; 0 where there are none."""
    total = sum(found.values())
    return found.get("assumption", 0) / total if total else 0.0
