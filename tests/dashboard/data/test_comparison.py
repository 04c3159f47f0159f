"""Comparisons read for the page; places are no smaller than a report would show."""

from collections import Counter

import numpy as np
import pytest

from simulator.dashboard.data.comparison import list_place_rows, read_comparison
from simulator.records.files.run_files import save_record
from simulator.report.maps.base_map import build_base_map
from simulator.report.maps.neighbourhoods import MIN_GROUP_SIZE, MIN_PLACE_RESIDENTS, NeighbourhoodPoints
from tests.analysis.fake_runs import fake_record, fake_study


def folder_of(path, residents=None):
    for record in fake_study(3, ("coordinator",)):
        if residents is not None:
            record.tables["neighbourhoods"]["n"][:] = residents
        save_record(record, path / "runs" / f"{record.run_id}.parquet")
    return path


@pytest.fixture
def comparison(tmp_path):
    (tmp_path / "runs").mkdir()
    return read_comparison(folder_of(tmp_path))


def test_no_place_is_one_neighbourhood_alone_nor_has_few_residents(comparison):
    rows = list_place_rows(comparison, "A")
    first = comparison.opened.of("neighbourhoods", str(next(iter(comparison.baseline.arm.runs.values())).run["run"]))
    home = build_base_map(NeighbourhoodPoints.of(first, comparison.content["scenario"]["territory"])).place_of
    assert {row["uid"] for row in rows} == set(home.values()) and len(rows) < len(first["uid"])
    assert min(Counter(home.values()).values()) >= MIN_GROUP_SIZE
    assert all(row["n"] >= MIN_PLACE_RESIDENTS for row in rows)
    assert len({row["where"] for row in rows}) == len(rows)


def test_large_portfolios_have_the_letters_of_the_page_only(tmp_path):
    (tmp_path / "runs").mkdir()
    arms = [(), ("coordinator", "open_project", "outreach"), ("mixing", "open_project", "outreach")]
    for record in [fake_record(levers, seed) for levers in arms for seed in (1, 2)]:
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    names = sorted(shown.name["en"] for shown in read_comparison(tmp_path).ranked)
    assert names == ["A · 3 levers together", "B · 3 levers together"]


def test_places_add_up_to_what_their_residents_lose(comparison):
    rows = list_place_rows(comparison, "A")
    runs = [view.run["run"] for view in comparison.baseline.arm.runs.values()]
    lost = np.mean([comparison.opened.of("neighbourhoods", str(run))["loss"].sum() for run in runs])
    assert sum(row["loss"] * row["n"] for row in rows) == pytest.approx(lost)
    assert all(row["low_loss"] <= row["loss"] <= row["high_loss"] for row in rows)
    assert all(row["low"] <= row["change"] <= row["high"] for row in rows)


def test_places_with_few_residents_are_not_shown(tmp_path):
    (tmp_path / "runs").mkdir()
    assert list_place_rows(read_comparison(folder_of(tmp_path, residents=1)), "A") == []
