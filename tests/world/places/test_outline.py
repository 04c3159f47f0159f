"""Outlines of communes and IRIS from GeoJSON as data portals write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.i18n.input_error import InputError
from simulator.i18n.translation import localise
from simulator.world.places.outline import is_in_france, parse_geojson_outlines, read_outlines
from simulator.world.population.communes import KM_PER_DEGREE

SQUARE = [[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.1], [2.0, 48.0]]
HOLE = [[2.04, 48.04], [2.06, 48.04], [2.06, 48.06], [2.04, 48.06], [2.04, 48.04]]
NARROW = np.cos(np.radians(48.05))
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "communes93.geojson"


def collection(*features: tuple[dict[str, Any], Any, str]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
        for properties, coordinates, kind in features]}


@pytest.mark.parametrize("properties, code, name", [
    ({"code": "93055", "nom": "Pantin"}, "93055", "Pantin"),
    ({"INSEE_COM": "93055", "IRIS": "0101", "CODE_IRIS": "930550101", "NOM_IRIS": "Hoche"}, "930550101", "Hoche"),
    ({"com_code": ["93055"], "com_name": ["Pantin"]}, "93055", "Pantin"),
    ({"CODGEO": 1004, "LIBGEO": "Ambérieu-en-Bugey"}, "01004", "Ambérieu-en-Bugey"),
    ({"insee": "2A004"}, "2A004", "2A004"),
    ({"dcomiris": "2B0330101", "depcom": "2B033"}, "2B0330101", "2B0330101"),
])
def test_codes_and_names_as_portals_write_them(properties: dict[str, Any], code: str, name: str) -> None:
    found = parse_geojson_outlines(collection((properties, [SQUARE], "Polygon")), "map")
    assert list(found) == [code] and found[code].name == name and found[code].commune == code[:5]


def test_area_centre_and_contains_of_a_square_with_a_hole() -> None:
    outline = parse_geojson_outlines(collection(({"code": "93055"}, [SQUARE, HOLE[::-1]], "Polygon")), "map")["93055"]
    full_area = (0.1 * KM_PER_DEGREE) ** 2 * NARROW
    assert outline.area_km2 == pytest.approx(full_area * 0.96) and outline.centre == pytest.approx((2.05, 48.05))
    assert outline.contains(2.01, 48.05) and not outline.contains(2.05, 48.05) and not outline.contains(2.2, 48.05)
    assert outline.bounds == (2.0, 48.0, 2.1, 48.1)


def test_the_direction_of_a_ring_does_not_matter_and_parts_of_one_code_are_joined() -> None:
    other = [[x + 1, y] for x, y in SQUARE[::-1]]
    two = parse_geojson_outlines(collection(*(({"code": "93055"}, [part], "Polygon") for part in (SQUARE, other))),
                                 "map")
    many = parse_geojson_outlines(collection(({"code": "93055"}, [[SQUARE], [other]], "MultiPolygon")), "")
    for one in (two["93055"], many["93055"]):
        assert one.centre == pytest.approx((2.55, 48.05)) and one.contains(3.05, 48.05) and not one.contains(2.5, 48.05)


@pytest.mark.parametrize("plain, text", [
    ([], "no features"), ({"features": []}, "no features"), ({"features": [3]}, "no INSEE code"),
    (collection(({"code": "Pantin"}, [SQUARE], "Polygon")), "no INSEE code"),
    (collection(({"code": "93055"}, SQUARE[0], "Point")), "geometry Point"),
    (collection(({"code": "93055"}, [], "Polygon")), "no coordinates"),
    (collection(({"code": "93055"}, 7, "MultiPolygon")), "no coordinates"),
    (collection(({"code": "93055"}, [[[2, 48], [3, 49]]], "Polygon")), "three points"),
    (collection(({"code": "93055"}, [[[2, "x"], [3, 4], [5, 6]]], "Polygon")), "three points"),
    (collection(({"code": "93055"}, [[[2, 48], [3, 48], [4, 48]]], "Polygon")), "no area"),
    (collection(({"code": "93055"}, [[[y, x] for x, y in SQUARE]], "Polygon")), "swapped"),
    (collection(({"code": "93055"}, [[[x * 3e5, y * 1e5] for x, y in SQUARE]], "Polygon")), "not degrees"),
    (collection(({"code": "93055"}, [[[x - 80, y] for x, y in SQUARE]], "Polygon")), "outside France"),
])
def test_unusable_outlines_are_refused_in_one_line(plain: Any, text: str) -> None:
    with pytest.raises(InputError, match=text) as refusal:
        parse_geojson_outlines(plain, "map.geojson")
    assert "map.geojson" in str(refusal.value) and localise(refusal.value, "fr") != str(refusal.value)


def test_files_that_are_not_geojson(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_outlines(tmp_path / "none.geojson")
    (tmp_path / "broken.geojson").write_text('{"type": ')
    with pytest.raises(InputError, match="not JSON"):
        read_outlines(tmp_path / "broken.geojson")
    (tmp_path / "good.geojson").write_text(json.dumps(collection(({"code": "93055"}, [SQUARE], "Polygon"))))
    assert list(read_outlines(tmp_path / "good.geojson")) == ["93055"]


@pytest.mark.skipif(not FACTS.exists(), reason="the département's outlines are not here")
def test_areas_and_centres_of_the_departement() -> None:
    from simulator.world.population.communes import load_commune_counts

    found = read_outlines(FACTS)
    for code, margins in load_commune_counts().items():
        outline = found[str(code)]
        if code != 93066:  # the outline predates the merger of 2025
            assert outline.area_km2 == pytest.approx(margins.area_km2, rel=0.05)
            assert outline.centre == pytest.approx((margins.lon, margins.lat), abs=0.005)
    assert found["93055"].contains(2.41, 48.897) and not found["93055"].contains(2.53, 48.94)


def test_boxes_of_france() -> None:
    assert is_in_france(2.4, 48.9) and is_in_france(55.5, -21.1)
    assert not is_in_france(48.9, 2.4) and not is_in_france(13.4, 52.5)
