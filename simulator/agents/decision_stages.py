"""Which stages call each decision, hence which stages a model plays resident by resident."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .by_hand import load_reference_stages
from .resident import Resident

if TYPE_CHECKING:
    from .model import TerritoryModel

STAGES_BY_DECISION: Mapping[str, tuple[str, ...]] = {
    "days_until_joining": ("find_join_intents",),
    "wants_to_leave": ("find_leavers",),
    "chooses_company": ("compute_visit_rates", "update_ties_over_week"),
    "dares_to_ask": ("ask_for_help", "list_voices"),
    "turns_to": ("choose_helpers",),
    "accepts": ("answer_requests",),
}
"""Decision of a resident to the stages that call it. If it is overridden, these stages and no others run in Python."""


RENAMED_DECISIONS = {"wants_to_join": "days_until_joining, which returns a number of days"}
NEVER_CALLED = ("step", "advance")
"""Methods of Mesa's agents that nothing calls here."""
SIMILARITY = 0.8
"""Likeness of two names from which a method counts as a misspelt decision, 0 to 1."""


def list_overridden_decisions(resident_class: type[Resident]) -> tuple[str, ...]:
    """Names of the decisions that a subclass of Resident overrides.

    TypeError for a method that would never be called: an old name of a decision, or `step`. A method whose name is
    nearly that of a decision gives a warning.
    """
    for name in {name for base in resident_class.__mro__[:-1] if issubclass(base, Resident) and base is not Resident
                 for name in vars(base)}:
        _check_method_name(resident_class, name)
    return tuple(name for name in STAGES_BY_DECISION if getattr(resident_class, name) is not getattr(Resident, name))


def _check_method_name(resident_class: type[Resident], name: str) -> None:
    where = f"{resident_class.__name__}.{name}"
    if name in RENAMED_DECISIONS:
        raise TypeError(f"{where} is no decision any more: write {RENAMED_DECISIONS[name]}")
    if name in NEVER_CALLED:
        raise TypeError(f"{where} would never be called: residents are columns, and phases play them all at once; "
                        f"override a decision ({', '.join(STAGES_BY_DECISION)}), or act between steps of the model")
    near = difflib.get_close_matches(name, STAGES_BY_DECISION, 1, SIMILARITY)
    if near and name not in STAGES_BY_DECISION and not hasattr(Resident, name):
        warnings.warn(f"{where} is never called: did you mean {near[0]}?", UserWarning, stacklevel=5)


def select_stages_by_hand(model: TerritoryModel, decisions: tuple[str, ...],
                          all_stages: bool) -> dict[str, Callable[..., Any]]:
    """Stage name to its reference implementation, bound to the model: stages of these decisions, or all stages."""
    names = {stage for name in decisions for stage in STAGES_BY_DECISION[name]}
    if not (names or all_stages):
        return {}
    return {name: BoundStage(model, stage) for name, stage in load_reference_stages().items()
            if all_stages or name in names}


class BoundStage:
    """A reference stage with its model: takes the compiled stage's arguments (world, context, …)."""

    def __init__(self, model: TerritoryModel, reference_stage: Callable[..., Any]) -> None:
        self.model, self.reference_stage = model, reference_stage
        self.__name__ = reference_stage.__name__

    def __call__(self, world: Any, context: Any, *arguments: Any) -> Any:
        self.model.enter_stage(context, self.__name__)
        return self.reference_stage(self.model, world, context, *arguments)
