"""Which stages call each decision, hence which stages a model plays resident by resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .by_hand import load_reference_stages
from .resident import Resident

if TYPE_CHECKING:
    from .model import TerritoryModel

STAGES_BY_DECISION: Mapping[str, tuple[str, ...]] = {
    "wants_to_join": ("find_join_intents",),
    "wants_to_leave": ("find_leavers",),
    "chooses_company": ("compute_visit_rates", "update_ties_over_week"),
    "dares_to_ask": ("ask_for_help",),
    "turns_to": ("choose_helpers",),
    "accepts": ("answer_requests",),
}
"""Decision of a resident to the stages that call it. If it is overridden, these stages and no others run in Python."""


def list_overridden_decisions(resident_class: type[Resident]) -> tuple[str, ...]:
    """Names of the decisions that a subclass of Resident overrides."""
    return tuple(name for name in STAGES_BY_DECISION if getattr(resident_class, name) is not getattr(Resident, name))


def select_stages_by_hand(model: TerritoryModel, decisions: tuple[str, ...],
                          all_stages: bool) -> dict[str, Callable[..., Any]]:
    """Stage name to its reference implementation, bound to the model: stages of these decisions, or all stages."""
    names = {stage for name in decisions for stage in STAGES_BY_DECISION[name]}
    if not (names or all_stages):
        return {}
    return {name: _bind_model(model, stage) for name, stage in load_reference_stages().items()
            if all_stages or name in names}


def _bind_model(model: TerritoryModel, reference_stage: Callable[..., Any]) -> Callable[..., Any]:
    """The reference stage with its model bound: takes the compiled stage's arguments (world, context, …)."""

    def play(world: Any, context: Any, *arguments: Any) -> Any:
        model.enter_stage(context)
        return reference_stage(model, world, context, *arguments)

    play.__name__ = reference_stage.__name__
    return play
