"""How well the numbers of a run are known: how many are measured, published, derived, or assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ..settings import GRADES, Model


def grades(content: Mapping[str, Any], levers: Iterable[Mapping[str, Any]] = ()) -> dict[str, int]:
    """Grade to how many numbers of the model, of the crises played and of these levers have it, best known first."""
    found = Counter(_of_settings(Model()))
    for crisis in content["scenario"].get("crises", ()):
        found.update(str(grade) for grade in (crisis.get("grades") or {}).values())
    for lever in levers:
        found.update(str(turn.get("grade", "assumption")) for turn in lever.get("turns") or ())
        found.update([str((lever.get("cost") or {}).get("grade", "assumption"))])
    return {grade: found[grade] for grade in GRADES}


def _of_settings(group: Any) -> Iterator[str]:
    for item in fields(group):
        value = getattr(group, item.name)
        if is_dataclass(value):
            yield from _of_settings(value)
        elif "grade" in item.metadata:
            yield str(item.metadata["grade"])


def assumed(found: Mapping[str, int]) -> float:
    """Share of the numbers that are assumptions; 0 where there are none."""
    total = sum(found.values())
    return found.get("assumption", 0) / total if total else 0.0
