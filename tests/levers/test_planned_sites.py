"""Sites that a lever will open."""

import numpy as np
import pytest

from simulator.cards.reader import CardError
from simulator.levers.card import LeverTarget, NewSites, Window
from simulator.levers.modifiers import ModifierValues
from simulator.levers.planned_sites import FIRST_LEVER_SITE_UID, resolve_planned_sites
from simulator.world.sites.candidate import add_planned_sites
from tests.levers.example import acting
from tests.phases.small_world import small_world

OPEN = ("territory.new_sites", "add", 1.0)


def test_they_go_where_places_are_fewest_counting_those_already_planned():
    world = small_world(residents=300)
    plans = resolve_planned_sites(acting(world, OPEN, dose=4.0, window=Window(lead_time_days=182)), world)
    share = world.sites.places[[0, 1]] / world.neighbourhoods.adults
    assert plans[0].neighbourhood == int(np.argmin(share)) and {plan.neighbourhood for plan in plans} == {0, 1}
    assert [plan.opens for plan in plans] == [182] * 4 and len({plan.uid for plan in plans}) == 4
    for plan in plans:
        z = plan.neighbourhood
        distance = np.hypot(plan.x - world.neighbourhoods.x[z], plan.y - world.neighbourhoods.y[z])
        assert plan.uid >= FIRST_LEVER_SITE_UID and distance <= 0.5 * world.neighbourhoods.radius[z] + 1e-6
        assert (plan.places, plan.staff, plan.hours, plan.kits, plan.host) == (90.0, 1.5, 30.0, 20, 0)
        assert plan.commune == z and plan.reserve == 25_200_000


def test_a_ramp_spreads_the_openings():
    world = small_world()
    active = acting(world, OPEN, dose=4.0, window=Window(ramp_days=100))
    assert [plan.opens for plan in resolve_planned_sites(active, world)] == [25, 50, 75, 100]
    assert [ModifierValues(world, [active], day=day).territory("new_sites") for day in (0, 25, 50, 100)] == [0, 1, 2, 4]


def test_uids_do_not_depend_on_the_dose():
    world = small_world()
    one, two = (resolve_planned_sites(acting(world, OPEN, dose=dose), world) for dose in (1.0, 2.0))
    assert one[0] == two[0]


def test_they_become_closed_rows_of_the_world():
    world = small_world()
    plans = resolve_planned_sites(acting(world, OPEN, dose=2.0, window=Window(lead_time_days=182)), world)
    rows = add_planned_sites(world, plans)
    assert world.sites.uid[rows].tolist() == [plan.uid for plan in plans]
    assert world.sites.opens[rows].tolist() == [182] * 2
    assert not world.sites.open[rows].any() and world.sites.planned[rows].all()


def test_no_site_without_dose_or_neighbourhood():
    world = small_world()
    assert resolve_planned_sites(acting(world, OPEN, dose=0.0), world) == []
    assert resolve_planned_sites(acting(world, OPEN, target=LeverTarget(communes=[99999])), world) == []


def test_other_criteria_rank_neighbourhoods():
    world = small_world()
    plans = resolve_planned_sites(acting(world, OPEN, dose=2.0, new_sites=NewSites(by="neighbourhood_support")), world)
    assert plans[0].neighbourhood == 1


def test_a_uid_already_in_use_is_refused():
    world = small_world()
    plan = resolve_planned_sites(acting(world, OPEN), world)[0]
    with world.writable(["sites.uid"]):
        world.sites.uid[0] = plan.uid
    with pytest.raises(CardError, match="share one identity"):
        resolve_planned_sites(acting(world, OPEN), world)


def test_its_end_disappoints_the_sites_it_opened():
    world = small_world()
    active = acting(world, OPEN, window=Window(days=70), target=LeverTarget(sites="none"))
    with world.writable(["sites.uid"]):
        world.sites.uid[1] = active.opened_uids[0]
    assert ModifierValues(world, [active], day=70).site("disappointed").tolist() == [0.0, 1.0]
