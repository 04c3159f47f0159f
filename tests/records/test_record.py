import numpy as np
import pytest

from simulator.kernel.slot_arrays import to_dense_array
from simulator.records import resident_sums
from simulator.records.record import Record, cast_columns
from simulator.records.schema import FLOWS_SCHEMA, TABLE_SCHEMAS, format_data_dictionary
from simulator.rules.need_domains import BY_GROUP, BY_INSURANCE
from simulator.world.population.people import HIT
from tests.phases.small_world import small_world
from tests.pieces import on_threads
from tests.records.small_record import CONTENT, ONSET, harm, small_record, step_context


def plain_state(world, codes):
    """The same sums, computed column by column with numpy."""
    p, t = world.people, world.ties
    here = p.alive > 0
    grown = here & (p.age >= 15)
    held, trust = to_dense_array(t.alter) >= 0, to_dense_array(t.trust)
    most = np.where(held, trust, 0).max(axis=1)
    unit = lambda x: int(np.floor(x.astype(np.float64) * 2**20 + 0.5).sum())  # noqa: E731
    strong = grown & (most >= np.float32(world.settings.tie_formation.strong_trust))
    ties = t.degree + p.far_kin.astype(int) + p.far_other
    contacts = 52 * (np.where(ties > 0, p.social_hours.astype(float) / 2, 0) + 0.6 * (p.member >= 0))
    return {"alive": here.sum(), "functioning": unit(p.functioning[here]), "loss": p.loss_micro.astype(np.int64).sum(),
            "in_need": (here & (p.crisis_need.sum(axis=1) > 0)).sum(), "members": (here & (p.member >= 0)).sum(),
            "aware": (here & (p.aware > 0)).sum(), "waiting": (here & (p.waiting >= 0)).sum(),
            "agency": unit(p.agency[here]), "adults": grown.sum(), "ties": t.degree[grown].sum(),
            "trust": unit(trust[grown][held[grown]]), "strong": strong.sum(),
            "isolated": (grown & (contacts < 20) & here).sum(), "f1": unit(p.functioning[here & (codes & 7 == 0)]),
            "n5": (here & (codes & 7 == 4)).sum(), "n_isolated": (here & (codes & 8 > 0)).sum(),
            "hit": (p.crisis_marks & HIT > 0).sum(),
            "hit_low": (here & (p.crisis_marks & HIT > 0) & (p.functioning < world.settings.functioning.well)).sum(),
            "loss_hit": p.loss_micro[p.crisis_marks & HIT > 0].sum(dtype=np.int64),
            "displaced": (here & (world.households.displaced[p.household] > 0)).sum()}


def test_state_sums_agree_with_numpy_and_any_number_of_threads():
    world = small_world(residents=5000)
    harm(world)
    codes = np.random.default_rng(1).integers(0, 5, 5000).astype(np.uint8) | np.uint8(8) * (world.people.age > 80)
    first = resident_sums.sum_resident_state(world, codes)
    with on_threads(2):
        again = resident_sums.sum_resident_state(world, codes)
    np.testing.assert_array_equal(first, again)
    found = dict(zip(resident_sums.STATE_SUM_NAMES, first, strict=True))
    for name, value in plain_state(world, codes).items():
        assert abs(found[name] - value) <= (3 if name in ("functioning", "agency", "trust", "f1") else 0), name


def test_every_table_is_written_as_declared():
    record = small_record()
    for name, fields in TABLE_SCHEMAS.items():
        table = record.tables[name]
        assert list(table) == list(fields)
        assert len({len(column) for column in table.values()}) == 1
        assert all(f"| {name} | {column} |" in format_data_dictionary() for column in table)


def test_a_column_that_is_not_declared_is_refused():
    with pytest.raises(KeyError, match="surprise"):
        cast_columns("runs", {"surprise": np.zeros(1)}, "id")


def test_flows_are_laid_out_as_declared():
    world = small_world()
    for value, array in enumerate(world.ledger.arrays().values()):
        array[...] = np.arange(array.size).reshape(array.shape) + 1000 * value
    found = dict(zip(FLOWS_SCHEMA, world.ledger.flatten(), strict=True))
    ledger = world.ledger
    assert found["new_equipment"] == ledger.new[1]
    assert found["met_site_assistance"] == ledger.met[9, 2]
    assert found["hours_given_stranger"] == ledger.hours_given[-1]
    assert found["euros_wages"] == ledger.money[2]
    for name in ledger.COUNTS:
        assert found[name] == ledger.counts[ledger.COUNTS.index(name)]
    assert found["crisis_met_group_know_how"] == ledger.crisis_met[BY_GROUP, 3]
    assert found["aftermath_met_insurance_food"] == ledger.aftermath_met[BY_INSURANCE, 0]
    assert found["aftermath_given_up_equipment"] == ledger.aftermath_given_up[1]


def test_groups_of_a_dimension_add_up_to_all():
    record = small_record()
    groups = record.tables["groups"]
    run = {name: column[0] for name, column in record.tables["runs"].items()}
    for dimension in ("income", "age", "sex", "household", "tenure", "priority", "commune"):
        rows = groups["dimension"] == dimension
        assert groups["n"][rows].sum() == run["n"]
        assert groups["loss"][rows].sum() == pytest.approx(run["loss"], rel=1e-12)
        assert groups["deaths"][rows].sum() == run["deaths"]
        assert groups["never_reached"][rows].sum() == run["never_reached"]
    places = record.tables["neighbourhoods"]
    assert places["n"].sum() == run["n"] and places["in_need"].sum() == run["in_need"]
    assert (places["efficacy"] > 0).all() and (places["efficacy"] < 1).all()
    assert run["cost"] == 20.0 and run["onset"] == ONSET and run["loss"] > 0


def test_children_are_in_no_group_of_ties_and_the_row_order_does_not_count():
    groups = small_record().tables["groups"]
    grown = int((small_world().people.age >= 15).sum())
    for dimension in ("isolation", "membership", "isolation_before"):
        assert groups["n"][groups["dimension"] == dimension].sum() == grown


def test_a_fork_shares_only_the_steps_before_it():
    world = small_world()
    trunk = Record("a", CONTENT)
    trunk.add_step(world, step_context(world, 0))
    branch = trunk.fork("b", {**CONTENT, "levers": [{"id": "garden"}]})
    for record in (trunk, branch):
        record.add_step(world, step_context(world, 7))
    branch.add_step(world, step_context(world, 14))
    for record in (trunk, branch):
        record.finish(world)
    assert trunk.tables["series"]["day"].tolist() == [0, 7]
    assert branch.tables["series"]["day"].tolist() == [0, 7, 14]
    assert set(branch.tables["series"]["run"]) == {"b"}
    first, second = trunk.tables["runs"], branch.tables["runs"]
    assert first["context"] == second["context"] and first["portfolio"] != second["portfolio"]


def test_without_a_crisis_there_is_no_loss_and_no_onset():
    world = small_world()
    record = Record("calm", CONTENT)
    record.add_step(world, step_context(world, 0))
    runs = record.finish(world)["runs"]
    assert runs["onset"][0] == -1 and runs["loss"][0] == 0 and runs["n"][0] == world.people.rows
