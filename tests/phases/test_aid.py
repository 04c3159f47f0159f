"""Aid: whom residents turn to, who gives, and what it does to both."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.kernel.slot_arrays import to_dense_array
from simulator.phases import aid
from simulator.phases.help.answers import answer_requests
from simulator.phases.help.helper_choice import choose_helpers, find_best_helpers
from simulator.phases.help.requests import HELPED, REFUSED, ROUNDS, split_by_owner
from simulator.phases.step.columns import view_housing, view_residents, view_ties
from simulator.rules.need_domains import ASSISTANCE, KNOW_HOW
from simulator.world.ties.tie import find_slot_in_columns
from tests.phases.helping import moment
from tests.phases.small_world import small_world

N = 400


@pytest.fixture()
def world():
    world = small_world(4, N)
    with world.writable(["people.need", "people.backlog", "people.asked"]):
        world.people.need[::3] = world.people.backlog[::3] = 1500
        world.people.asked[::3] = 15
    world.ledger.clear()
    return world


def test_chosen_helpers_are_able_and_different(world) -> None:
    people = world.people
    requests = choose_helpers(world, moment(world, 0, 1), np.arange(0, N, 3, dtype=np.int32))
    asked = requests.target[requests.target >= 0]
    assert (people.age[asked] >= 15).all() and (people.frailty[asked] < 0.5).all()
    for row in requests.target:
        known = row[row >= 0]
        assert len(set(known)) == len(known)
    tied = requests.slot >= 0
    speaker = np.broadcast_to(requests.speaker[:, None], tied.shape)
    assert (world.ties.alter[speaker[tied], requests.slot[tied]] == requests.target[tied]).all()
    strangers = requests.target[~tied & (requests.target >= 0)]
    assert (people.building[strangers] == people.building[speaker[~tied & (requests.target >= 0)]]).all()


def test_blocks_choose_the_same_helpers_as_one_resident_at_a_time(world) -> None:
    context, p = moment(world, 0, 1), world.settings
    requests = choose_helpers(world, context, np.arange(0, N, 3, dtype=np.int32))
    for r in range(0, len(requests.row), 7):
        scores = np.full((1, ROUNDS), -np.inf)
        rows, slots = np.full((1, ROUNDS), -1, np.int32), np.full((1, ROUNDS), -1, np.int8)
        find_best_helpers(requests.row[r], np.int64(requests.speaker[r]), 1 << requests.domain[r], context.key,
                          context.day, p.asking.numbers, p.coping.numbers, view_residents(world), view_housing(world),
                          view_ties(world), scores, rows, slots)
        assert (rows[0] == requests.target[r]).all() and (slots[0] == requests.slot[r]).all()


def test_children_ask_through_their_household(world) -> None:
    requests = choose_helpers(world, moment(world, 0, 1), np.arange(0, N, 3, dtype=np.int32))
    children = world.people.age[requests.row] < 15
    assert children.any() and (world.people.age[requests.speaker] >= 15).all()
    assert (world.people.household[requests.speaker] == world.people.household[requests.row]).all()


def test_nobody_gives_more_than_they_have(world) -> None:
    context = moment(world, 0, 1)
    with world.writable(aid.WRITES):
        requests = choose_helpers(world, context, np.arange(0, N, 3, dtype=np.int32))
        outcomes, hours = answer_requests(world, context, requests)
    assert (world.people.lent <= 3000 * world.people.functioning).all()
    assert (world.people.lent == world.people.time_given).all()
    assert hours.sum() == outcomes.hours.sum() == world.people.lent.sum()
    assert (outcomes.hours <= 1000).all(), "one act a day"
    assert (outcomes.amount[requests.domain != KNOW_HOW] <= 1000).all()
    assert (outcomes.amount[outcomes.status != HELPED] == 0).all()


def test_trust_is_the_same_on_both_sides_of_a_tie(world) -> None:
    before, agency = to_dense_array(world.ties.trust), world.people.agency.copy()
    with world.writable(aid.WRITES):
        aid.step(world, moment(world, 0, 1))
    ties = world.ties
    assert (to_dense_array(ties.trust) > before).any() and (to_dense_array(ties.trust) < before).any()
    for i in range(N):
        for k in range(ties.degree[i]):
            j = ties.alter[i, k]
            back = find_slot_in_columns(ties.alter, ties.degree, world.people.uid, j, i)
            assert ties.alter_trust[i, k] == ties.trust[j, back]
    assert (world.people.agency > agency).any() and (world.people.agency < agency).any()
    assert world.ledger.met[:, ASSISTANCE].sum() > 0
    counts = dict(zip(world.ledger.COUNTS, world.ledger.counts, strict=True))
    assert counts["asked"] == counts["accepted"] + counts["refused"] > 0
    assert REFUSED


@pytest.mark.parametrize(("cut", "left"), [("ties", lambda slot, target: slot < 0),
                                           ("strangers", lambda slot, target: slot >= 0)])
def test_who_is_left_is_still_asked_when_a_channel_is_cut(world, cut: str, left) -> None:
    """All whom one would ask otherwise, in their order and without gaps."""
    rows = np.arange(0, N, 3, dtype=np.int32)
    usual, requests = (choose_helpers(world, moment(world, 0, 1), rows) for _ in range(2))
    aid.remove_cut_targets(world, moment(world, 0, 1, cuts=(cut,)), requests)
    for targets, slots, kept in zip(usual.target, usual.slot, requests.target, strict=True):
        expected = targets[left(slots, targets) & (targets >= 0)].tolist()
        assert kept.tolist() == expected + [-1] * (len(kept) - len(expected))
    assert (requests.target >= 0).any() and (requests.slot[requests.target < 0] == -1).all()


def test_parts_never_split_an_owner() -> None:
    owners = np.repeat(np.arange(7), [1, 50, 2, 2, 40, 3, 9])
    cuts = split_by_owner(owners, 16)
    assert cuts[0] == 0 and cuts[-1] == len(owners) and (np.diff(cuts) > 0).all()
    assert all(owners[cut - 1] != owners[cut] for cut in cuts[1:-1])
    assert split_by_owner(owners[:0]).tolist() == [0]
