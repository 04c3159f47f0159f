"""What is calibrated: settings, the range searched (inside each number's own range), and where a search plays."""

from __future__ import annotations

from dataclasses import replace

from simulator.run import Calendar, Run, Scenario
from simulator.settings import Model
from simulator.world.site_card import SiteCard
from simulator.world.territory import three_sites

SPACE: dict[str, tuple[float, float]] = {
    "start.kin": (0.8, 1.65),
    "start.friend": (1.25, 2.6),
    "start.neighbour": (0.47, 1.0),
    "start.other": (0.62, 1.3),
    "binding.same_place": (0.0138, 0.029),
    "binding.same_place_other": (0.0069, 0.0145),
    "binding.jump": (8.8, 13.75),
    "binding.building": (0.06, 0.116),
    "binding.friend": (0.5, 0.9),
    "needing.rate": (0.0213, 0.0282),
    "needing.others": (0.048, 0.075),
    "meeting.aid": (0.035, 0.08),
    "population.language": (0.2, 0.4),
    "population.language_weight": (0.9, 1.95),
    "population.culture": (0.62, 1.31),
    "joining.rate": (0.2, 0.4),
}
"""Setting (model.…) to the range searched around a first guess by hand, within the number's own range."""


def settled(point: dict[str, float]) -> Model:
    """The model's numbers at a point. ValueError for one out of its own range."""
    model = Model()
    for name, value in point.items():
        group, number = name.split(".")
        setattr(getattr(model, group), number, value)
    model.check()
    return model


def calm_run(point: dict[str, float], seed: int, around_km: float, sites: tuple[SiteCard, ...]) -> Run:
    """Two calm years of the neighbourhoods near the three sites, with all observed that the patterns of calm need.

    Five communes: in one alone the luck of its trust and sociability would move the patterns more than the numbers do.
    """
    place = replace(three_sites(), around_km=around_km)
    return Run(Scenario(place, sites, Calendar()), settled(point), (), seed, ("people", "ties"))
