"""Territories and run of the benchmark: eight calm weeks, then daily steps before, in and after a heat wave."""

from __future__ import annotations

from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import find_card
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory

CALM_FROM, CRISIS_FROM = "2027-06-07", "2027-07-26"
"""First days of runs with eight calm weeks, or one, before the daily steps around the heat wave."""
DAYS = 21
"""Daily steps that are measured."""


def build_small_town(residents: int) -> Territory:
    """Pantin scaled down: the same shares of ages, households and homes."""
    return Territory(f"pantin_{residents}", communes=["93055"], residents=residents)


def build_whole_communes(*codes: str) -> Territory:
    """Whole communes, by their INSEE codes."""
    return Territory("-".join(codes), communes=list(codes))


def build_heat_run(territory: Territory, start: str = CALM_FROM, seed: int = 1) -> Run:
    """A run without levers, with the heat wave of the card, from `start` on."""
    heat = find_card("crisis", "heatwave", [find_shipped_configs()]).card
    return Run(Scenario(territory, calendar=Calendar(start=start, levers=start), crises=(heat,)), seed=seed)
