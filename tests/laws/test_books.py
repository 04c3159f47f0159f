"""Conservation over whole runs, with ==: hours, goods, euros, needs, people, ties, seats (model 10, V1 to V7)."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.phases.projects.session import gather, seats
from simulator.rules.domain import DOMAINS, SOURCES
from simulator.world.world import World
from tests.laws.trial import column, every_lever, fresh, trial
from tests.phases.mirrors import assert_mirrors

RESIDENTS = 500


class Watched:
    """A run played to its end, the world it began in, and how far each session was from its last seat."""

    def __init__(self, *levers) -> None:
        run = trial(*levers)
        world = fresh(run)
        self.before, self.engine = world.copy(), Engine(run, world=world)
        self.spare_seats: list[int] = []
        while not self.engine.done:
            self.spare_seats += spare_seats(self.engine)
            self.engine.step()
            check_members(world)
        self.engine.finish()

    def series(self, name: str) -> np.ndarray:
        """A column of the series."""
        return column(self.engine, name)

    def total(self, name: str) -> int:
        """Its sum over the run."""
        return int(self.series(name).sum())

    def planned(self, name: str) -> int:
        """What the sites that levers open begin with."""
        return sum(getattr(plan, name) for lever in self.engine.levers for plan in lever.plans)

    def change(self, table: str, name: str) -> int:
        """The sum of a column at the end less its sum at the beginning."""
        now, then = (getattr(getattr(world, table), name).sum(dtype=np.int64)
                     for world in (self.engine.world, self.before))
        return int(now - then)


def spare_seats(engine: Engine) -> list[int]:
    """Free seats of each session of the step to come."""
    held = gather(engine.world, engine.moment())
    site = held.site[held.first[:-1]]
    return (seats(engine.world)[site] - np.diff(held.first)).tolist()


def check_members(world: World) -> None:
    """Sites' counts of members are the members; only the living of 15 and over belong."""
    people = world.people
    belongs = people.member >= 0
    assert (np.bincount(people.member[belongs], minlength=world.sites.rows) == world.sites.members).all()
    assert (people.age[belongs] >= 15).all() and (world.sites.open[people.member[belongs]] == 1).all()


@pytest.fixture(scope="module", params=["no lever", "every lever"])
def watched(request: pytest.FixtureRequest) -> Watched:
    """A run without levers, and one with every one of them; in both somebody dies."""
    return Watched(*(every_lever() if request.param == "every lever" else ()))


def test_v1_hours_given_are_hours_received(watched: Watched) -> None:
    given = [name for name in watched.engine.record.tables["series"] if name.startswith("hours_given_")]
    assert len(given) == 6
    for name in given:
        assert (watched.series(name) == watched.series(name.replace("given", "received"))).all()
    assert sum(map(watched.total, given)) > 0


def test_v2_goods_are_somewhere(watched: Watched) -> None:
    """Stocks at home, pools of sites, kits on shelves and on loan."""
    t = watched.total
    out = t("goods_consumed") + t("goods_passed") + t("goods_donated")
    assert watched.change("households", "stock") == t("goods_restocked") - out
    into = t("goods_donated") + t("goods_delivered")
    assert watched.change("sites", "pool") == into - t("goods_relieved")
    into = t("goods_kits_back") + t("goods_kits_in") + watched.planned("kits")
    assert watched.change("sites", "kits") == into - t("goods_kits_out")
    on_loan = int((watched.engine.world.people.loan >= 0).sum())
    assert on_loan == t("goods_kits_out") - t("goods_kits_back") - t("goods_kits_lost")
    assert t("goods_consumed") > 0 and t("goods_kits_out") > 0 and t("goods_relieved") > 0


def test_v3_euros_are_in_the_reserves(watched: Watched) -> None:
    t = watched.total
    earned, spent = t("euros_grants") + t("euros_own"), t("euros_wages") + t("euros_running")
    assert watched.change("sites", "reserve") - watched.planned("reserve") == earned - spent
    assert earned > 0


@pytest.mark.parametrize("domain", DOMAINS)
def test_v4_needs_are_met_or_not(domain: str, watched: Watched) -> None:
    new, carried, unmet, faded = (watched.series(f"{name}_{domain}") for name in ("new", "carried", "unmet", "faded"))
    met = sum(watched.series(f"met_{source}_{domain}") for source in SOURCES)
    assert (new + carried == met + unmet).all()
    assert (unmet[:-1] == carried[1:] + faded[1:]).all() and carried[0] == faded[0] == 0
    assert unmet[-1] == watched.engine.world.people.backlog[:, DOMAINS.index(domain)].sum()
    assert new.sum() > 0 and met.sum() > 0


def test_v5_people_are_alive_or_dead(watched: Watched) -> None:
    alive, dead = watched.series("alive"), np.cumsum(watched.series("deaths"))
    assert (alive + dead == RESIDENTS).all() and alive[-1] == watched.engine.world.people.alive.sum()
    assert dead[-1] > 0


def test_v6_ties_are_held_on_both_sides(watched: Watched) -> None:
    world = watched.engine.world
    assert_mirrors(world.ties, world.people)
    assert not world.ties.degree[world.people.alive == 0].any()
    world.check()


def test_v7_nobody_sits_on_the_floor(watched: Watched) -> None:
    assert min(watched.spare_seats) >= 0 and len(watched.spare_seats) > 100
    sites, share = watched.engine.world.sites, watched.engine.world.settings.joining.members_per_place
    if not watched.engine.levers:
        assert (sites.members <= np.floor(sites.places * share)).all()
