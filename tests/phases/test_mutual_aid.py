"""Mutual aid: who has a voice, whom they ask, who says yes, and what promises are worth."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.phases import mutual_aid
from simulator.phases.aftermath.asking_round import ask_for_promises, list_voices
from simulator.phases.aftermath.serving import list_open_adults
from simulator.phases.aftermath.whom_to_ask import FAR_KIN, FAR_OTHER, MAX_ASKED, MAX_FAR_KIN, MAX_FAR_OTHER
from simulator.rules.mutual_aid import promise_probability, voice_probability
from simulator.rules.need_domains import ASSISTANCE, BY_KIN, BY_OFF_MAP, BY_STRANGER, SOURCES
from simulator.world.population.people import ASKED, FOUND, HELPED_BY_PERSON, HIT
from simulator.world.world import World
from tests.phases.crisis_world import EVERYONE, N, hit_world, model, play_phase
from tests.phases.helping import FLOOD, hazard, moment
from tests.phases.mirrors import assert_mirrors
from tests.reference.compare import differences

EVERYBODY_ASKS = {"mutual_aid_never": 0.0, "mutual_aid_never_agency": 0.0, "mutual_aid_voiced": 1.0}
NOBODY_ASKS = {"mutual_aid_never": 1.0, "mutual_aid_never_agency": 0.0}


def now(world: World, day: int = 1, since: int = 1, **arguments):
    return moment(world, day, 1, (hazard(FLOOD, EVERYONE, since),), **arguments)


def voices(world: World, **arguments) -> np.ndarray:
    """u1[m]: domains in which the adults with open needs would speak."""
    context = now(world, **arguments)
    with world.writable(mutual_aid.WRITES):
        return list_voices(world, context, list_open_adults(world, context))


def asked(world: World, **arguments):
    """A round of asking by everybody about everything: the adults and the answers."""
    context = now(world, **arguments)
    adults = list_open_adults(world, context)
    with world.writable(mutual_aid.WRITES):
        return adults, ask_for_promises(world, context, adults, np.full(len(adults.rows), 15, np.uint8))


def test_never_asking_is_the_same_all_through_a_crisis_and_not_in_the_next() -> None:
    settings = model(mutual_aid_found=0.0)
    first, *later = (voices(hit_world(9000, settings=settings), day=day, since=day) for day in (0, 1, 13, 180))
    assert all((other == first).all() for other in later)
    assert (voices(hit_world(9000, settings=settings), day=181, since=0) != first).any()
    world = hit_world(9000, settings=settings)
    p = settings.mutual_aid.numbers
    adults = world.people.age >= 15
    chance = np.array([voice_probability(float(agency), 1.0, p) for agency in world.people.agency[adults]])
    some = 1 - (1 - p.voiced) ** 4
    assert abs((first > 0).sum() - chance.sum() * some) < 4 * np.sqrt((chance * (1 - chance)).sum())


def test_less_reluctance_adds_voices_and_takes_none() -> None:
    settings = model(mutual_aid_found=0.0)
    usual, less = (voices(hit_world(9000, settings=settings), **{"resident.reluctance": factor}) for factor in (1, 0.4))
    assert ((less & usual) == usual).all() and (less > 0).sum() > (usual > 0).sum()


def test_who_does_not_ask_is_found_at_the_rate_and_then_stays_found() -> None:
    settings, rate = model(**NOBODY_ASKS), 0.05
    world = hit_world(9000, settings=settings)
    adults = (world.people.age >= 15).sum()
    found = [(voices(world, day=day, since=day, **{"resident.check_rate": rate}) > 0).sum() for day in range(30)]
    assert found == sorted(found)
    expected = (1 - np.exp(-30 * (rate + settings.mutual_aid.found))) * adults
    assert abs((world.people.crisis_marks & FOUND > 0).sum() - expected) < 4 * np.sqrt(expected * 0.25)


def test_those_asked_are_able_reachable_and_different() -> None:
    world = hit_world(9000)
    adults, answers = asked(world)
    people, p = world.people, world.settings.mutual_aid
    assert (answers.target >= FAR_OTHER).all() and (answers.target != -1).any()
    for i, row, slots in zip(adults.rows, answers.target, answers.slot, strict=True):
        near = row[row >= 0]
        assert len(set(near.tolist())) == len(near) and i not in near
        assert (row[:MAX_ASKED - 1] != -1).sum() <= p.asked
        assert (row == FAR_KIN).sum() <= min(MAX_FAR_KIN, people.far_kin[i])
        assert (row == FAR_OTHER).sum() <= (MAX_FAR_OTHER if people.far_other[i] else 0)
        assert (people.age[near] >= 15).all() and (people.frailty[near] < world.settings.coping.able).all()
        tied = slots >= 0
        assert (world.ties.alter[i, slots[tied].astype(int)] == row[tied]).all()
        strangers = row[~tied & (row >= 0)]
        assert len(strangers) <= 1 and (people.building[strangers] == people.building[i]).all()
    assert (people.crisis_marks[adults.rows] & ASKED > 0).all() and (people.times_asked[adults.rows] == 1).all()


def test_people_far_away_promise_once_each() -> None:
    """However often one asks, no more promises hold than there are kin and others who could give them."""
    world = hit_world(10**6, settings=model(mutual_aid_available=1.0, mutual_aid_goodwill=1.0, mutual_aid_again=1.0,
                                            mutual_aid_far_other_trust=1.0, mutual_aid_asked=8.0))
    people = world.people
    for day in range(12):
        asked(world, day=day)
        for code, owned in ((FAR_KIN, people.far_kin), (FAR_OTHER, people.far_other)):
            assert ((people.promise == code).sum(axis=1) <= owned).all()
    assert ((people.promise == FAR_KIN).sum(axis=1) > MAX_FAR_KIN).any()


def test_yes_is_as_likely_as_the_rule_says() -> None:
    yes = expected = spread = 0.0
    for seed in range(1, 6):
        world = hit_world(9000, seed=seed)
        adults, answers = asked(world)
        p = world.settings.mutual_aid
        for i, row, slots, domains in zip(adults.rows, *answers, strict=True):
            for j, slot, given in zip(row, slots, domains, strict=True):
                if j != -1:
                    trust = (float(world.ties.alter_trust[i, int(slot)]) if slot >= 0 else
                             {FAR_KIN: p.far_kin_trust, FAR_OTHER: p.far_other_trust}.get(j, p.acquaintance_trust))
                    state = float(world.people.functioning[j]) * p.hit_helper if j >= 0 else 1.0
                    chance = promise_probability(trust, state, 0.0, p.numbers)
                    yes += int(given).bit_count()
                    expected, spread = expected + 4 * chance, spread + 4 * chance * (1 - chance)
    assert abs(yes - expected) < 4 * np.sqrt(spread) and expected > 300


def test_whoever_is_asked_besides_nobodys_answer_changes() -> None:
    """What is drawn for one helper does not depend on who else is asked, nor on their rank."""
    few, many = (hit_world(9000, settings=model(mutual_aid_asked=asked)) for asked in (3.0, 8.0))
    (_, less), (_, more) = asked(few), asked(many)
    for row, slots, domains, other_row, other_slots, other_domains in zip(*less, *more, strict=True):
        for j in set(row.tolist()) - {-1}:
            ours, theirs = domains[row == j], other_domains[other_row == j]
            assert theirs[:len(ours)].tolist() == ours.tolist()
        assert set(slots.tolist()) <= set(other_slots.tolist()) | {-1}


@pytest.mark.parametrize(("cut", "gone"), [
    ("ties", lambda world, adults, answers: answers.slot >= 0),
    ("far_ties", lambda world, adults, answers: answers.target < -1),
    ("strangers", lambda world, adults, answers: (answers.slot < 0) & (answers.target >= 0)),
    ("bridging", lambda world, adults, answers: (answers.target >= 0) & (
        world.people.group[np.maximum(answers.target, 0)] != world.people.group[adults.rows][:, None])),
])
def test_nobody_is_asked_over_a_channel_that_is_cut(cut: str, gone) -> None:
    world = hit_world(9000)
    assert gone(world, *asked(world)).any()
    world = hit_world(9000)
    assert not gone(world, *asked(world, cuts=(cut,))).any()


def test_without_visits_and_telephone_only_the_building_is_reached() -> None:
    world = hit_world(9000)
    adults, answers = asked(world, **{"territory.visits": 0.0, "territory.phone": 0.0})
    assert not (answers.target < -1).any() and (answers.target >= 0).any()
    here = world.people.building[adults.rows][:, None]
    assert (world.people.building[np.maximum(answers.target, 0)] == here)[answers.target >= 0].all()


def test_hands_alone_cannot_be_asked_for_by_telephone_far_from_home() -> None:
    world = hit_world(0)
    adults = world.people.age >= 15
    with world.writable(["people.crisis_backlog"]):
        world.people.crisis_backlog[adults, ASSISTANCE] = 9000
    rows, answers = asked(world, **{"territory.visits": 0.0})
    here = world.people.building[rows.rows][:, None]
    assert (world.people.building[np.maximum(answers.target, 0)] == here)[answers.slot >= 0].all()


def test_one_asks_again_after_so_many_days_and_goodwill_wears() -> None:
    world = hit_world(500_000, settings=model(**EVERYBODY_ASKS))
    again = int(world.settings.mutual_aid.again)
    for day, times in ((1, 1), (2, 1), (again, 1), (1 + again, 2), (2 + again, 2)):
        play_phase(world, mutual_aid, day, since=day)
        assert (world.people.times_asked[world.people.age >= 15] == times).all()
    p = model().mutual_aid.numbers
    chances = [promise_probability(0.5, 1.0, float(times), p) for times in range(4)]
    assert chances == pytest.approx([chances[0] * p.goodwill**times for times in range(4)])


def test_promises_never_exceed_what_a_helper_can_spare() -> None:
    settings = model(mutual_aid_hours=40.0, mutual_aid_base=9.0, mutual_aid_available=1.0, **EVERYBODY_ASKS)
    world = hit_world(500_000, settings=settings)
    people, p = world.people, settings.mutual_aid
    for day in (1, 2, 3):
        spare = 1000 * p.spare * p.hit_helper * people.functioning.astype(float) * (
            p.spare_base + p.spare_agency * people.agency.astype(float))
        with world.writable(["people.lent"]):
            people.lent[:] = 0
        play_phase(world, mutual_aid, day, since=day)
        assert (people.lent <= spare + 1e-6).all() and (people.lent > 0.8 * spare).sum() > 50


def test_hours_given_are_hours_received_and_needs_met() -> None:
    world = play_phase(hit_world(9000, 20_000), mutual_aid)
    ledger = world.ledger
    met = ledger.crisis_met + ledger.aftermath_met
    on_map = [source for source in range(len(SOURCES)) if source != BY_OFF_MAP]
    assert (ledger.hours_given == ledger.hours_received).all() and ledger.hours_given.sum() == world.people.lent.sum()
    assert met[on_map].sum() == ledger.hours_given.sum() > 0 and met[BY_OFF_MAP].sum() > 0
    assert met[[BY_KIN, BY_STRANGER]].sum() > 0
    assert world.people.received_milli.sum() == met.sum()
    helped = world.people.crisis_marks & HELPED_BY_PERSON > 0
    assert (helped == (world.people.received_milli > 0)).all()
    assert (world.people.first_contact[helped] == 0).all() and (world.people.first_contact[~helped] == -1).all()


def test_trust_grows_by_help_and_wears_by_refusal_on_both_sides_of_the_books() -> None:
    world, before = hit_world(9000), hit_world(9000)
    play_phase(world, mutual_aid)
    assert_mirrors(world.ties, world.people)
    change = np.asarray(world.ties.trust)[:, :4] - np.asarray(before.ties.trust)[:, :4]
    kept = np.asarray(world.ties.alter)[:, :4] == np.asarray(before.ties.alter)[:, :4]
    assert (change[kept] > 0).any() and (change[kept] < 0).any()
    assert (world.people.agency > before.people.agency).any() and (world.people.agency < before.people.agency).any()


def test_an_acquaintance_who_says_yes_becomes_a_neighbour_one_knows() -> None:
    world, before = hit_world(9000), hit_world(9000)
    play_phase(world, mutual_aid)
    more = world.ties.degree.astype(int) - before.ties.degree
    assert (more >= 0).all() and more.sum() > 0
    cut = play_phase(hit_world(9000), mutual_aid, cuts=("strangers",))
    assert (cut.ties.degree == before.ties.degree).all()


def test_nobody_asks_where_nothing_is_open() -> None:
    assert not differences(play_phase(hit_world(), mutual_aid), hit_world())
    small = model(**EVERYBODY_ASKS)
    world = play_phase(hit_world(int(1000 * small.mutual_aid.threshold), settings=small), mutual_aid)
    assert (world.people.promise == -1).all() and (world.people.crisis_marks == HIT).all() and N == len(world.people)
