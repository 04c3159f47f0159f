from collections import Counter

import numpy as np
import pytest

from simulator.report.maps.base_map import BaseMap, build_base_map, build_cell_map, build_outline_map
from simulator.report.maps.neighbourhoods import NeighbourhoodPoints
from simulator.report.maps.tiles import ROWS, TILES
from simulator.world.places.outline import parse_geojson_outlines
from simulator.world.population.communes import load_commune_counts, lonlat_to_km


def everywhere(each=3):
    """Neighbourhoods in every commune of the département."""
    at = {one.code: lonlat_to_km(one.lon, one.lat) for one in load_commune_counts().values()}
    rows = [(code, x + 0.3 * k, y) for code, (x, y) in at.items() for k in range(each)]
    code, x, y = (np.array(column) for column in zip(*rows))
    return NeighbourhoodPoints(np.arange(len(code)), code, x, y, np.full(len(code), 2600.0))


def area(ring):
    """Area of a ring, by the shoelace formula."""
    x, y = ring.T
    return abs(float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())) / 2


def test_every_commune_has_one_tile_of_its_own():
    assert set(TILES) == {f"{code:05d}" for code in load_commune_counts()}
    assert max(Counter(TILES.values()).values()) == 1 and len({len(row) for row in ROWS}) == 1


def test_tiles_keep_east_and_north():
    """Of two communes more than 6 km apart along an axis, the eastern (northern) tile belongs to the eastern (northern)
    one."""
    at = {f"{one.code:05d}": lonlat_to_km(one.lon, one.lat) for one in load_commune_counts().values()}
    for axis in (0, 1):
        wrong = [(a, b) for a in at for b in at if at[a][axis] - at[b][axis] > 6 and TILES[a][axis] <= TILES[b][axis]]
        assert not wrong


def test_the_whole_departement_is_drawn_as_tiles_and_few_communes_as_neighbourhoods():
    known = everywhere()
    assert build_base_map(known).kind == "tiles" and len(build_base_map(known).shapes) == 39
    few, columns = known.commune == 93071, (known.uid, known.commune, known.x, known.y, known.n)
    base = build_base_map(NeighbourhoodPoints(*(column[few] for column in columns)))
    assert base.kind == "cells" and len(base.shapes) == 3 and set(base.titles.values()) == {"Sevran"}


def test_cells_share_the_plane():
    """Cells do not overlap: each point of a cell is nearest to the centre of that cell."""
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 3, 12), rng.uniform(0, 3, 12)
    base = build_cell_map(NeighbourhoodPoints(np.arange(12), np.full(12, 93071), x, y, np.full(12, 2600.0)))
    at = np.array([base.neighbourhood_positions[uid] for uid in range(12)])
    for uid, shape in enumerate(base.shapes):
        for corner in 0.999 * shape.ring + 0.001 * at[uid]:
            apart = np.hypot(*(at - corner).T)
            assert apart[uid] <= apart.min() + 1e-9
    pair = build_cell_map(NeighbourhoodPoints(np.arange(2), np.full(2, 93071), np.array([0.0, 9.0]), np.zeros(2),
                                              np.full(2, 2600.0)))
    assert area(pair.shapes[0].ring) == pytest.approx(np.pi * (0.78 * 9) ** 2, rel=0.15)


def test_communes_side_by_side_do_not_overlap():
    codes, x = np.array([93071, 93071, 93014, 93014]), np.array([0, 1.0, 0.2, 1.1])
    base = build_cell_map(NeighbourhoodPoints(np.arange(4), codes, x, np.zeros(4), np.full(4, 2600.0)))
    first, second = (np.concatenate([one.ring for one in base.shapes if one.place[:5] == code])
                     for code in ("93071", "93014"))
    assert first[:, 0].max() < second[:, 0].min() or second[:, 0].max() < first[:, 0].min() or (
        first[:, 1].max() < second[:, 1].min() or second[:, 1].max() < first[:, 1].min())


def square(code, lon, name):
    return {"type": "Feature", "properties": {"code": code, "nom": name}, "geometry": {
        "type": "Polygon", "coordinates": [[[lon, 48.9], [lon + 0.05, 48.9], [lon + 0.05, 48.95], [lon, 48.95],
                                            [lon, 48.9]]]}}


def test_outlines_are_drawn_where_they_are_given():
    features = [square("93071", 2.5, "Sevran"), square("93059", 2.3, "Pierrefitte")]
    outlines = parse_geojson_outlines({"type": "FeatureCollection", "features": features}, "mine")
    base = build_base_map(everywhere(), outlines)
    assert base.kind == "outlines" and {one.place for one in base.shapes} == {"93071", "93066"}
    assert isinstance(build_outline_map(everywhere(), outlines), BaseMap)
    assert everywhere().find_commune_name("99999") == "99999"
