"""What is calibrated: settings, the range searched (inside each number's own range), and where a search plays."""

from __future__ import annotations

from dataclasses import replace

from simulator.run import Calendar, Run, Scenario
from simulator.settings import Model
from simulator.world.site_card import SiteCard
from simulator.world.territory import three_sites

SPACE: dict[str, tuple[float, float]] = {
    "start.kin": (0.4, 1.6),
    "start.friend": (1.0, 4.5),
    "start.neighbour": (0.4, 1.2),
    "start.other": (0.5, 2.2),
    "binding.same_place": (0.01, 0.12),
    "binding.same_place_other": (0.005, 0.06),
    "binding.jump": (5.0, 14.0),
    "binding.building": (0.08, 0.30),
    "binding.friend": (0.5, 1.6),
    "needing.rate": (0.018, 0.040),
    "needing.others": (0.04, 0.10),
    "meeting.aid": (0.02, 0.11),
    "population.language": (0.10, 0.35),
    "population.language_weight": (0.5, 2.0),
    "population.culture": (0.3, 1.3),
    "joining.rate": (0.12, 0.40),
}
"""Setting (model.…) to the range searched."""


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
