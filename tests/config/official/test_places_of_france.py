"""Communes of every département, arrondissements, and communes that are not divided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.config.official import insee_files
from tests.config.official.test_folder_reading import INCOME, load


@pytest.mark.parametrize(("commune", "lon", "lat", "cells"), [
    ("2A004", 8.73, 41.92, None), ("2B033", 9.44, 42.69, None), ("97105", -61.72, 16.0, None),
    ("97411", 55.45, -20.9, None), ("01999", 5.2, 46.2, ("01999", "1999")), ("75101", 2.335, 48.86, None)])
def test_codes_of_all_departments(commune: str, lon: float, lat: float, cells: tuple[str, str] | None,
                                  tmp_path: Path) -> None:
    folder = insee_files.write(tmp_path / "files", commune, lon, lat)
    if cells:  # a spreadsheet has dropped leading zeros
        for file in [*folder.glob("*.CSV"), *folder.glob("*.csv")]:
            file.write_text(file.read_text().replace(*cells))
    data = load(folder, commune).data
    assert data.communes[0].margins.population == 6460 and data.communes[0].has_outlines
    assert data.communes[0].iris_data[0].code == f"{commune}0101"


def test_paris_is_its_arrondissements(tmp_path: Path) -> None:
    folder = insee_files.write(tmp_path / "one", "75101", 2.335, 48.86)
    for name in ("base-ic-evol-struct-pop-2021.CSV", INCOME):
        other = insee_files.population("75102") if "pop" in name else insee_files.income("75102")
        (folder / name).write_text((folder / name).read_text() + other.split("\n", 1)[1])
    (folder / "more.geojson").write_text(insee_files.outlines("75102", 2.36, 48.86))
    data = load(folder, "75056").data
    assert [commune.margins.code for commune in data.communes] == [75101, 75102]


def test_an_undivided_commune_takes_the_commune_s_outline(tmp_path: Path) -> None:
    """INSEE writes a commune without IRIS as one IRIS 0000; outlines of communes know only the commune."""
    folder = tmp_path / "files"
    folder.mkdir()
    head = "IRIS;COM;TYP_IRIS;LAB_IRIS;P21_POP;P21_POP0014;P21_POP1529;P21_POP3044;P21_POP4559;P21_POP6074;P21_POP75P\n"
    (folder / "pop.CSV").write_text(head + "010010000;01001;Z;5;859;170;120;180;190;130;69\n")
    square = insee_files.square(4.92, 46.14, 0.04)
    for code in ("01001", "010010000"):
        (folder / "c.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"INSEE_COM": "01001", "NOM_COM": "L'Abergement-Clémenciat",
                                               "CODE_IRIS": code},
             "geometry": {"type": "Polygon", "coordinates": square}}]}))
        margins = load(folder, "01001").data.communes[0].margins
        assert margins.population == 859 and margins.name == "L'Abergement-Clémenciat"
        assert (margins.lon, margins.lat) == (pytest.approx(4.94), pytest.approx(46.16)) and margins.area_km2 > 10
