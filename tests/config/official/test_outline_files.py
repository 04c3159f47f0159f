"""Outlines as they are published: any projection, any property names, and none that is not what its code says."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.config.official.load import LoadedFolder, load_official_data
from simulator.config.official.outline_files import read_all_outlines
from simulator.i18n.input_error import InputError
from tests.config.official import insee_files
from tests.config.official.test_folder_reading import note_on

pyogrio = pytest.importorskip("pyogrio")
pyproj = pytest.importorskip("pyproj")
shapely = pytest.importorskip("shapely")
COMMUNE = "37999"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return insee_files.write(tmp_path / "files")


def load(folder: Path, commune: str = COMMUNE) -> LoadedFolder:
    return load_official_data(str(folder), (commune,), ())


def features(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "iris.geojson").read_text())["features"]  # type: ignore[no-any-return]


def rewrite(folder: Path, made: list[dict[str, Any]], **more: Any) -> None:
    (folder / "iris.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": made, **more}))


def reproject(feature: dict[str, Any], crs: str) -> dict[str, Any]:
    transformer = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    rings = [[list(transformer.transform(*point)) for point in ring] for ring in feature["geometry"]["coordinates"]]
    return {**feature, "geometry": {"type": "Polygon", "coordinates": rings}}


def write_vector(folder: Path, file: Path, crs: str, drop: tuple[str, ...] = ()) -> None:
    """The outlines as a vector file, as IGN ships them: all of them multipolygons, columns in capitals."""
    made = [reproject(feature, crs) for feature in features(folder)]
    shapes = np.array([shapely.to_wkb(shapely.MultiPolygon([shapely.Polygon(one["geometry"]["coordinates"][0])]))
                       for one in made], object)
    names = [name for name in ("INSEE_COM", "NOM_COM", "CODE_IRIS") if name not in drop]
    columns = [np.array([one["properties"][name] for one in made], object) for name in names]
    file.parent.mkdir(exist_ok=True)
    pyogrio.raw.write(str(file), shapes, columns, names, geometry_type="MultiPolygon", crs=crs)


def as_geopackage(folder: Path) -> None:
    write_vector(folder, folder / "iris.gpkg", "EPSG:2154")


def as_shapefile(folder: Path) -> None:
    write_vector(folder, folder / "CONTOURS-IRIS" / "CONTOURS-IRIS.shp", "EPSG:2154")


def as_zipped_shapefile(folder: Path) -> None:
    write_vector(folder, folder / "shp" / "iris.shp", "EPSG:2154")
    with zipfile.ZipFile(folder / "iris.zip", "w") as archive:
        for part in sorted((folder / "shp").iterdir()):
            archive.write(part, f"CONTOURS/1_DONNEES/{part.name}")
            part.unlink()


def as_old_geojson(folder: Path) -> None:
    rewrite(folder, [reproject(one, "EPSG:2154") for one in features(folder)],
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}})
    (folder / "iris.geojson").rename(folder / "old.geojson")


VECTORS: dict[str, Callable[[Path], None]] = {
    "GeoPackage": as_geopackage, "Shapefile": as_shapefile, "zipped Shapefile": as_zipped_shapefile,
    "GeoJSON with crs": as_old_geojson}


@pytest.mark.parametrize("kind", list(VECTORS))
def test_lambert_93_is_brought_to_degrees(kind: str, folder: Path) -> None:
    wanted = load(folder).data
    VECTORS[kind](folder)
    (folder / "iris.geojson").unlink(missing_ok=True)
    loaded = load(folder)
    for one, other in zip(loaded.data.communes[0].iris_data, wanted.communes[0].iris_data):
        assert (one.code, one.margins.lon, one.margins.lat, one.margins.area_km2) == (
            other.code, pytest.approx(other.margins.lon, abs=1e-5), pytest.approx(other.margins.lat, abs=1e-5),
            pytest.approx(other.margins.area_km2, rel=1e-3))
    assert loaded.data.communes[0].has_outlines and loaded.data.communes[0].margins.name == "Bourg-Neuf"
    assert not [note.text for note in loaded.notes if note.is_left]


def test_a_shapefile_without_its_projection(folder: Path) -> None:
    as_shapefile(folder)
    (folder / "iris.geojson").unlink()
    (folder / "CONTOURS-IRIS" / "CONTOURS-IRIS.prj").unlink()
    with pytest.raises(InputError, match="does not say its projection"):
        load(folder)


@pytest.mark.parametrize(("crs", "says"), [("EPSG:2154", "Lambert 93"), ("EPSG:3857", "Web Mercator"),
                                           ("EPSG:27572", "Lambert II")])
def test_another_projection_is_named(crs: str, says: str, folder: Path) -> None:
    rewrite(folder, [reproject(one, crs) for one in features(folder)])
    with pytest.raises(InputError, match=f"not degrees.*{says}"):
        load(folder)


def test_without_the_extra_a_geopackage_says_what_it_needs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_geopackage(folder)
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    assert "resilience-simulator[geo]" in note_on(load(folder), "gpkg")


def test_iris_codes_in_id_beside_com_are_iris(folder: Path) -> None:
    made = features(folder)
    rewrite(folder, [{**one, "properties": {"com": COMMUNE, "id": one["properties"]["CODE_IRIS"], "nom": "x"}}
                     for one in made])
    assert load(folder).data.communes[0].has_outlines
    rewrite(folder, [{"type": "Feature", "id": one["properties"]["CODE_IRIS"], "geometry": one["geometry"],
                      "properties": {"insee_com": COMMUNE}} for one in made])
    assert load(folder).data.communes[0].has_outlines


def test_the_number_of_an_iris_beside_its_commune(folder: Path) -> None:
    rewrite(folder, [{**one, "properties": {"INSEE_COM": COMMUNE, "IRIS": one["properties"]["CODE_IRIS"][5:]}}
                     for one in features(folder)])
    assert load(folder).data.communes[0].has_outlines


CANTONS: dict[str, tuple[dict[str, Any], str]] = {
    "by its name": ({"code": COMMUNE, "nom": "Canton de Bourg-Neuf"}, "canton.geojson"),
    "by its file": ({"code": COMMUNE, "nom": "Bourg-Neuf"}, "cantons-37.geojson"),
    "by another name": ({"code": COMMUNE, "nom": "Ambérieu"}, "iris.geojson"),
}


@pytest.mark.parametrize("how", list(CANTONS))
def test_a_canton_is_not_the_commune(how: str, tmp_path: Path) -> None:
    properties, name = CANTONS[how]
    folder = insee_files.write(tmp_path / "files")
    file = folder / "base-ic-evol-struct-pop-2021.CSV"
    file.write_text("\n".join(line + (";LIBCOM" if k == 0 else ";Bourg-Neuf")
                              for k, line in enumerate(file.read_text().splitlines())))
    (folder / "iris.geojson").unlink()
    (folder / name).write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties,
         "geometry": {"type": "Polygon", "coordinates": insee_files.square(0.6, 47.3, 0.3)}}]}))
    with pytest.raises(InputError, match="no outline says where it lies"):
        load(folder)


def test_codes_that_no_table_knows_are_of_other_areas(tmp_path: Path) -> None:
    """Cantons numbered 01001, 01002 … beside a table of all communes: some numbers are no commune's."""
    folder = tmp_path / "files"
    folder.mkdir()
    head = "CODGEO;P21_POP;P21_POP0014;P21_POP1529;P21_POP3044;P21_POP4559;P21_POP6074;P21_POP75P\n"
    (folder / "base-cc.CSV").write_text(head + "".join(
        f"01{n:03d};859;170;120;180;190;130;69\n" for n in range(1, 60) if n % 5))
    square = {"type": "Polygon", "coordinates": insee_files.square(4.9, 46.1, 0.1)}
    for numbers, good in ((range(1, 24), False), ([1, 2, 3, 4, 6], True)):
        (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"code": f"01{n:03d}"}, "geometry": square} for n in numbers]}))
        if good:
            assert load(folder, "01001").data.communes[0].margins.area_km2 > 50
        else:
            with pytest.raises(InputError, match="no table knows its codes"):
                load(folder, "01001")


