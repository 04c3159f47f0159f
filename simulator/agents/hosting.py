"""Models around engines that play by themselves, so that a run's own class of residents decides in any executor."""

from __future__ import annotations

from copy import deepcopy

import numpy as np

from ..engine.loop import Engine
from .fixed_population import FixedPopulation
from .model import TerritoryModel
from .resident import Resident
from .residents import Residents


def attach_model(engine: Engine, residents: type[Resident]) -> TerritoryModel:
    """A model around an engine: its residents take the decisions that a class overrides."""
    model = TerritoryModel.__new__(TerritoryModel)
    FixedPopulation.__init__(model, engine.run.seed)
    model.set_up(engine.run, residents, False)
    model.engine = engine
    model._residents = Residents(model, residents, np.arange(len(engine.world.people)))
    return model


def copy_model(model: TerritoryModel, engine: Engine) -> TerritoryModel:
    """The same around a fork of the model's engine; residents keep copies of the attributes of their own."""
    other = attach_model(engine, model.resident_class)
    for (kind, row), view in model._retained_views.items():
        own = {name: value for name, value in view.__dict__.items() if name not in ("model", "row")}
        copied = other._retained_views[kind, row] = other.get_view(kind, row)
        copied.__dict__.update(deepcopy(own))
    return other
