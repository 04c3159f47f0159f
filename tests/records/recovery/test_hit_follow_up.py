"""Who was hit is followed by closed form: days back, deaths and losses of hand-made courses."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from simulator.records.recovery.crisis_episodes import list_crisis_episodes
from simulator.records.recovery.hit import build_crisis_hit_table, build_hit_table, build_recovery_table, summarise_hit
from simulator.records.recovery.hit_follow_up import HitFollowUp
from simulator.records.recovery.hit_measures import BACK, DIED, NOT_EVER, NOT_YET
from simulator.world.population.people import HIT
from tests.phases.small_world import small_world

ONSET, HORIZON, MICRO = 10, 400, 1_000_000


def follow(courses, horizon=HORIZON, span=1, alive_until=None, loss=None):
    """Follow hand-made courses, functioning by day since onset, of the first residents of a small world."""
    world, followed = small_world(), HitFollowUp(horizon)
    people, k = world.people, len(courses)
    with world.writable(["people.functioning", "people.crisis_marks", "people.loss_micro", "people.alive"]):
        people.functioning[:], people.loss_micro[:], people.crisis_marks[:k] = 1.0, 0, HIT
        followed.add_step(world, SimpleNamespace(day=0, span=ONSET, onset=None))
        for day in range(0, horizon + span, span):
            for i, course in enumerate(courses):
                people.functioning[i] = course(day + span - 1)
                people.alive[i] = int(day < (alive_until or {}).get(i, 10_000))
                people.loss_micro[i] = (loss or (lambda i, end: 0))(i, day + span) * MICRO
            followed.add_step(world, SimpleNamespace(day=ONSET + day, span=span, onset=ONSET))
    return world, followed


def tabulate(courses, **how):
    """The table of these residents, in the order of the courses."""
    world, followed = follow(courses, **how)
    table = build_hit_table(world, followed)
    place = {uid: k for k, uid in enumerate(table["uid"].tolist())}
    rows = [place[int(uid)] for uid in world.people.uid[:len(courses)]]
    return {name: values[rows] for name, values in table.items()}


def test_day_back_is_the_first_from_which_functioning_holds_28_days():
    courses = [lambda day: 0.5 if day < 40 else 1.0,                      # away 40 days, well at the end of the 41st
               lambda day: 0.5 if day < 40 or 60 <= day < 70 else 1.0,    # back for 20 days only, then for good
               lambda day: 1.0,                                           # hit, never below
               lambda day: 1.0 if day < 90 else 0.5,                      # falls late and stays
               lambda day: 0.5 if day < HORIZON - 10 else 1.0,            # back, but not yet for 28 days
               lambda day: 0.5 if 50 <= day < 60 else 1.0]                # falls after more than 28 good days
    table = tabulate(courses)
    assert table["back"].tolist() == [41, 71, 0, -1, -1, 61]
    assert table["state"].tolist() == [BACK, BACK, BACK, NOT_YET, NOT_YET, BACK] and table["hit"].all()


def test_weeks_tell_the_end_of_the_first_good_week():
    table = tabulate([lambda day: 0.5 if day < 40 else 1.0], span=7)
    assert table["back"].tolist() == [42]


def test_death_before_being_back_is_no_recovery():
    courses = [lambda day: 0.5 if day < 40 else 1.0] * 3
    table = tabulate(courses, alive_until={0: 30, 1: 50, 2: 300})
    assert table["back"].tolist() == [-1, -1, 41] and (table["state"] == DIED).all()
    assert table["died"].tolist() == [31, 51, 301]


def test_who_dies_at_once_is_among_the_hit():
    table = tabulate([lambda day: 1.0], alive_until={0: 0})
    assert table["hit"].tolist() == [1] and table["back"].tolist() == [-1] and table["state"].tolist() == [DIED]


def test_losses_are_told_to_a_year_and_to_the_horizon_within_a_week():
    table = tabulate([lambda day: 0.5] * 2, span=7, loss=lambda i, end: (1 + i) * end)
    assert np.allclose(table["loss_year"], [365, 730]) and np.allclose(table["loss"], [400, 800])
    short = tabulate([lambda day: 0.5], horizon=60, loss=lambda i, end: end)
    assert np.allclose(short["loss_year"], 60) and np.allclose(short["loss"], 60)


def test_lost_for_good_beyond_the_level_is_never_and_others_are_in_no_row():
    world, followed = follow([lambda day: 0.5])
    with world.writable(["households.given_up"]):
        world.households.given_up[world.people.household[0]] = 10**9
    table = build_hit_table(world, followed)
    assert table["state"].tolist() == [NOT_EVER] and table["permanent"][0] > 0.05 and len(table["uid"]) == 1


def test_a_copy_continues_alone():
    world, followed = follow([lambda day: 0.5])
    other = followed.copy()
    other.days["back_on"][0] = 3
    assert followed.days["back_on"][0] == -1


FLOODS = {"crises": [{"id": "flood", "start": "2027-06-07", "days": 5, "again": ["2027-09-15"]}],
          "calendar": {"horizon_days": HORIZON}}
"""Two floods, 100 days apart."""


def follow_two_floods(courses, hit_again):
    """Residents all hit by the first flood, and those of `hit_again` by a need of the second, 100 days later."""
    world, followed = small_world(), HitFollowUp(HORIZON, list_crisis_episodes(FLOODS))
    people, columns = world.people, ["people.functioning", "people.crisis_marks", "people.crisis_need"]
    with world.writable(columns):
        people.functioning[:], people.crisis_marks[:len(courses)] = 1.0, HIT
        for day in range(HORIZON):
            step = SimpleNamespace(day=ONSET + day, span=1, onset=ONSET)
            followed.begin_step(world, step)
            people.crisis_need[...] = 0
            people.crisis_need[list(hit_again), 0] = day == 101
            for i, course in enumerate(courses):
                people.functioning[i] = course(day)
            followed.add_step(world, step)
    order = np.argsort(people.uid[:len(courses)])
    return world, followed, order


def test_the_next_crisis_ends_the_clock_of_the_one_before():
    courses = [lambda day: 0.5 if day < 40 or 110 <= day < 150 else 1.0,   # back from both
               lambda day: 0.5 if day < 90 else 1.0,       # back for 10 days only when the next begins, not hit again
               lambda day: 0.5 if day < 40 or day >= 110 else 1.0,         # back from the first, never from the second
               lambda day: 0.5]                                            # never back, not hit again
    world, followed, order = follow_two_floods(courses, hit_again=(0, 2))
    by_crisis, hit = build_crisis_hit_table(world, followed), build_hit_table(world, followed)
    first, second = ([None] * 4, [None] * 4)
    for crisis, uid, back in zip(by_crisis["crisis"], by_crisis["uid"], by_crisis["back"]):
        (first if crisis == 1 else second)[world.people.uid[:4].tolist().index(uid)] = int(back)
    assert first == [41, -1, 41, -1] and second == [51, None, -1, None]
    last_return = np.array([151, 91, -1, -1])
    assert hit["back"].tolist() == last_return[order].tolist(), "after the last crisis that made it fall"
    days = [41 + 51, 100, 41 + 300, 100]
    assert hit["days"].tolist() == np.array(days)[order].tolist()
    run = summarise_hit(world, hit, HORIZON, (by_crisis["back"][by_crisis["crisis"] == 1], 100))
    assert run["days_not_back"] == np.mean(days) and run["not_back"] == 0.5 and run["back_50"] == 41
    told = build_recovery_table(list_crisis_episodes(FLOODS), hit, by_crisis)
    assert told["clock"].tolist() == [100, 300] and told["is_censored"].tolist() == [1, 0]
    assert told["hit"].tolist() == [4, 2] and told["not_back"].tolist() == [0.5, 0.5]
    assert told["days_not_back"].tolist() == [(41 + 41 + 100 + 100) / 4, (51 + 300) / 2]


def test_damage_of_a_later_crisis_hits_whoever_lives_there():
    world, followed = small_world(), HitFollowUp(HORIZON, list_crisis_episodes(FLOODS))
    struck = int(world.people.household[0])
    for day in (99, 100):
        step = SimpleNamespace(day=ONSET + day, span=1, onset=ONSET)
        followed.begin_step(world, step)
        assert followed.awaits_strike == (day == 100)
        with world.writable(["households.aftermath_on"]):
            world.households.aftermath_on[struck] = ONSET + day
        followed.note_strike(world, ONSET + day)
        followed.add_step(world, step)
    told = build_crisis_hit_table(world, followed)
    members = np.sort(world.people.uid[(world.people.household == struck) & (world.people.alive > 0)])
    assert told["uid"].tolist() == members.tolist() and set(told["crisis"].tolist()) == {2}


def test_overlapping_crises_are_one_and_severity_none_counts():
    cards = [{"id": "storm", "start": "2027-06-10", "days": 3}, {"id": "flood", "start": "2027-06-07", "days": 5},
             {"id": "heatwave", "start": "2027-06-13", "days": 9, "severity": 0.0},
             {"id": "unrest", "start": "2029-06-13", "days": 9}]
    found = list_crisis_episodes({"crises": cards, "calendar": {"horizon_days": HORIZON}})
    assert [(one.crises, one.first, one.end, one.clock, one.is_censored) for one in found] == [
        (("flood", "storm"), 0, 6, 6, True), (("heatwave",), 6, 15, 394, False)]
    assert not list_crisis_episodes({"crises": [], "calendar": {"horizon_days": HORIZON}})
