"""Every shipped lever moves what its card says it moves, in the direction it says, and turns nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from simulator.crises.exposure import exposure
from simulator.kernel.slots import whole
from simulator.levers.active import ActiveLever
from simulator.levers.modifiers import Turned
from simulator.rules.domain import INSTITUTION, KIT, KNOW, SITE, STRANGER
from simulator.rules.kind import NEIGHBOUR
from tests.crises.example import shipped as shipped_crisis
from tests.levers.example import CARDS, shipped
from tests.levers.small_run import Played, ground, prompt, small_run, with_lever, without

NAMES = sorted(path.stem for path in CARDS.glob("*.yaml"))
CODES = [f"L{k}" for k in range(1, 22)] + [f"R{k}" for k in range(1, 5)]


def members_trust(run: Played) -> float:
    """Mean trust in institutions of those who belong to a site without the lever."""
    return float(run.world.people.trust_institutions[without().world.people.member >= 0].mean())


def neighbours(run: Played) -> int:
    """Ties between neighbours."""
    ties = run.world.ties
    return int(((whole(ties.kind) == NEIGHBOUR) & (whole(ties.other) >= 0)).sum())


def grants(run: Played) -> int:
    """Grants that run at the two sites of the start."""
    return int(np.bitwise_count(run.world.sites.grants[:2]).sum())


def roof_and_walls(run: Played) -> float:
    """Exposure to a heat wave."""
    return float(exposure(shipped_crisis("heatwave"), run.world).sum())


def skill(run: Played) -> float:
    """Know-how and the other skills of all."""
    return float(run.world.people.skill.sum())


MOVES: dict[str, list[tuple[Callable[[Played], float], int]]] = {
    "open_project": [(lambda r: r.count("opened"), 1)],
    "longer_hours": [(lambda r: r.count("joined"), 1)],
    "coordinator": [(lambda r: r.count("met_pairs"), 1)],
    "outreach": [(lambda r: float((r.world.people.aware > 0).sum()), 1), (lambda r: r.count("joined"), 1)],
    "mixed_publics": [(lambda r: r.count("met_pairs"), 1)],
    "know_how_exchange": [(skill, 1)],
    "library_of_things": [(lambda r: r.good("kits_in"), 1), (lambda r: r.good("kits_out"), 1)],
    "micro_grants": [(lambda r: r.count("opened"), 1)],
    "co_governance": [(members_trust, 1)],
    "stable_funding": [(grants, 1)],
    "site_network": [(lambda r: float((r.world.people.aware > 0).sum()), 1)],
    "preparedness_training": [(lambda r: float(r.calm.goods[0]), 1),
                              (lambda r: float(r.world.people.skill[:, KNOW].sum()), 1)],
    "volunteer_reserve": [(lambda r: r.crisis.met[STRANGER].sum(), 1)],
    "phone_tree_and_register": [(lambda r: r.crisis.counts[r.crisis.COUNTS.index("found")], 1)],
    "building_referents": [(lambda r: r.count("found"), 1), (neighbours, 1)],
    "refuge_rooms": [(lambda r: r.crisis.met[SITE, KIT], 1)],
    "emergency_fund": [(lambda r: r.good("delivered"), 1), (lambda r: float(r.world.sites.pool.sum()), 1)],
    "low_threshold_welcome": [(lambda r: r.count("joined"), 1)],
    "solidarity_price": [(lambda r: r.count("joined"), 1), (lambda r: float(r.calm.goods[0]), 1)],
    "convivial_events": [(lambda r: r.count("born"), 1)],
    "care_for_volunteers": [(lambda r: float(r.world.people.load.sum()), -1)],
    "fans": [(lambda r: float(r.world.households.kit.sum()), 1), (lambda r: -r.crisis.unmet[KIT], 1)],
    "insulation": [(lambda r: float(r.world.households.insulated.sum()), 1), (roof_and_walls, -1)],
    "cash": [(lambda r: float(r.world.households.cushion.sum()), 1)],
    "institutional_capacity": [(lambda r: (r.calm.met + r.crisis.met)[INSTITUTION].sum(), 1)],
}
"""Lever to what it moves, and which way."""


def test_all_levers_are_there_and_each_says_what_it_moves():
    assert sorted((shipped(name).code for name in NAMES), key=CODES.index) == CODES
    assert set(MOVES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_moves_what_its_card_says(name):
    played = with_lever(name)
    played.world.check()
    for measure, sign in MOVES[name]:
        assert sign * measure(played) > sign * measure(without())


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_turns_its_own_handles_and_no_other(name):
    """M9. Sites and residents it does not reach keep the base value of those handles."""
    card = prompt(shipped(name))
    active = ActiveLever(card, 0)
    active.resolve(ground())
    turned, plain = Turned(ground(), [active], day=14), Turned(ground())
    assert set(turned.touched()) == {turn.handle for turn in card.turns}
    for handle in turned.touched():
        owner, _, rest = handle.partition(".")
        value, base = (np.atleast_1d(getattr(each, owner)(rest)) for each in (turned, plain))
        others = np.setdiff1d(np.arange(len(value)), active.reach.rows(owner))
        assert np.array_equal(value[others], np.broadcast_to(base, value.shape)[others])
        assert (value != base).any()


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_without_dose_is_no_lever(name):
    card = prompt(shipped(name))
    idle = ActiveLever(card.__class__(**{**vars(card), "dose": 0.0}), 0)
    idle.resolve(ground())
    assert not Turned(ground(), [idle], day=70).touched()


def test_micro_grants_end_as_announced_without_any_disappointment():
    """Groups last 182 days here cut to 70: they open, gather members, close, and nobody loses trust."""
    card = prompt(shipped("micro_grants"))
    card.projects.days = 70
    opened = []
    played = small_run(card, lambda world, day: opened.append(int(world.sites.open[2:].sum())))
    assert max(opened) >= 3 and opened[-1] == 0 and played.count("closed") >= played.count("opened") >= 12
    people, sites = played.world.people, played.world.sites
    assert (sites.closes[2:] - sites.opens[2:] == 70).all()
    assert not np.isin(people.candidate, np.arange(2, sites.rows)).any() and people.member.max() < 2


@pytest.mark.parametrize("handed_over", [False, True])
@pytest.mark.parametrize("name", [name for name in NAMES if shipped(name).window.days])
def test_a_lever_that_ends_costs_trust_unless_somebody_takes_over(name, handed_over):
    """Ends on a Thursday, among weekly steps: told once, on the next boundary, to those it reached."""
    card = prompt(shipped(name))
    card.handed_over, card.window.days = handed_over, 17
    active = ActiveLever(card, 0)
    active.resolve(ground())
    told = {owner: [float(np.asarray(getattr(Turned(ground(), [active], day=day), owner)("let_down")).sum())
                    for day in range(40)] for owner in ("site", "resident")}
    owners = {turn.handle.partition(".")[0] for turn in card.turns} - {"territory"}
    expected = {"site": "site" in owners, "resident": bool(owners & {"resident", "institution"})}
    for owner, days in told.items():
        assert [day for day, value in enumerate(days) if value] == ([21] if expected[owner] and not handed_over else [])


@pytest.mark.parametrize("name", [name for name in NAMES if shipped(name).window.days
                                  and "territory.projects" not in [turn.handle for turn in shipped(name).turns]])
def test_being_dropped_leaves_less_trust_in_institutions_than_being_handed_over(name):
    """Seventy days, then nothing: the same lever, with and without somebody to take over."""
    card = prompt(shipped(name))
    card.window.days = 70
    dropped, kept = (small_run(replace(card, handed_over=over)).world for over in (False, True))
    assert dropped.people.trust_institutions.mean() < kept.people.trust_institutions.mean()
