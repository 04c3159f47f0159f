"""Public aid: who applies, delays, rationing, and trust in institutions."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import public_aid
from simulator.phases.aftermath.pools import get_weekly_limits
from simulator.phases.aftermath.serving import list_open_adults
from simulator.phases.help.institution_means import compute_institution_means
from simulator.phases.public_aid import PATIENCE_DAYS, list_applicants
from simulator.rules.mutual_aid import crisis_application_probability
from simulator.rules.need_domains import BY_INSTITUTION
from simulator.world.population.people import HELPED_BY_INSTITUTION
from simulator.world.world import World
from tests.phases.crisis_world import EVERYONE, hit_world, model, play_phase
from tests.phases.helping import HEAT, hazard, moment

RICH = {"institution.capacity": 1e6}


def step(world: World, day: int = 5, **arguments) -> World:
    return play_phase(world, public_aid, day, card=HEAT, since=day, **arguments)


def applicants(world: World, day: int = 5, **arguments) -> np.ndarray:
    """bool[m]: which adults with something open apply."""
    context = moment(world, day, 1, (hazard(HEAT, EVERYONE, day),), **arguments)
    return list_applicants(world, context, list_open_adults(world, context)) >= 0


def test_nothing_is_given_before_the_delay_is_over() -> None:
    for since, cut, given in ((0, 0, False), (1, 0, False), (2, 0, True), (1, 1, True), (0, 9, True)):
        world = step(hit_world(5000), since, **{"institution.delay_reduction": float(cut)})
        assert (world.ledger.crisis_met[BY_INSTITUTION].sum() > 0) == given
    late = hit_world(5000)
    play_phase(late, public_aid, 30, since=None, crisis_day=0, **RICH)
    assert late.ledger.crisis_met[BY_INSTITUTION].sum() > 0, "aftermath is served when the crisis is over"


def test_a_ration_exceeds_neither_the_means_nor_a_households_limit() -> None:
    world = step(hit_world(50_000))
    means = np.floor(world.settings.aiding.capacity * world.institutions.residents)
    assert 0 < world.ledger.crisis_met[BY_INSTITUTION].sum() <= means.sum()
    rich = step(hit_world(50_000), span=7, **RICH)
    given = 50_000 - rich.people.crisis_backlog[(rich.people.crisis_marks & HELPED_BY_INSTITUTION) > 0]
    assert len(given) and (given == get_weekly_limits(rich, 7)).all()


def test_means_used_in_a_crisis_are_not_there_for_everyday_needs() -> None:
    world = hit_world(50_000)
    context = moment(world, 5, 1, (hazard(HEAT, EVERYONE, 5),))
    before = compute_institution_means(world, context)
    with world.writable(public_aid.WRITES):
        public_aid.step(world, context)
    after = compute_institution_means(world, context)
    assert (before - after).sum() == world.ledger.crisis_met[BY_INSTITUTION].sum() > 0 and (after >= 0).all()


def test_whether_one_applies_is_a_trait_for_a_crisis_with_the_chance_of_the_rule() -> None:
    world = hit_world(5000)
    first = applicants(world)
    assert all((applicants(world, day) == first).all() for day in (6, 40, 300))
    adults = world.people.age >= 15
    p = world.settings.collective_aid.numbers
    chance = np.array([crisis_application_probability(float(trust), 0.0, p)
                       for trust in world.people.trust_institutions[adults]])
    assert abs(first.sum() - chance.sum()) < 4 * np.sqrt((chance * (1 - chance)).sum())
    more = applicants(world, **{"institution.accessibility": 1.0})
    assert (more | ~first).all() and more.sum() > first.sum()


def test_the_register_reaches_those_who_do_not_apply() -> None:
    world = hit_world(5000, settings=model(collective_aid_apply=0.0))
    assert not applicants(world, **{"institution.register": 0.0}).any()
    reached = np.flatnonzero(world.people.age >= 15)[applicants(world, **{"institution.register": 1.0})]
    assert len(reached) and (world.people.age[reached] >= 65).all() and (world.people.consent[reached] == 1).all()


def test_trust_grows_with_the_first_aid_only() -> None:
    world = hit_world(50_000)
    before = world.people.trust_institutions.copy()
    step(world, **RICH)
    helped = (world.people.crisis_marks & HELPED_BY_INSTITUTION) > 0
    once = world.people.trust_institutions.copy()
    dose = world.settings.meeting.aid
    expected = 1 - (1 - before[helped].astype(float)) * np.exp(-dose)
    assert once[helped] == pytest.approx(expected, abs=1e-6) and (once[~helped] == before[~helped]).all()
    step(world, 6, **RICH)
    assert (world.people.trust_institutions[helped] == once[helped]).all()


def test_applying_in_vain_costs_trust_after_some_patience_and_not_every_day() -> None:
    world, nothing = hit_world(50_000), {"institution.capacity": 0.0}
    before = world.people.trust_institutions.copy()
    delay = HEAT.institution_delay
    step(world, delay + PATIENCE_DAYS - 1, **nothing)
    assert (world.people.trust_institutions == before).all()
    step(world, delay + PATIENCE_DAYS, **nothing)
    after = world.people.trust_institutions.copy()
    assert (after <= before).all() and (after < before).any()
    step(world, delay + PATIENCE_DAYS + 1, **nothing)
    assert (world.people.trust_institutions == after).all()


def test_cut_institutions_give_exactly_nothing() -> None:
    world = step(hit_world(50_000, 50_000), cuts=("institutions",), **RICH)
    assert not world.ledger.crisis_met.any() and not world.ledger.aftermath_met.any()
