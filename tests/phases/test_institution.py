"""Institution: applications of everyday life, rationing, and trust in institutions."""

from __future__ import annotations

import numpy as np

from simulator.phases import institution
from simulator.rules.need_domains import ASSISTANCE, BY_INSTITUTION
from tests.phases.helping import moment
from tests.phases.small_world import small_world

N = 300


def needy():
    world = small_world(6, N)
    with world.writable(["people.need", "people.backlog", "people.episode"]):
        world.people.need[:, ASSISTANCE] = world.people.backlog[:, ASSISTANCE] = 5000
        world.people.episode[:, ASSISTANCE] = 0
    return world


def step(world, day: int = 0, **overrides) -> None:
    world.ledger.clear()
    with world.writable(institution.WRITES):
        institution.step(world, moment(world, day, 1, **overrides))


def test_a_ration_never_exceeds_the_means() -> None:
    world = needy()
    step(world)
    most = np.floor(10.0 * world.institutions.residents / 1000 * 1000)
    assert 0 < world.ledger.met[BY_INSTITUTION].sum() <= most.sum()


def test_the_register_reaches_those_who_do_not_apply() -> None:
    few, many = needy(), needy()
    step(few, 1, **{"institution.register": 0.0, "institution.capacity": 1e6})
    step(many, 1, **{"institution.register": 1.0, "institution.capacity": 1e6})
    assert few.ledger.met.sum() == 0, "nobody applies on the second day of an episode"
    reached = many.people.backlog[:, ASSISTANCE] == 0
    assert reached.any() and (many.people.age[reached] >= 65).all() and (many.people.consent[reached] == 1).all()


def test_aid_builds_trust_once_an_episode_and_applying_in_vain_costs_it_once() -> None:
    world = needy()
    start = world.people.trust_institutions.copy()
    step(world, 0, **{"institution.capacity": 0.0})
    after = world.people.trust_institutions.copy()
    let_down = after < start
    assert let_down.any() and (after <= start).all()
    step(world, 1, **{"institution.capacity": 0.0})
    assert (world.people.trust_institutions == after).all()
    step(world, 2, **{"institution.capacity": 20.0})
    up = world.people.trust_institutions.copy()
    assert (up > after).any() and (up >= after).all()
    step(world, 3, **{"institution.capacity": 20.0})
    assert (world.people.trust_institutions == up).all()
