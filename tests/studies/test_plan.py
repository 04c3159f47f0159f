"""The plan: ids agree with those of the runs, columns have types, points that coincide share a run."""

from __future__ import annotations

import numpy as np

from simulator.records.files.parquet import read_metadata, read_table
from simulator.studies.plan import (
    arm_name,
    build_plan_table,
    list_unique_runs,
    plan_replications,
    to_typed_array,
    write_plan,
)
from tests.studies.fake_player import a_run


def test_planned_ids_are_those_of_the_runs():
    for planned in plan_replications(0, {}, a_run(1, "garden"), [1, 5]):
        assert planned.run.id == a_run(planned.run.seed, "garden").id
        assert planned.run_columns["levers"] == "garden" and planned.arm == arm_name(a_run(1, "garden")) == "garden"


def test_runs_are_listed_once_ordered_by_seed():
    planned = plan_replications(0, {"x": 1}, a_run(), [1, 2]) + plan_replications(1, {"x": 2}, a_run(), [1, 2])
    assert [run.seed for run in list_unique_runs(planned)] == [1, 2]


def test_a_plan_has_columns_for_point_arm_seed_and_settings(tmp_path):
    planned = plan_replications(0, {"x": 0.5, "crisis": ("heat", "cut")}, a_run(), [1])
    planned += plan_replications(1, {"x": 1}, a_run(1, "garden"), [1])
    file = write_plan(tmp_path, "mine", planned, {"study": "{}"})
    read = read_table(file)
    assert list(read["x"]) == [0.5, 1.0] and list(read["crisis"]) == ["heat+cut", ""]
    assert list(read["arm"]) == ["baseline", "garden"] and read_metadata(file)["study"] == "{}"
    assert write_plan(tmp_path, "mine", planned[:1], {}) == file and len(read_table(file)["run"]) == 1
    assert list(build_plan_table("mine", planned)["run"]) == [item.run.id for item in planned]


def test_columns_have_the_type_of_their_values():
    assert to_typed_array([1, 2]).dtype == np.int64 and to_typed_array([1, None]).dtype == np.float64
    assert to_typed_array([1, 0.5]).dtype == np.float64 and to_typed_array([True, False]).dtype == bool
    assert list(to_typed_array(["a", None, 1])) == ["a", "", "1"]
