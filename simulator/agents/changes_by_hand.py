"""What was changed by hand in a Mesa model, and so is not told by its run's id."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from .behaviour_source import describe_behaviour

if TYPE_CHECKING:
    from .model import TerritoryModel


def describe_model_state(model: TerritoryModel) -> dict[str, Any]:
    """What nobody may replace during a run, by the name under which a change is reported."""
    engine = model.engine
    return {"stages": dict(engine.by_hand), "parameters": dict(vars(model.parameters)),
            "engine": (engine, engine.world, engine.run, engine.crises, engine.levers)}


def list_model_changes(model: TerritoryModel, before: dict[str, Any]) -> list[str]:
    """Names of what was changed since `describe_model_state` gave `before`, beyond what the engine notices itself."""
    changed = [name for name, value in describe_model_state(model).items() if not _is_same(before[name], value)]
    if type(model).__module__.partition(".")[0] != __name__.partition(".")[0]:
        changed.append(f"class {type(model).__qualname__}")
    return changed + (["world"] if model.world.is_open() else [])


def _is_same(before: Any, now: Any) -> bool:
    """True for the same objects, or dictionaries of the same. A copy of a model has copies of both."""
    return all(map(operator.is_, before, now)) if isinstance(now, tuple) else bool(before == now)


def list_behaviour_changes(model: TerritoryModel) -> list[str]:
    """The class of residents, if it, or a value that it uses, is no longer what the run's id tells."""
    same = describe_behaviour(model.resident_class)[0] == model._behaviour
    return [] if same else [f"residents={model.resident_class.__qualname__}"]
