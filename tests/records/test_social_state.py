import numpy as np

from simulator.kernel.slot_arrays import to_dense_array
from simulator.records.resident_status import GROUP_AGE_BANDS
from simulator.records.social_state import TIE_COUNTS, measure_social_state
from tests.phases.small_world import small_world
from tests.records.small_record import ONSET, small_record


def test_ties_alike_and_across_groups_are_those_that_numpy_counts():
    world = small_world(residents=3000)
    p, t = world.people, world.ties
    found = measure_social_state(world)
    other = to_dense_array(t.alter)
    held = (other >= 0) & ((p.alive > 0) & (p.age >= 15))[:, None]
    band = np.digitize(p.age, GROUP_AGE_BANDS)
    differs = {"ties_milieu": p.group, "ties_age": band, "ties_class": p.ses}
    unlike = {name: held & (trait[:, None] != trait[np.maximum(other, 0)]) for name, trait in differs.items()}
    unlike["ties"], unlike["ties_alike"] = held, held & ~np.any(list(unlike.values()), axis=0)
    for k, name in enumerate(TIE_COUNTS):
        np.testing.assert_array_equal(found.tie_counts[:, k], unlike[name].sum(axis=1), err_msg=name)
    trusted = np.where(held, to_dense_array(t.trust), 0).sum(axis=1, dtype=np.float64)
    np.testing.assert_allclose(found.shares["tie_trust"], trusted, atol=1e-5)
    assert found.tie_counts[:, 0].sum() > found.tie_counts[:, 1].sum() > 0


def test_children_and_the_dead_hold_nothing():
    world = small_world(residents=300)
    with world.writable(["people.alive"]):
        world.people.alive[::7] = 0
    found = measure_social_state(world)
    nobody = (world.people.age < 15) | (world.people.alive == 0)
    assert nobody.sum() > 40 and not found.tie_counts[nobody].any()
    assert not any(values[nobody].any() for values in found.shares.values())
    assert not found.member[nobody].any() and found.member.any()


def test_groups_of_a_dimension_add_up_to_all_and_to_the_run():
    tables = small_record().tables
    groups, run = tables["groups"], {name: column[0] for name, column in tables["runs"].items()}
    everybody = {name: values[groups["dimension"] == "all"][0] for name, values in groups.items()}
    assert run["onset"] == ONSET and everybody["hit"] > 0 and everybody["members"] > 0
    assert everybody["asked"] == run["asked"] and everybody["adults"] >= everybody["members"]
    for name in (*TIE_COUNTS, "tie_trust", "agency", "know_how", "members", "aware", "hit", "not_back", "asked"):
        for dimension in ("income", "age", "household", "priority"):
            total = groups[name][groups["dimension"] == dimension].sum()
            assert abs(total - everybody[name]) < 1e-6 * max(1, everybody[name]), (name, dimension)
