"""`TerritoryModel` with keywords, as Mesa's tools call a model: batch_run, SolaraViz, EMA Workbench."""

from __future__ import annotations

from dataclasses import replace
from secrets import randbits
from typing import Any

import numpy as np

from ..agents import model as agents_model
from ..agents.resident import Resident
from ..i18n.translation import shorten_fact
from ..scenario.run import Run
from .configuration import Configuration, check_seed, scenario
from .setting_error import as_setting_errors

SEED_BITS = 32


class TerritoryModel(agents_model.TerritoryModel):
    """One run as a mesa.Model, from a Run or a Configuration, or from settings as `scenario` takes them.

        TerritoryModel("village")                     # a seed is drawn, and kept in model.seed and in the record
        TerritoryModel(territory="village", crisis="heatwave", seed=1, crisis__heatwave__severity=1.5)
        TerritoryModel(run, residents=MyResident)

    seed, rng: of every random number of the run; a whole number stays as it is, another seed or generator of NumPy
    gives one. residents: a subclass of Resident. kwargs, a name that SolaraViz asks for: by_hand, datacollector and
    world as in `simulator.agents.TerritoryModel`, and settings by their dotted names, with __ for the dot. SettingError
    for an invalid setting, or for both seed and rng.
    """

    def __init__(self, territory: Run | Configuration | str | None = None, *, seed: Any = None, rng: Any = None,
                 residents: type[Resident] = Resident, **kwargs: Any) -> None:
        own = {name: kwargs.pop(name) for name in ("by_hand", "datacollector", "world") if name in kwargs}
        territory = kwargs.pop("run", territory)
        with as_setting_errors():
            number = resolve_seed(seed, rng)
        super().__init__(build_model_run(territory, number, kwargs), residents, **own)

    @property
    def seed(self) -> int:
        """The seed of all random numbers of the run."""
        return int(self.run.seed)


def build_model_run(source: Run | Configuration | str | None, seed: int | None, settings: dict[str, Any]) -> Run:
    """The run of a model. Without a seed a Run keeps its own, and for anything else one is drawn.

    SettingError for settings beside a Run, or an invalid one.
    """
    if isinstance(source, Run):
        if settings:
            raise TypeError(f"settings ({shorten_fact(', '.join(settings))}) beside a Run: expected either; "
                            "give a territory's name")
        return source if seed is None else replace(source, seed=seed)
    number = randbits(SEED_BITS) if seed is None else seed
    if isinstance(source, Configuration):
        return (source.change(**settings) if settings else source).run(number)
    return scenario(source, **settings).run(number)


def resolve_seed(seed: Any, rng: Any) -> int | None:
    """The seed that one of both stands for; None if neither is given. UsageError for both, or an impossible seed."""
    if seed is not None and rng is not None:
        from ..config.errors import UsageError

        raise UsageError("setting {name!r} is given twice; keep one", name="seed (rng)")
    given = rng if seed is None else seed
    if given is None:
        return None
    if isinstance(given, (int, np.integer, float, str, bool)):
        number = int(given) if isinstance(given, (int, np.integer)) and not isinstance(given, bool) else given
        check_seed(number)
        return int(number)
    return int(np.random.default_rng(given).integers(2**SEED_BITS))
