from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.engine.loop import Engine
from simulator.levers.handles import HANDLES
from simulator.records.reach_log import SERVICES, ReachLog
from simulator.world.population.people import FOUND
from tests.phases.small_world import small_world
from tests.properties.trial_run import every_lever, played, quick, trial, unlike


def begin(world, handles, residents=(), sites=(), communes=(), observed=True):
    """A log in which one lever begins on day 7 for these rows."""
    log = ReachLog(is_observed=observed)
    card = SimpleNamespace(id="lever", modifiers=[SimpleNamespace(handle=handle) for handle in handles])
    reach = SimpleNamespace(residents=np.array(residents, np.int64), sites=np.array(sites, np.int64),
                            institutions=np.array(communes, np.int64))
    log.add_lever(world, 7, SimpleNamespace(lever=card, reach=reach, opened_uids=np.zeros(0, np.uint32)))
    return log


def listed(log, world, what):
    """Rows in the table under offered or served."""
    table = log.build_table(world)
    uid = world.people.uid.astype(int)
    return {int(np.flatnonzero(uid == one)[0]) for one in table["uid"][table["what"] == what]}


def test_a_lever_on_residents_offers_it_to_the_living_among_them_and_serves_who_gets_a_new_kit():
    world = small_world()
    people, homes = world.people, world.households
    with world.writable(["people.alive", "households.kit"]):
        people.alive[3] = 0
        homes.kit[:] = 0
        homes.kit[people.household[10]] = 1  # had one before: nothing new for that home
    log = begin(world, ["resident.kit_cooling"], range(20))
    assert listed(log, world, "offered") == set(range(20)) - {3}
    log.update_served(world, 7)
    assert not listed(log, world, "served")
    with world.writable(["households.kit"]):
        homes.kit[people.household[[0, 10, 40]]] |= 1
    log.update_served(world, 14)
    assert listed(log, world, "served") == {row for row in range(20) if row != 3
                                            and people.household[row] == people.household[0]}
    table = log.build_table(world)
    assert set(table["through"][table["what"] == "served"]) == {"resident.kit_cooling"}
    assert set(table["day"]) == {7, 14}


def test_who_was_found_before_the_lever_began_is_not_served_by_it():
    world = small_world()
    with world.writable(["people.crisis_marks"]):
        world.people.crisis_marks[1] = FOUND
    log = begin(world, ["resident.check_rate"], range(5))
    with world.writable(["people.crisis_marks"]):
        world.people.crisis_marks[[1, 2, 30]] = FOUND
    log.update_served(world, 21)
    assert listed(log, world, "served") == {2}


def test_a_lever_on_a_site_offers_it_to_those_who_know_it_and_serves_its_members():
    world = small_world()
    people = world.people
    log = begin(world, ["site.staff"], sites=[0])
    knows = {row for row in range(people.rows) if people.alive[row] and any(
        people.candidate[row, k] == 0 and people.aware[row] >> k & 1 for k in range(people.candidate.shape[1]))}
    assert listed(log, world, "offered") == knows and 0 < len(knows) < people.rows
    log.update_served(world, 7)
    assert listed(log, world, "served") == knows & set(np.flatnonzero(people.member == 0))
    assert not listed(begin(world, ["site.staff"], observed=False), world, "offered")


def test_a_register_concerns_who_is_on_it_and_other_help_of_an_institution_everybody_there():
    world = small_world()
    there = set(np.flatnonzero((world.people.commune == 1) & (world.people.alive > 0)))
    registered = np.zeros(world.people.rows, np.uint8)
    some = sorted(there)[:3]
    registered[[*some, 0]] = 1
    register = begin(world, ["institution.register"], communes=[1])
    register.update_offered(world, 14, registered)
    assert listed(register, world, "offered") == set(some)
    assert listed(begin(world, ["institution.capacity"], communes=[1]), world, "offered") == there


def test_every_handle_that_a_shipped_lever_turns_says_whom_it_serves():
    turned = {modifier.handle for lever in every_lever() for modifier in lever.modifiers}
    assert turned <= set(SERVICES) <= set(HANDLES)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return played(replace(trial(*every_lever()), observe=("reached", "people")))


def test_served_are_among_the_offered_and_after_them(engine: Engine):
    table = engine.record.tables["reached"]
    days = {(lever, what, uid): day for lever, what, uid, day in zip(
        table["lever"], table["what"], table["uid"], table["day"])}
    served = [key for key in days if key[1] == "served"]
    assert len(served) > 100 and len({lever for lever, _, _ in served}) > 12
    for lever, _, uid in served:
        assert 0 <= days[lever, "offered", uid] <= days[lever, "served", uid]
    offered = np.unique(table["uid"][table["what"] == "offered"])
    people, groups = engine.record.tables["people"], engine.record.tables["groups"]
    here = np.isin(people["uid"], offered) & (people["alive_onset"] > 0)
    assert here.sum() == groups["reached"][groups["dimension"] == "all"][0]


def test_recording_reach_changes_nothing_else(engine: Engine):
    plain = played(trial(*every_lever()))
    different = unlike(plain.record, engine.record, ("run", "context"))
    assert {name.split(".")[0] for name in different} <= {"reached", "people"}


def test_a_fork_goes_on_with_the_reach_so_far():
    run = replace(trial(quick("outreach"), quick("fans")), observe=("reached",))
    first = Engine(replace(run, levers=()))
    while first.day < 14:
        first.step()
    other = first.fork(run)
    while not other.is_done:
        other.step()
    assert not unlike(other.finish_record(), played(run).record, ())
