import json

import numpy as np
import pytest

import simulator
from simulator.records.files.parquet import write_table
from simulator.records.files.run_files import build_file_metadata, load_runs, save_record
from simulator.records.results import Results
from simulator.records.run_tables import SERIES_READ_FIRST
from simulator.records.schema import SERIES_SCHEMA
from simulator.studies.store import Store
from simulator.studies.store_compaction import compact_store
from tests.records.small_record import small_record


def folder_with(tmp_path, *names):
    for name in names:
        save_record(small_record(name), tmp_path / "runs" / f"{name}.parquet")
    return tmp_path


def plan(tmp_path, study="one", runs=("a", "b", "c"), **columns):
    table = {"study": np.array([study] * len(runs), object), "point": np.arange(len(runs)),
             "arm": np.array(["baseline"] * len(runs), object), "run": np.array(runs, object),
             "seed": np.ones(len(runs), int), **columns}
    (tmp_path / "plans").mkdir(exist_ok=True)
    write_table(tmp_path / "plans" / f"{study}.parquet", table, build_file_metadata("plan"))


def test_runs_have_their_design_point_and_status(tmp_path):
    folder_with(tmp_path, "a", "z")
    plan(tmp_path, **{"crisis.heatwave.severity": np.array([0.5, 1.0, 1.5])})
    (tmp_path / "failed").mkdir()
    (tmp_path / "failed" / "b.json").write_text(json.dumps({"run": "b", "error": "too hot"}))
    results = simulator.open(tmp_path)
    rows = results.sql('SELECT run, status, error, "crisis.heatwave.severity", behaviour FROM runs ORDER BY run')
    assert rows.fetchall() == [("a", "done", "", 0.5, "balanced"), ("b", "failed", "too hot", 1.0, None),
                               ("c", "missing", "", 1.5, None)]
    assert results.count() == {"done": 1, "failed": 1, "missing": 1}
    assert results.sql("SELECT count(*) FROM kept").fetchall() == [(2,)]


def test_without_a_plan_every_run_is_listed(tmp_path):
    results = Results(folder_with(tmp_path, "a", "b"))
    assert list(results.df()["run"]) == ["a", "b"] and set(results.df()["status"]) == {"done"}
    assert results.sql("SELECT run, count(*) FROM series GROUP BY run ORDER BY run").fetchall() == [("a", 4), ("b", 4)]


def test_a_run_of_two_points_is_one_run(tmp_path):
    folder_with(tmp_path, "a")
    plan(tmp_path, runs=("a", "a"))
    assert Results(tmp_path).count()["done"] == 1
    assert len(Results(tmp_path).df("plan")) == 2


def test_two_studies_share_a_folder(tmp_path):
    folder_with(tmp_path, "a", "b")
    plan(tmp_path, "one", ("a",), dose=np.array([1.0]))
    plan(tmp_path, "two", ("a", "b"))
    rows = Results(tmp_path).sql("SELECT study, run, dose FROM plan ORDER BY study, run").fetchall()
    assert rows == [("one", "a", 1.0), ("two", "a", None), ("two", "b", None)]
    assert Results(tmp_path).count()["done"] == 2


def test_opened_gives_arrays_for_analysis(tmp_path):
    results = Results(folder_with(tmp_path, "a", "b"))
    assert list(results.opened(["b"]).tables["runs"]["run"]) == ["b"]
    assert set(results.opened().content) == {"a", "b"}


def test_new_runs_appear_after_a_refresh(tmp_path):
    results = Results(folder_with(tmp_path, "a"))
    folder_with(tmp_path, "b")
    assert results.count()["done"] == 1
    results.refresh()
    assert results.count()["done"] == 2


def test_arrow(tmp_path):
    pytest.importorskip("pyarrow")
    assert simulator.open(folder_with(tmp_path, "a")).arrow("groups").num_rows > 5


def test_refusals(tmp_path):
    with pytest.raises(FileNotFoundError, match="no results here"):
        simulator.open(tmp_path)
    (tmp_path / "runs").mkdir()
    with pytest.raises(KeyError, match="expected one of runs"):
        simulator.open(tmp_path).table("rnus")
    assert len(simulator.open(tmp_path).df("series")) == 0


def test_every_series_is_read_when_it_is_asked_for(tmp_path):
    results = Results(folder_with(tmp_path, "a", "b", "c"))
    opened, everything = results.opened(["c", "a"]), load_runs(results.files, ["c", "a"])
    series = opened.tables["series"]
    assert tuple(series) == tuple(SERIES_SCHEMA) and "unmet_food" not in SERIES_READ_FIRST
    for name in SERIES_SCHEMA:
        np.testing.assert_array_equal(series[name], everything.tables["series"][name], err_msg=name)
        assert series[name].dtype == everything.tables["series"][name].dtype, name
        np.testing.assert_array_equal(opened.of("series", "a")[name], everything.of("series", "a")[name])
    with pytest.raises(KeyError):
        series["nobody"]


def test_series_are_found_when_their_runs_were_compacted_since(tmp_path):
    results = Results(folder_with(tmp_path, "a", "b", "c"))
    before = {run: load_runs(results.files).of("series", run)["agency"].copy() for run in "abc"}
    opened = results.opened(["b", "a"])
    assert compact_store(Store(tmp_path))[0] == 3 and not list((tmp_path / "runs").glob("*.parquet"))
    for run in "ba":
        np.testing.assert_array_equal(opened.of("series", run)["agency"], before[run])


def test_tables_of_the_same_runs_share_their_series(tmp_path):
    results = Results(folder_with(tmp_path, "a", "b", "c"))
    first, again, fewer = results.opened(), results.opened(["c", "a", "b"]), results.opened(["b", "a"])
    assert again.tables["series"] is first.tables["series"] is not fewer.tables["series"]
    assert list(again.tables["runs"]["run"]) == ["c", "a", "b"] and set(again.content) == set("abc")
    assert list(fewer.tables["series"]["run"][:1]) == ["b"] and tuple(again.tables) == tuple(first.tables)
    for run in "abc":
        for name in ("functioning", "unmet_food"):
            np.testing.assert_array_equal(again.of("series", run)[name],
                                          load_runs(results.files, [run]).of("series", run)[name])
