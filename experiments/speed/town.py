"""The stretch of time that is measured: eight calm weeks, then the days before, in and after a heat wave."""

from __future__ import annotations

from simulator.config.catalogue import one
from simulator.config.source import home
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory

CALM_FROM, CRISIS_FROM = "2027-06-07", "2027-07-26"
"""Starts that leave eight weeks, or one, before the heat wave's daily steps."""
DAYS = 21


def small_town(residents: int) -> Territory:
    """Pantin made small: the same shares of ages, households and homes."""
    return Territory(f"pantin_{residents}", communes=["93055"], residents=residents)


def whole(*codes: str) -> Territory:
    """Whole communes."""
    return Territory("-".join(codes), communes=list(codes))


def heat_run(territory: Territory, start: str = CALM_FROM, seed: int = 1) -> Run:
    """A heat wave as on its card, soon after the start."""
    heat = one("crisis", "heatwave", [home()]).card
    return Run(Scenario(territory, calendar=Calendar(start=start, levers=start), crises=(heat,)), seed=seed)
