"""What is calibrated: parameters, the range searched for each, and the runs of a point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.app.commands.analysis.validate import VALIDATION_TABLES, build_no_crisis_run
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.parameters import Model
from simulator.scenario.run import Run

SPACE: dict[str, tuple[float, float]] = {
    "start.kin": (0.8, 1.65),
    "start.friend": (1.0, 2.2),
    "start.neighbour": (0.36, 0.75),
    "start.other": (0.5, 1.0),
    "tie_formation.same_neighbourhood": (0.01, 0.03),
    "tie_formation.same_neighbourhood_other": (0.005, 0.015),
    "tie_formation.mean_distance": (8.8, 14.0),
    "tie_formation.building": (0.06, 0.11),
    "tie_formation.friend": (0.5, 0.9),
    "needing.rate": (0.02, 0.029),
    "needing.other_person": (0.045, 0.075),
    "meeting.aid": (0.03, 0.08),
    "population.language": (0.2, 0.4),
    "population.language_weight": (0.9, 2.0),
    "population.culture": (0.6, 1.4),
    "joining.rate": (0.2, 0.4),
}
"""Parameter (after `model.`) to the range searched, which lies inside the parameter's declared range."""

AROUND_KM = 0.25
"""Radius around the three sites: some 10,500 residents of five communes. In one commune alone, the random trust and
sociability of the commune would change the patterns more than the parameters do."""
YEARS = 7
"""Years of the run in which the persistence of ties is measured."""


@dataclass(frozen=True)
class Point:
    """A set of parameter values with a behaviour variant. numbers: parameter, as in SPACE, to value."""

    behaviour: str
    numbers: Mapping[str, float]

    def model(self) -> Model:
        """The model with these values. ValueError for a value outside its declared range."""
        model = Model(self.behaviour)
        for name, value in self.numbers.items():
            group, number = name.split(".")
            setattr(getattr(model, group), number, value)
        model.check()
        return model


def build_base_run() -> Run:
    """The run that all points modify: no levers, two and a half calm years, then a heat wave of ten days."""
    words = [f"territory.around_km={AROUND_KM}", "calendar.horizon_days=30", "calendar.recovery_days=14"]
    return replace(resolve_job("run", compose_config("run", words, [])).baseline, observe=VALIDATION_TABLES)


def list_runs(base: Run, point: Point, seed: int) -> list[Run]:
    """The runs of a point with one seed: the base run, and YEARS calm years of a village in which ties are observed."""
    run = replace(base, model=point.model(), seed=seed)
    return [run, build_no_crisis_run(run, YEARS)]
