"""Who was hit is followed by closed form: days back, deaths and losses of hand-made courses."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from simulator.records.hit import build_hit_table
from simulator.records.hit_follow_up import HitFollowUp
from simulator.records.hit_measures import BACK, DIED, NOT_EVER, NOT_YET
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
