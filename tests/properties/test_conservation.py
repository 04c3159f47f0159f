"""Conservation over whole runs, compared with ==: hours, goods, euros, needs, people, ties, seats (V1 to V7)."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.parameters import Model
from simulator.phases.projects.sessions import compute_session_capacity, form_sessions
from simulator.rules.need_domains import DOMAINS, SOURCES
from simulator.world.world import World
from tests.phases.mirrors import assert_mirrors
from tests.properties.trial_run import column, every_lever, fresh, trial

RESIDENTS = 500


def deadly() -> Model:
    """Numbers with which some of 500 residents die of a short heat wave."""
    model = Model()
    model.heat.man = model.heat.woman = 1e-3
    return model


class ObservedRun:
    """A run played to its end, the world at its start, and the free seats of each session."""

    def __init__(self, *levers) -> None:
        run = trial(*levers, model=deadly())
        world = fresh(run)
        self.before, self.engine = world.copy(), Engine(run, world=world)
        self.spare_seats: list[int] = []
        while not self.engine.is_done:
            self.spare_seats += spare_seats(self.engine)
            self.engine.step()
            check_members(world)
        self.engine.finish_record()

    def series(self, name: str) -> np.ndarray:
        """A column of the series."""
        return column(self.engine, name)

    def total(self, name: str) -> int:
        """The sum of a column of the series over the run."""
        return int(self.series(name).sum())

    def planned(self, name: str) -> int:
        """What the sites that levers open start with."""
        return sum(getattr(plan, name) for lever in self.engine.levers for plan in lever.planned_sites)

    def change(self, table: str, name: str) -> int:
        """The sum of a column at the end less its sum at the start."""
        after, before = (getattr(getattr(world, table), name).sum(dtype=np.int64)
                         for world in (self.engine.world, self.before))
        return int(after - before)


def spare_seats(engine: Engine) -> list[int]:
    """Free seats of each session of the next step."""
    held = form_sessions(engine.world, engine.build_context())
    site = held.site[held.first[:-1]]
    return (compute_session_capacity(engine.world)[site] - np.diff(held.first)).tolist()


def check_members(world: World) -> None:
    """Sites count their members rightly; members are 15 or older, and their sites are open."""
    people = world.people
    belongs = people.member >= 0
    assert (np.bincount(people.member[belongs], minlength=world.sites.rows) == world.sites.members).all()
    assert (people.age[belongs] >= 15).all() and (world.sites.open[people.member[belongs]] == 1).all()


@pytest.fixture(scope="module", params=["no lever", "every lever"])
def observed(request: pytest.FixtureRequest) -> ObservedRun:
    """A run without levers and one with every lever; in both somebody dies."""
    return ObservedRun(*(every_lever() if request.param == "every lever" else ()))


def test_v1_hours_given_are_hours_received(observed: ObservedRun) -> None:
    given = [name for name in observed.engine.record.tables["series"] if name.startswith("hours_given_")]
    assert len(given) == 6
    for name in given:
        assert (observed.series(name) == observed.series(name.replace("given", "received"))).all()
    assert sum(map(observed.total, given)) > 0


def test_v2_goods_are_conserved(observed: ObservedRun) -> None:
    """Stocks of households, pools of sites, kits at sites and on loan."""
    t = observed.total
    out = t("goods_consumed") + t("goods_shared") + t("goods_donated")
    assert observed.change("households", "stock") == t("goods_restocked") - out
    into = t("goods_donated") + t("goods_delivered")
    assert observed.change("sites", "pool") == into - t("goods_distributed")
    into = t("goods_kits_returned") + t("goods_kits_added") + observed.planned("kits")
    assert observed.change("sites", "kits") == into - t("goods_kits_lent")
    on_loan = int((observed.engine.world.people.loan >= 0).sum())
    assert on_loan == t("goods_kits_lent") - t("goods_kits_returned") - t("goods_kits_lost")
    assert t("goods_consumed") > 0 and t("goods_kits_lent") > 0 and t("goods_distributed") > 0


def test_v3_euros_are_conserved(observed: ObservedRun) -> None:
    t = observed.total
    earned, spent = t("euros_grants") + t("euros_own_income"), t("euros_wages") + t("euros_running_costs")
    assert observed.change("sites", "reserve") - observed.planned("reserve") == earned - spent
    assert earned > 0


@pytest.mark.parametrize("domain", DOMAINS)
def test_v4_needs_are_met_or_not(domain: str, observed: ObservedRun) -> None:
    new, carried, unmet, faded = (observed.series(f"{name}_{domain}") for name in ("new", "carried", "unmet", "faded"))
    met = sum(observed.series(f"met_{source}_{domain}") for source in SOURCES)
    assert (new + carried == met + unmet).all()
    assert (unmet[:-1] == carried[1:] + faded[1:]).all() and carried[0] == faded[0] == 0
    assert unmet[-1] == observed.engine.world.people.backlog[:, DOMAINS.index(domain)].sum()
    assert new.sum() > 0 and met.sum() > 0


@pytest.mark.parametrize("domain", DOMAINS)
def test_v4_needs_of_crises_are_met_or_not(domain: str, observed: ObservedRun) -> None:
    new, carried, unmet, faded = (observed.series(f"crisis_{name}_{domain}")
                                  for name in ("new", "carried", "unmet", "faded"))
    met = sum(observed.series(f"crisis_met_{source}_{domain}") for source in SOURCES)
    assert (new + carried == met + unmet).all()
    assert ((unmet - faded)[:-1] == carried[1:]).all() and carried[0] == 0
    assert (unmet - faded)[-1] == observed.engine.world.people.crisis_backlog[:, DOMAINS.index(domain)].sum()
    assert new.sum() > 0 and met.sum() > 0 and faded.sum() > 0


@pytest.mark.parametrize("domain", DOMAINS)
def test_v4_aftermath_is_served_or_given_up_or_open(domain: str, observed: ObservedRun) -> None:
    made, scars, given_up, still_open = (observed.series(f"aftermath_{name}_{domain}")
                                         for name in ("made", "scars", "given_up", "open"))
    met = sum(observed.series(f"aftermath_met_{source}_{domain}") for source in SOURCES)
    assert (np.diff(still_open, prepend=0) == made + scars - met - given_up).all()
    homes, d = observed.engine.world.households, DOMAINS.index(domain)
    assert still_open[-1] == homes.aftermath[:, d].sum(dtype=np.int64)
    assert made.sum() + scars.sum() == homes.aftermath_made[:, d].sum(dtype=np.int64)
    assert given_up.sum() == homes.given_up[:, d].sum(dtype=np.int64)
    assert made.sum() > 0 and scars.sum() > 0 and met.sum() > 0


def test_some_had_to_leave_and_some_are_back(observed: ObservedRun) -> None:
    homes = observed.engine.world.households
    left = homes.displaced_on >= 0
    assert left.any() and (homes.displaced[~left] == 0).all() and (homes.first_lodging[left] > 0).all()


def test_v5_residents_are_alive_or_dead(observed: ObservedRun) -> None:
    alive, dead = observed.series("alive"), np.cumsum(observed.series("deaths"))
    assert (alive + dead == RESIDENTS).all() and alive[-1] == observed.engine.world.people.alive.sum()
    assert dead[-1] > 0


def test_v6_ties_are_held_on_both_sides(observed: ObservedRun) -> None:
    world = observed.engine.world
    assert_mirrors(world.ties, world.people)
    assert not world.ties.degree[world.people.alive == 0].any()
    world.check()


def test_v7_sessions_and_sites_never_exceed_their_capacity(observed: ObservedRun) -> None:
    assert min(observed.spare_seats) >= 0 and len(observed.spare_seats) > 100
    sites, share = observed.engine.world.sites, observed.engine.world.settings.joining.members_per_place
    if not observed.engine.levers:
        assert (sites.members <= np.floor(sites.places * share)).all()
