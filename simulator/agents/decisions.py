"""Which stage each decision belongs to, and which stages a model therefore plays resident by resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .by_hand import twins
from .resident import Resident

if TYPE_CHECKING:
    from .model import TerritoryModel

DECISIONS: Mapping[str, tuple[str, ...]] = {
    "wants_to_join": ("join.want",),
    "wants_to_leave": ("join.leave",),
    "chooses_company": ("visit.share", "visit.contact"),
    "dares_to_ask": ("ask.voice",),
    "turns_to": ("aid.choose",),
    "accepts": ("aid.give",),
}
"""Decision of a resident to the stages that ask for it. Overriding a decision takes these, and only these, by hand."""


def overridden(residents: type[Resident]) -> tuple[str, ...]:
    """Names of the decisions that a subclass of Resident takes in its own way."""
    return tuple(name for name in DECISIONS if getattr(residents, name) is not getattr(Resident, name))


def stages_by_hand(model: TerritoryModel, decisions: tuple[str, ...],
                   everything: bool) -> dict[str, Callable[..., Any]]:
    """Stage name to what plays it by hand: those of the overridden decisions, or all there are."""
    names = {stage for name in decisions for stage in DECISIONS[name]}
    if not (names or everything):
        return {}
    return {name: _bound(model, twin) for name, twin in twins().items() if everything or name in names}


def _bound(model: TerritoryModel, twin: Callable[..., Any]) -> Callable[..., Any]:
    """The twin of a stage with the model in hand; takes what the compiled stage takes: world, now and the rest."""

    def play(world: Any, now: Any, *scratch: Any) -> Any:
        model.enter(now)
        return twin(model, world, now, *scratch)

    play.__name__ = twin.__name__
    return play
