"""What is calibrated: settings, the range searched (inside each number's own range), and the runs that are held up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.app.commands.validate import OBSERVE, long_calm
from simulator.config.compose import compose
from simulator.config.resolve import settle
from simulator.parameters import Model
from simulator.scenario.run import Run

SPACE: dict[str, tuple[float, float]] = {
    "start.kin": (0.8, 1.65),
    "start.friend": (1.0, 2.2),
    "start.neighbour": (0.36, 0.75),
    "start.other": (0.5, 1.0),
    "binding.same_place": (0.01, 0.03),
    "binding.same_place_other": (0.005, 0.015),
    "binding.jump": (8.8, 14.0),
    "binding.building": (0.06, 0.11),
    "binding.friend": (0.5, 0.9),
    "needing.rate": (0.02, 0.029),
    "needing.others": (0.045, 0.075),
    "meeting.aid": (0.03, 0.08),
    "population.language": (0.2, 0.4),
    "population.language_weight": (0.9, 2.0),
    "population.culture": (0.6, 1.4),
    "joining.rate": (0.2, 0.4),
}
"""Setting (model.…) to the range searched: a first guess by hand lies inside, and each number's own range around it."""

AROUND_KM = 0.25
"""Of the three sites: some 10,500 residents of five communes. In one commune alone the luck of its trust and of its
sociability would move the patterns more than the numbers do."""
YEARS = 7


@dataclass(frozen=True)
class Point:
    """One set of numbers under one behaviour variant."""

    behaviour: str
    numbers: Mapping[str, float]

    def model(self) -> Model:
        """The model's numbers here. ValueError for one out of its own range."""
        model = Model(self.behaviour)
        for name, value in self.numbers.items():
            group, number = name.split(".")
            setattr(getattr(model, group), number, value)
        model.check()
        return model


def ground() -> Run:
    """The run without levers that every point shares: two and a half calm years, then ten hot days and their weeks."""
    words = [f"territory.around_km={AROUND_KM}", "calendar.horizon_days=30", "calendar.recovery_days=14"]
    return replace(settle("run", compose("run", words, [])).baseline, observe=OBSERVE)


def runs(base: Run, point: Point, seed: int) -> list[Run]:
    """What is played at a point with one seed: the ground, and years of a village in which ties are followed."""
    here = replace(base, model=point.model(), seed=seed)
    return [here, long_calm(here, YEARS)]
