"""Whom one turns to, who gives, and what it does to both."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.slots import whole
from simulator.phases import aid
from simulator.phases.help.choose import best, choose
from simulator.phases.help.give import give
from simulator.phases.help.request import HELPED, REFUSED, ROUNDS, parts
from simulator.phases.step.columns import folk, homes, links
from simulator.rules.domain import CARE, KNOW
from simulator.world.ties.tie import find_slot
from tests.phases.helping import moment
from tests.phases.small_world import small_world

N = 400


@pytest.fixture()
def world():
    world = small_world(4, N)
    with world.lend(["people.need", "people.backlog", "people.voiced"]):
        world.people.need[::3] = world.people.backlog[::3] = 1500
        world.people.voiced[::3] = 15
    world.ledger.clear()
    return world


def test_the_three_chosen_are_able_and_different(world) -> None:
    people = world.people
    requests = choose(world, moment(world, 0, 1), np.arange(0, N, 3, dtype=np.int32))
    asked = requests.target[requests.target >= 0]
    assert (people.age[asked] >= 15).all() and (people.frailty[asked] < 0.5).all()
    for row in requests.target:
        known = row[row >= 0]
        assert len(set(known)) == len(known)
    tied = requests.slot >= 0
    speaker = np.broadcast_to(requests.speaker[:, None], tied.shape)
    assert (world.ties.other[speaker[tied], requests.slot[tied]] == requests.target[tied]).all()
    strangers = requests.target[~tied & (requests.target >= 0)]
    assert (people.building[strangers] == people.building[speaker[~tied & (requests.target >= 0)]]).all()


def test_chosen_by_blocks_are_those_chosen_one_by_one(world) -> None:
    now, p = moment(world, 0, 1), world.settings
    requests = choose(world, now, np.arange(0, N, 3, dtype=np.int32))
    for r in range(0, len(requests.row), 7):
        scores = np.full((1, ROUNDS), -np.inf)
        rows, slots = np.full((1, ROUNDS), -1, np.int32), np.full((1, ROUNDS), -1, np.int8)
        best(requests.row[r], np.int64(requests.speaker[r]), 1 << requests.domain[r], now.key, now.day,
             p.asking.numbers, p.coping.numbers, folk(world), homes(world), links(world), scores, rows, slots)
        assert (rows[0] == requests.target[r]).all() and (slots[0] == requests.slot[r]).all()


def test_children_ask_through_their_household(world) -> None:
    requests = choose(world, moment(world, 0, 1), np.arange(0, N, 3, dtype=np.int32))
    children = world.people.age[requests.row] < 15
    assert children.any() and (world.people.age[requests.speaker] >= 15).all()
    assert (world.people.household[requests.speaker] == world.people.household[requests.row]).all()


def test_nobody_gives_more_than_they_have(world) -> None:
    now = moment(world, 0, 1)
    with world.lend(aid.WRITES):
        requests = choose(world, now, np.arange(0, N, 3, dtype=np.int32))
        outcomes, hours = give(world, now, requests)
    assert (world.people.lent <= 3000 * world.people.functioning).all()
    assert (world.people.lent == world.people.busy).all()
    assert hours.sum() == outcomes.hours.sum() == world.people.lent.sum()
    assert (outcomes.hours <= 1000).all(), "one act a day"
    assert (outcomes.amount[requests.domain != KNOW] <= 1000).all()
    assert (outcomes.amount[outcomes.status != HELPED] == 0).all()


def test_both_sides_of_a_tie_remember_the_same(world) -> None:
    before, agency = whole(world.ties.trust), world.people.agency.copy()
    with world.lend(aid.WRITES):
        aid.step(world, moment(world, 0, 1))
    ties = world.ties
    assert (whole(ties.trust) > before).any() and (whole(ties.trust) < before).any()
    for i in range(N):
        for k in range(ties.degree[i]):
            j = ties.other[i, k]
            back = find_slot(ties.other, ties.degree, world.people.uid, j, i)
            assert ties.mirror[i, k] == ties.trust[j, back]
    assert (world.people.agency > agency).any() and (world.people.agency < agency).any()
    assert world.ledger.met[:, CARE].sum() > 0
    counts = dict(zip(world.ledger.COUNTS, world.ledger.counts, strict=True))
    assert counts["asked"] == counts["accepted"] + counts["refused"] > 0
    assert REFUSED


def test_parts_never_split_an_owner() -> None:
    owners = np.repeat(np.arange(7), [1, 50, 2, 2, 40, 3, 9])
    cuts = parts(owners, 16)
    assert cuts[0] == 0 and cuts[-1] == len(owners) and (np.diff(cuts) > 0).all()
    assert all(owners[cut - 1] != owners[cut] for cut in cuts[1:-1])
    assert parts(owners[:0]).tolist() == [0]