def test_an_outline_far_from_the_published_commune_is_left(tmp_path: Path) -> None:
    folder = insee_files.write(tmp_path / "files", "93055", 2.5, 47.0)
    loaded = load(folder, "93055")
    assert "lies" in note_on(loaded, "iris") and not loaded.data.communes[0].has_outlines


def test_one_iris_without_outline_drops_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(insee_files.IRIS, "0104", (2000.0, 15000))
    folder = insee_files.write(tmp_path / "files")
    wanted = load(folder).data.communes[0].iris_data
    rewrite(folder, features(folder)[1:])
    loaded = load(folder)
    found = {iris.code: iris.margins for iris in loaded.data.communes[0].iris_data}
    assert loaded.data.communes[0].has_outlines and len(found) == len(wanted)
    assert [found[one.code].lon for one in wanted[1:]] == [one.margins.lon for one in wanted[1:]]
    assert found[wanted[0].code].area_km2 == pytest.approx(wanted[0].margins.area_km2, rel=0.5)


def test_what_the_others_leave_of_the_commune_is_the_iris_without_outline(folder: Path) -> None:
    wanted = load(folder).data.communes[0].iris_data[0].margins
    whole = {"type": "Feature", "properties": {"INSEE_COM": COMMUNE, "NOM_COM": "Bourg-Neuf"},
             "geometry": {"type": "Polygon", "coordinates": insee_files.square(0.68, 47.39, 0.024)}}
    rewrite(folder, [*features(folder)[1:], whole])
    found = load(folder).data.communes[0].iris_data[0].margins
    assert found.lon == pytest.approx(wanted.lon, abs=1e-4) and found.lat == pytest.approx(wanted.lat, abs=1e-4)
    assert found.area_km2 == pytest.approx(wanted.area_km2, rel=0.01)


def test_a_faulty_feature_drops_only_itself(folder: Path) -> None:
    made = features(folder)
    made[0]["geometry"] = {"type": "Polygon", "coordinates": [[[0.68, 47.39], [0.69, 47.39]]]}
    rewrite(folder, made)
    loaded = load(folder)
    assert loaded.data.communes[0].has_outlines and "three points" in note_on(loaded, "iris")


def test_a_geography_of_another_year_is_named(folder: Path) -> None:
    made = features(folder)
    made[0]["properties"]["CODE_IRIS"] = f"{COMMUNE}0109"
    rewrite(folder, made)
    assert "379990101 only in the tables, 379990109 only in the outlines" in note_on(load(folder), "")


def test_maps_take_the_same_files(folder: Path) -> None:
    as_geopackage(folder)
    assert list(read_all_outlines(folder / "iris.gpkg")) == list(read_all_outlines(folder / "iris.geojson"))
    with pytest.raises(InputError, match="none.geojson: cannot be read"):
        read_all_outlines(folder / "none.geojson")
