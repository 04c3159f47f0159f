import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.analysis.effects.effects_table import build_effects_table, write_effects_table
from simulator.records.files.parquet import read_table
from simulator.records.files.run_files import combine_records
from simulator.records.schema import EFFECTS_SCHEMA
from tests.analysis.fake_runs import fake_record, fake_study


def row(table, outcome, levers):
    k = np.flatnonzero((table["outcome"] == outcome) & (table["levers"] == levers))[0]
    return {name: column[k] for name, column in table.items()}


def test_the_table_finds_the_effects_that_were_drawn(tmp_path):
    table = build_effects_table(combine_records(fake_study(6)), ("loss", "unreached"))
    assert list(table) == list(EFFECTS_SCHEMA) and len(table["n"]) == 2 * 5
    best = row(table, "loss", "phone_tree_and_register")
    assert best["relative"] == pytest.approx(-0.16, abs=0.03) and best["among_best"] == 1 and best["n"] == 6
    assert best["price_status"] == "bounded" and best["euros_low"] < best["euros_per_unit"] < best["euros_high"]
    assert row(table, "loss", "mixing")["price_status"] == "not_better"
    assert row(table, "unreached", "mixing")["price_status"] == ""
    write_effects_table(table, tmp_path / "effects.parquet")
    first = (tmp_path / "effects.parquet").read_bytes()
    write_effects_table(build_effects_table(combine_records(fake_study(6)), ("loss", "unreached")),
                        tmp_path / "effects.parquet")
    assert (tmp_path / "effects.parquet").read_bytes() == first
    assert list(read_table(tmp_path / "effects.parquet")) == list(EFFECTS_SCHEMA)


def test_the_order_of_runs_does_not_matter():
    records = fake_study(4)
    one, other = (build_effects_table(combine_records(ordered), ("loss",)) for ordered in (records, records[::-1]))
    for name in EFFECTS_SCHEMA:
        np.testing.assert_array_equal(one[name], other[name])


def test_pairs_are_of_the_same_seed_and_missing_runs_are_left_out():
    records = fake_study(5, ("outreach",))
    table = build_effects_table(combine_records(records[:-1]), ("loss",))
    assert table["n"].tolist() == [4]


def test_without_a_baseline_or_levers_there_are_no_effects(tmp_path):
    nothing = build_effects_table(combine_records([fake_record(("outreach",), 1)]), ("loss",))
    assert len(nothing["n"]) == 0
    assert len(build_effects_table(combine_records([fake_record((), 1)]), ("loss",))["n"]) == 0
    with pytest.raises(ValueError, match="no effects"):
        write_effects_table(nothing, tmp_path / "effects.parquet")


def test_scenarios_are_not_mixed_silently():
    first, second = fake_record((), 1), fake_record((), 2)
    second.tables["runs"]["context"][0] = "another"
    second.content["scenario"]["territory"]["id"] = "elsewhere"
    with pytest.raises(ValueError, match="different scenarios"):
        collect_arms(combine_records([first, second]))
    assert len(collect_arms(combine_records([first, second]), "another")) == 1


def test_the_same_lever_at_two_doses_is_two_arms_with_two_names():
    one, two = fake_record(("outreach",), 1), fake_record(("outreach",), 2)
    two.content["levers"][0]["dose"] = 0.5
    two.tables["runs"]["portfolio"][0] = "twice"
    arms = collect_arms(combine_records([one, two]))
    assert {arm.label["en"] for arm in arms} == {
        "Reach out to isolated people (dose 1)", "Reach out to isolated people (dose 0.5)"}
    assert {arm.label["fr"].partition(" (")[2] for arm in arms} == {"dose 1)", "dose 0,5)"}
