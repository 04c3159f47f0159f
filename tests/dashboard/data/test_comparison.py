"""What the page reads of a comparison: places no smaller than a report would show."""

from collections import Counter

import numpy as np
import pytest

from simulator.dashboard.data.comparison import place_rows, read
from simulator.records.folder import save
from simulator.report.maps.ground import ground
from simulator.report.maps.places import FEWEST, TOGETHER, Places
from tests.analysis.fake_runs import fake_record, fake_study


def folder_of(path, residents=None):
    for record in fake_study(3, ("coordinator",)):
        if residents is not None:
            record.tables["neighbourhoods"]["n"][:] = residents
        save(record, path / "runs" / f"{record.run_id}.parquet")
    return path


@pytest.fixture
def reading(tmp_path):
    (tmp_path / "runs").mkdir()
    return read(folder_of(tmp_path))


def test_no_place_is_one_neighbourhood_alone_nor_has_few_residents(reading):
    rows = place_rows(reading, "A")
    first = reading.opened.of("neighbourhoods", str(next(iter(reading.baseline.arm.runs.values())).run["run"]))
    home = ground(Places.of(first, reading.content["scenario"]["territory"])).home
    assert {row["uid"] for row in rows} == set(home.values()) and len(rows) < len(first["uid"])
    assert min(Counter(home.values()).values()) >= TOGETHER
    assert all(row["n"] >= FEWEST for row in rows)
    assert len({row["where"] for row in rows}) == len(rows)


def test_large_portfolios_bear_the_letters_of_the_page_alone(tmp_path):
    (tmp_path / "runs").mkdir()
    arms = [(), ("coordinator", "open_project", "outreach"), ("mixing", "open_project", "outreach")]
    for record in [fake_record(levers, seed) for levers in arms for seed in (1, 2)]:
        save(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    assert sorted(one.name["en"] for one in read(tmp_path).best) == ["A · 3 levers together", "B · 3 levers together"]


def test_places_add_up_to_what_their_residents_lose(reading):
    rows = place_rows(reading, "A")
    runs = [view.run["run"] for view in reading.baseline.arm.runs.values()]
    lost = np.mean([reading.opened.of("neighbourhoods", str(run))["loss"].sum() for run in runs])
    assert sum(row["loss"] * row["n"] for row in rows) == pytest.approx(lost)
    assert all(row["low_loss"] <= row["loss"] <= row["high_loss"] for row in rows)
    assert all(row["low"] <= row["change"] <= row["high"] for row in rows)


def test_few_residents_have_no_place_on_the_map(tmp_path):
    (tmp_path / "runs").mkdir()
    assert place_rows(read(folder_of(tmp_path, residents=1)), "A") == []
