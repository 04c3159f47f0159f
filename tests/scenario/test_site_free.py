from dataclasses import replace

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.scenario.run import Run, Scenario
from simulator.scenario.site_free import build_site_free_twin, remove_sites
from simulator.world.places.territory import make_default_territory
from tests.properties.trial_run import played, quick, site_cards, trial

SAME = ("uid", "household", "building", "age", "sex", "group", "ses", "frailty", "social_hours")
"""Columns that do not depend on sites."""


@pytest.mark.parametrize("run", [trial(quick("outreach"), seed=2),
                                 Run(Scenario(make_default_territory(), site_cards()))],
                         ids=["commune", "around sites"])
def test_the_twin_has_the_same_residents_and_no_site(run: Run) -> None:
    world, twin = Engine(replace(run, levers=())).world, Engine(build_site_free_twin(run)).world
    assert len(world.sites) > 0 and len(twin.sites) == 0
    assert (world.people.member >= 0).any() and not (twin.people.member >= 0).any()
    for name in SAME:
        np.testing.assert_array_equal(getattr(world.people, name), getattr(twin.people, name), err_msg=name)


def test_a_world_without_sites_is_played_and_observed_and_no_site_helps_anybody() -> None:
    run = replace(build_site_free_twin(trial(seed=2)), observe=("people", "pairs", "site_lives", "reached"))
    tables = played(run).record.tables
    assert (tables["people"]["site"] == -1).all() and not len(tables["site_lives"]["site"])
    assert "site" not in tables["pairs"]["source"] and tables["runs"]["helped_by_sites"][0] == 0
    assert tables["runs"]["hit"][0] > 0


def test_without_sites_nothing_is_left_to_remove() -> None:
    once = remove_sites(trial().scenario)
    assert remove_sites(once) == once and not once.sites
