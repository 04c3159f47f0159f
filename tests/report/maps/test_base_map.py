import numpy as np
import pytest

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.report.maps.base_map import build_base_map
from simulator.report.maps.cells import compute_ring_area, is_inside
from simulator.report.maps.drawn_layout import place_as_drawn
from simulator.report.maps.neighbourhoods import NeighbourhoodPoints
from simulator.world.places.layout import lay_out_all_communes
from simulator.world.places.outline import parse_geojson_outlines
from simulator.world.population.communes import load_commune_counts

COMMUNES = len(load_commune_counts())


@pytest.fixture(scope="module")
def everywhere():
    """The neighbourhoods of the département as the model lays them out."""
    layouts = lay_out_all_communes(Model(), make_random_key(3))
    code = np.concatenate([np.full(len(one.uid), code) for code, one in layouts.items()])
    uid, x, y, n = (np.concatenate([getattr(one, name) for one in layouts.values()])
                    for name in ("uid", "x", "y", "people"))
    return NeighbourhoodPoints(uid, code, x, y, n, is_in_layout=True)


def select(places, rows):
    return NeighbourhoodPoints(places.uid[rows], places.commune[rows], places.x[rows], places.y[rows], places.n[rows],
                               is_in_layout=places.is_in_layout)


def test_the_departement_is_one_area_for_each_commune_where_it_lies(everywhere):
    base = build_base_map(everywhere)
    assert base.kind == "communes" and {shape.place for shape in base.shapes} == set(base.place_of.values())
    assert len(base.titles) == COMMUNES and len(base.shapes) <= COMMUNES + 3, "communes are hardly torn apart"
    at, true = place_as_drawn(everywhere), np.column_stack((everywhere.x, everywhere.y))
    assert np.hypot(*(at - true).T).max() < 1.5, "nothing is drawn far from where it lies"
    for shape in base.shapes:
        inside = [is_inside(shape.ring, point) for point in at]
        owners = {f"{int(code):05d}" for code, is_in in zip(everywhere.commune, inside) if is_in}
        assert owners <= {shape.place} or compute_ring_area(shape.ring) < 0


def test_few_communes_are_drawn_as_groups_of_neighbourhoods_over_what_lies_around(everywhere):
    base = build_base_map(select(everywhere, everywhere.commune == 93071))
    groups = set(base.place_of.values())
    assert base.kind == "cells" and {shape.place for shape in base.shapes} == {"", *groups}
    assert set(base.titles.values()) == {f"Sevran {k}" for k in range(1, len(groups) + 1)}
    names = {label.texts[0] for label in base.name_labels if not label.place}
    assert {"Aulnay", "Livry-Gargan"} <= names and "Sevran" not in names
    for place, at in base.number_positions.items():
        assert any(is_inside(shape.ring, at) for shape in base.shapes if shape.place == place)


def test_areas_do_not_overlap(everywhere):
    base = build_base_map(select(everywhere, np.isin(everywhere.commune, (93071, 93014, 93055))))
    west, south, east, north = base.bounds
    rng = np.random.default_rng(5)
    for point in np.column_stack((rng.uniform(west, east, 300), rng.uniform(south, north, 300))):
        hits = {}
        for shape in base.shapes:
            hits[shape.place] = hits.get(shape.place, 0) + is_inside(shape.ring, point)
        assert sum(count % 2 for count in hits.values()) <= 1


def test_parts_far_apart_stand_side_by_side(everywhere):
    far = NeighbourhoodPoints(np.arange(4), np.array([93071, 93071, 93014, 93014]), np.array([0, 0.5, 30.0, 30.5]),
                              np.zeros(4), np.full(4, 2600.0))
    base = build_base_map(far)
    west, _, east, _ = base.bounds
    assert east - west < 10
    first, second = (np.concatenate([one.ring for one in base.shapes if one.place[:5] == code])
                     for code in ("93071", "93014"))
    assert first[:, 0].max() < second[:, 0].min() or second[:, 0].max() < first[:, 0].min()
    for uid, (x, y) in base.neighbourhood_positions.items():
        shift = base.offsets[uid]
        assert (x - shift[0], y - shift[1]) == pytest.approx((far.x[uid], far.y[uid]))


def test_places_of_another_layout_have_nothing_around(everywhere):
    rows = everywhere.commune == 93071
    other = NeighbourhoodPoints(*(getattr(everywhere, name)[rows] for name in ("uid", "commune", "x", "y", "n")))
    assert all(shape.place for shape in build_base_map(other).shapes)
    np.testing.assert_array_equal(place_as_drawn(other), np.column_stack((other.x, other.y)))


def square(code, lon, name):
    return {"type": "Feature", "properties": {"code": code, "nom": name}, "geometry": {
        "type": "Polygon", "coordinates": [[[lon, 48.9], [lon + 0.05, 48.9], [lon + 0.05, 48.95], [lon, 48.95],
                                            [lon, 48.9]]]}}


def test_outlines_are_drawn_where_they_are_given(everywhere):
    features = [square("93071", 2.5, "Sevran"), square("93059", 2.3, "Pierrefitte")]
    outlines = parse_geojson_outlines({"type": "FeatureCollection", "features": features}, "mine")
    base = build_base_map(everywhere, outlines)
    assert base.kind == "outlines" and {one.place for one in base.shapes} == {"93071", "93066"}
    assert everywhere.find_commune_name("99999") == "99999"
