"""Exports read back by the libraries that they are for: every tie once, units in the schema, points where homes are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx
import numpy as np
import pytest

import simulator as sim
from simulator.app.cli.main import main
from simulator.world.population.communes import km_to_lonlat, lonlat_to_km
from tests.api.small import SMALL, small

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def model() -> sim.TerritoryModel:
    model = sim.TerritoryModel(small(), seed=1)
    model.step()
    return model


def count_pairs(model: sim.TerritoryModel) -> tuple[int, int, int]:
    """(ties on the map, pairs within households, ties off the map), from the tables themselves."""
    world = model.world
    size = world.households.size.astype(int)
    far = world.people.far_kin.sum(dtype=int) + world.people.far_other.sum(dtype=int)
    return int(world.ties.degree.sum()) // 2, int((size * (size - 1) // 2).sum()), int(far)


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)])
def test_a_graph_has_every_tie_once_each_marked(model, tmp_path, suffix, read) -> None:
    file = sim.export(model, tmp_path / f"ties{suffix}")
    again = sim.export(model, tmp_path / f"again{suffix}").read_bytes()
    graph, (ties, home, far) = read(file), count_pairs(model)
    kinds = [edge["kind"] for *_, edge in graph.edges(data=True)]
    outside = [name for name, node in graph.nodes(data=True) if node["off_map"]]
    assert file.read_bytes() == again and not graph.is_directed()
    assert (len(kinds), kinds.count("household"), len(outside)) == (ties + home + far, home, far)
    assert len(graph) == len(model.world.people) + far and all(graph.degree(name) == 1 for name in outside)
    resident = str(model.residents[0].unique_id)
    assert graph.nodes[resident]["age"] == model.residents[0].age


def test_an_edge_list_says_the_same(model, tmp_path) -> None:
    file = sim.export(model, tmp_path / "ties.csv", "ties")
    rows, (ties, home, far) = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines())), count_pairs(model)
    assert len(rows) == ties + home + far and sum(row["off_map"] == "1" for row in rows) == far
    assert len({(row["source"], row["target"]) for row in rows if row["off_map"] == "0"}) == ties + home
    assert all((row["trust"] == "") == (row["off_map"] == "1") for row in rows)
    uid = {int(one.unique_id): one for one in model.residents}
    tie = next(row for row in rows if row["off_map"] == "0" and row["kind"] != "household")
    one, other = uid[int(tie["source"])], uid[int(tie["target"])]
    assert (float(tie["trust"]), float(tie["trust_back"])) == pytest.approx((one.trust_in(other), other.trust_in(one)))


def test_agents_are_geoparquet_with_units_and_flat_columns(model, tmp_path) -> None:
    shapely = pytest.importorskip("shapely")
    table = parquet.read_table(sim.export(model, tmp_path / "people.parquet"))
    people, buildings = model.world.people, model.world.buildings
    assert table.num_rows == len(people) and not [one for one in table.schema if str(one.type).startswith("list")]
    assert table.column("skill_3").to_pylist() == people.skill[:, 3].tolist()
    assert table.schema.field("social_hours").metadata[b"unit"] == b"h/week"
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["primary_column"] == "geometry" and geo["columns"]["geometry"]["encoding"] == "WKB"
    point = shapely.from_wkb(table.column("geometry")[5].as_py())
    home = people.building[5]
    assert lonlat_to_km(point.x, point.y) == pytest.approx((buildings.x[home], buildings.y[home]), abs=1e-5)
    west, south, east, north = geo["columns"]["geometry"]["bbox"]
    assert west <= point.x <= east and south <= point.y <= north


@pytest.mark.parametrize("table", ["households", "buildings", "neighbourhoods", "communes", "sites", "institutions"])
def test_every_table_of_agents(model, tmp_path, table: str) -> None:
    found = parquet.read_table(sim.export(model, tmp_path / "x.parquet", table))
    assert found.num_rows == len(getattr(model.world, table)) and all(field.metadata[b"doc"] for field in found.schema
                                                                      if field.name != "geometry")
    assert (b"geo" in (found.schema.metadata or {})) == (table != "institutions")


def test_records_carry_units_too(tmp_path) -> None:
    result = sim.run(small())
    result.save(tmp_path / "folder")
    with sim.open_results(tmp_path / "folder") as stored:
        for source in (result, stored):
            found = parquet.read_table(sim.export(source, tmp_path / "runs.parquet", "runs"))
            assert found.schema.field("loss").metadata[b"unit"] == source.arrow("runs").schema.field("loss").metadata[
                b"unit"] == b"person-days"
            assert found.column("loss").to_pylist() == result["runs"]["loss"].tolist()


def test_a_date_is_where_the_run_stands() -> None:
    early, late = (sim.api.export.build_model(small(), date) for date in ("2025-01-20", None))
    assert not early.world.people.baseline_hazard.any() and late.world.people.baseline_hazard.any()


def test_places_return_to_themselves() -> None:
    x, y = np.array([-3.0, 0.0, 7.5]), np.array([2.0, 0.0, -4.0])
    assert [lonlat_to_km(*place) for place in zip(*km_to_lonlat(x, y))] == [pytest.approx(pair) for pair in zip(x, y)]


@pytest.mark.parametrize(("file", "table", "date", "part"), [
    ("x.shp", "people", None, ".graphml"), ("x.csv", "person", None, "people"),
    ("x.csv", "people", "2020-01-01", "a day of"),
    ("x.csv", "people", "2030-01-01", "a day of"), ("x.csv", "people", "soon", "year-month-day")])
def test_refusals_write_nothing(tmp_path, file: str, table: str, date: str | None, part: str) -> None:
    with pytest.raises(sim.SettingError, match=part):
        sim.export(small(), tmp_path / file, table, date)
    with pytest.raises(sim.SettingError, match="Configuration|configuration"):
        sim.export("village", tmp_path / "x.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("in_english")
def test_the_command(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["territory=village", *(f"{name}={value}" for name, value in SMALL.items())]
    assert main(["export", "sites.csv", "table=sites", "date=2025-01-20", *words]) == 0
    assert capsys.readouterr().out == "sites.csv\n" and Path("sites.csv").read_text(encoding="utf-8").count("\n") > 1
    for refused, part in ((["x.xls"], ".csv"), ([], "which file"), (["x.csv", "nowhere"], "nowhere"),
                          (["x.csv", "table=a", "table=b"], "twice"), (["x.csv", "teritory=pantin"], "territory")):
        assert main(["export", *refused]) == 2 and part in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["sites.csv"]
