"""arms= of `compare`: portfolios by name, each with its levers and their doses, instead of one arm for each lever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..levers.card import Lever
from .errors import UsageError, choices, one_line

TAKEN = ("baseline", "together")
LONGEST = 40
"""Characters of an arm's name."""
MOST = 1000.0
"""Greatest dose a card may have."""


def named_arms(plain: Mapping[str, Any], levers: Sequence[Lever]) -> dict[str, tuple[Lever, ...]]:
    """Name of each arm to its levers at their doses; empty without arms=. UsageError for what cannot be."""
    asked = plain.get("arms")
    if asked is None:
        return {}
    if not isinstance(asked, Mapping) or not asked:
        raise UsageError("arms", value=one_line(asked))
    for name in ("euros", "posts", "together"):
        if plain.get(name):
            raise UsageError("arms_alone", name=name)
    known = dict(zip(sorted(plain["lever"]), levers))
    return {_name(name): _levers(name, doses, known) for name, doses in asked.items()}


def _name(name: Any) -> str:
    text = str(name)
    if not text.isprintable() or not 0 < len(text.strip()) <= LONGEST or text in TAKEN:
        raise UsageError("arm_name", name=one_line(name))
    return text


def _levers(name: Any, doses: Any, known: Mapping[str, Lever]) -> tuple[Lever, ...]:
    if isinstance(doses, list):
        doses = dict.fromkeys(doses)
    if not isinstance(doses, Mapping) or not doses:
        raise UsageError("arms", value=one_line({name: doses}))
    for lever, dose in doses.items():
        if lever not in known:
            raise UsageError("not_chosen", name=f"arms.{name}.{one_line(lever)}", group="lever", card=one_line(lever),
                             chosen=choices("", known) if known else "none")
        number = isinstance(dose, (int, float)) and not isinstance(dose, bool)
        if dose is not None and not (number and 0 <= dose <= MOST):
            raise UsageError("wrong_type", name=f"arms.{name}.{lever}", value=one_line(dose),
                             expected=f"a dose, 0 to {MOST:g}")
    return tuple(known[lever] if dose is None else replace(known[lever], dose=float(dose))
                 for lever, dose in sorted(doses.items()))
