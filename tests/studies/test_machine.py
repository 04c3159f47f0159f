"""How many residents a run has, before its territory is built."""

from __future__ import annotations

import pytest

from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.studies.machine import count_residents
from simulator.world.build import build_world


@pytest.mark.parametrize("words", [["territory=village"], ["territory=three_sites", "territory.around_km=0.15"]])
def test_residents_are_counted_without_building_the_place(words):
    run = resolve_job("run", compose_config("run", [*words, "lever=none"], [])).run((), 1)
    world = build_world(run.scenario.territory, run.model, 1, {site.id: site for site in run.scenario.sites})
    assert count_residents(run) == pytest.approx(world.people.rows, rel=0.02)
