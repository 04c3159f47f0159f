"""The twin of a scenario: the same residents in a world that has never had a site."""

from __future__ import annotations

from dataclasses import replace

from .run import Run, Scenario


def remove_sites(scenario: Scenario) -> Scenario:
    """The scenario without any site. A territory around sites keeps its neighbourhoods, hence its residents."""
    territory = scenario.territory
    positions = {card.id: [card.lon, card.lat] for card in scenario.sites if not card.generic}
    points = [*territory.points, *(positions[name] for name in territory.sites if name in positions)]
    return replace(scenario, sites=(), territory=replace(territory, sites=[], points=points,
                                                         generic_sites_per_neighbourhood=0.0))


def build_site_free_twin(run: Run) -> Run:
    """The run without levers and without sites; its residents have the same identities, homes and luck."""
    return replace(run, scenario=remove_sites(run.scenario), levers=())
