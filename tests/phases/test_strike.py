"""Strike: damage of homes, who has to leave, who is lodged by whom."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.crises.card import Damage, DamageSize
from simulator.phases import strike
from simulator.phases.strike import MAX_DAMAGE, draw_damage
from simulator.world.population.people import HIT
from tests.phases.crisis_world import EVERYONE, N, hit_world, play_phase
from tests.phases.helping import FLOOD, Card
from tests.reference.compare import differences

UNTOUCHED = {"people_crisis_marks": 0}


def struck(card: Card = FLOOD, **arguments):
    return play_phase(hit_world(**UNTOUCHED), strike, card=card, since=0, **arguments)


def flood(**entries) -> Card:
    return Card("flood", "flow", [0.0] * 4, **entries)


def test_a_crisis_strikes_on_its_first_day_only() -> None:
    world = play_phase(hit_world(**UNTOUCHED), strike, since=1)
    assert not differences(world, hit_world(**UNTOUCHED))
    assert differences(struck(), hit_world(**UNTOUCHED))


def test_without_damage_and_displacement_nothing_is_struck() -> None:
    assert not differences(struck(flood()), hit_world(**UNTOUCHED))
    assert not differences(struck(exposure=np.zeros(N, np.float32)), hit_world(**UNTOUCHED))


def test_the_ledger_has_what_homes_have_and_their_members_are_hit() -> None:
    world = struck()
    homes, people = world.households, world.people
    assert (world.ledger.aftermath_made == homes.aftermath.sum(axis=0)).all() and homes.aftermath.any()
    assert (homes.aftermath_made == homes.aftermath).all()
    damaged = homes.aftermath.any(axis=1)
    assert ((homes.aftermath_on == 0) == damaged).all() and 0 < damaged.sum() < len(homes)
    touched = damaged | (homes.displaced > 0)
    assert ((people.crisis_marks & HIT > 0) == touched[people.household]).all()


def test_a_larger_share_damages_the_same_homes_and_more() -> None:
    sizes = [DamageSize(10.0)] * 4
    hit = [struck(flood(damage=Damage(share, *sizes))).households.aftermath.any(axis=1)
           for share in (0.0, 0.2, 0.6, 1.0)]
    assert not hit[0].any() and hit[-1].all()
    for less, more in zip(hit, hit[1:], strict=False):
        assert (more | ~less).all() and more.sum() > less.sum()


def test_damage_is_log_normal_and_in_proportion_to_exposure() -> None:
    world = hit_world()
    hours = np.array([draw_damage(world.key, uid, 7, 0, 2, 40.0, 0.8, 1.0) for uid in range(4000)]) / 1000
    logs = np.log(hours / 40.0)
    assert abs(logs.mean()) < 4 * 0.8 / np.sqrt(4000) and logs.std() == pytest.approx(0.8, rel=0.05)
    halves = np.array([draw_damage(world.key, uid, 7, 0, 2, 40.0, 0.8, 0.5) for uid in range(4000)]) / 1000
    assert np.abs(halves - hours / 2).max() <= 0.001
    assert draw_damage(world.key, 1, 7, 0, 2, 0.0, 0.8, 1.0) == 0
    assert max(draw_damage(world.key, uid, 7, 0, 2, 2000.0, 2.0, 1.0) for uid in range(4000)) == MAX_DAMAGE


def test_who_is_displaced_is_lodged_by_those_they_have() -> None:
    world = struck(flood(displaced=1.0))
    homes, people = world.households, world.people
    assert (homes.displaced > 0).all() and (homes.displaced_on == 0).all()
    assert (homes.first_lodging == homes.displaced).all()
    strong = np.array([(world.ties.trust[i, :world.ties.degree[i]] >= world.settings.displacement.strong_trust).sum()
                       for i in range(N)]) + people.far_kin
    host = np.bincount(people.household, weights=strong) > 0
    assert (homes.displaced[~host] == 2).all()
    share = (homes.displaced[host] == 1).mean()
    assert abs(share - world.settings.displacement.lodged) < 4 * np.sqrt(0.25 / host.sum())


def test_ties_that_are_cut_lodge_nobody() -> None:
    assert (struck(flood(displaced=1.0), cuts=("ties", "far_ties")).households.displaced == 2).all()


def test_promises_last_only_where_something_is_still_open() -> None:
    """One household has aftermath, one resident a need; when another crisis begins all may ask anew."""
    world = hit_world(0, people_promise=3, people_asked_on=0, people_times_asked=2)
    home = int(world.people.household[0])
    needy = int(np.flatnonzero(world.people.household != home)[0])
    with world.writable(["households.aftermath", "people.crisis_backlog"]):
        world.households.aftermath[home, 1], world.people.crisis_backlog[needy, 0] = 500, 500
    play_phase(world, strike, 5, since=0, exposure=EVERYONE)
    kept = world.people.household == home
    kept[needy] = True
    assert (world.people.promise[kept] == 3).all() and (world.people.promise[~kept] == -1).all()
    assert (world.people.asked_on == -1).all() and not world.people.times_asked.any()


def test_who_has_made_good_the_last_crisis_begins_anew_and_who_is_damaged_again_waits_anew() -> None:
    world = struck()
    homes = world.households
    damaged = homes.aftermath.any(axis=1)
    half = np.cumsum(damaged) <= damaged.sum() / 2
    with world.writable(["households.aftermath"]):
        homes.aftermath[damaged & half] = 0
    made = homes.aftermath_made.copy()
    play_phase(world, strike, day=400, since=0, exposure=EVERYONE)
    again = (homes.aftermath_made != made).any(axis=1)
    assert (homes.aftermath_on[again & homes.aftermath.any(axis=1)] == 400).all() and again.any()
    assert (homes.aftermath_made[half] == homes.aftermath[half]).all(), "nothing of the first crisis is left there"
    still = damaged & ~half & ~again
    assert (homes.aftermath_on[still] == 0).all() and (homes.aftermath_made[still] == made[still]).all()
