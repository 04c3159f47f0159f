"""The plan: keys agree with the runs', columns have types, coinciding points are one run."""

from __future__ import annotations

import numpy as np

from simulator.records.parquet import read_metadata, read_table
from simulator.studies.plan import arm_name, table, typed, unique, with_seeds, write_plan
from tests.studies.fake_player import a_run


def test_keys_laid_out_once_are_the_runs_own():
    for one in with_seeds(0, {}, a_run(1, "garden"), [1, 5]):
        assert one.run.id == a_run(one.run.seed, "garden").id
        assert one.head["levers"] == "garden" and one.arm == arm_name(a_run(1, "garden")) == "garden"


def test_runs_are_played_once_seed_by_seed():
    planned = with_seeds(0, {"x": 1}, a_run(), [1, 2]) + with_seeds(1, {"x": 2}, a_run(), [1, 2])
    assert [run.seed for run in unique(planned)] == [1, 2]


def test_a_plan_names_point_arm_seed_and_what_varies(tmp_path):
    planned = with_seeds(0, {"x": 0.5, "crisis": ("heat", "cut")}, a_run(), [1]) + with_seeds(
        1, {"x": 1}, a_run(1, "garden"), [1])
    file = write_plan(tmp_path, "mine", planned, {"study": "{}"})
    read = read_table(file)
    assert list(read["x"]) == [0.5, 1.0] and list(read["crisis"]) == ["heat+cut", ""]
    assert list(read["arm"]) == ["baseline", "garden"] and read_metadata(file) == {"study": "{}"}
    assert write_plan(tmp_path, "mine", planned[:1], {}) == file and len(read_table(file)["run"]) == 1
    assert list(table("mine", planned)["run"]) == [one.run.id for one in planned]


def test_columns_have_the_type_of_their_values():
    assert typed([1, 2]).dtype == np.int64 and typed([1, None]).dtype == np.float64
    assert typed([1, 0.5]).dtype == np.float64 and typed([True, False]).dtype == bool
    assert list(typed(["a", None, 1])) == ["a", "", "1"]
