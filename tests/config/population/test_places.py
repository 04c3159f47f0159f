"""Where a given household lives: its commune, IRIS, position and building; a file that does not fit is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from simulator.config.official.load import load_official_data
from simulator.config.population.load import load_population
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import build_world, generate_population
from simulator.world.places.selection import lay_out_territory
from simulator.world.places.territory import Territory
from simulator.world.population.communes import km_to_lonlat, lonlats_to_km
from simulator.world.population.given_population import GivenPopulation
from tests.config.official import insee_files
from tests.config.population import made_files

PLACE = Territory("village", communes=["93071"], residents=200)
LAYOUT = lay_out_territory(PLACE, Model(), make_random_key(1))[93071]


def make_homes(count: int, **columns: Any) -> dict[str, pandas.DataFrame]:
    """Households of one adult and one child."""
    people = pandas.DataFrame({"resident_id": np.arange(2 * count), "household_id": np.arange(2 * count) // 2,
                               "age": np.tile([40, 8], count)})
    return {"residents": people, "households": pandas.DataFrame({"household_id": np.arange(count), **columns})}


def load(folder: Path, frames: dict[str, pandas.DataFrame]) -> GivenPopulation:
    return load_population(made_files.write(folder, frames)).population


def build(given: GivenPopulation, place: Territory = PLACE) -> Any:
    return generate_population(place, Model(), make_random_key(1), {}, given)


def test_a_home_stands_at_its_position(tmp_path: Path) -> None:
    x, y = LAYOUT.x[1] + np.linspace(-0.05, 0.05, 100), np.full(100, LAYOUT.y[1])
    lon, lat = km_to_lonlat(x, y)
    found = build(load(tmp_path, make_homes(100, lon=lon, lat=lat)))
    assert (found.people.neighbourhood == 1).all() and len(found.buildings) == 100
    assert np.allclose(np.sort(found.buildings.x), np.sort(x), atol=1e-3)


def test_households_at_one_position_or_of_one_number_share_a_building(tmp_path: Path) -> None:
    lon, lat = km_to_lonlat(LAYOUT.x[np.arange(100) % 2], LAYOUT.y[np.arange(100) % 2])
    assert build(load(tmp_path / "a", make_homes(100, lon=lon, lat=lat))).buildings.households.tolist() == [50, 50]
    found = build(load(tmp_path / "b", make_homes(100, building_id=[f"b{k // 4}" for k in range(100)])))
    assert found.buildings.households.tolist() == [4] * 25
    known = np.bincount(np.arange(100) // 4)
    assert np.array_equal(np.bincount(found.households.building), known)


def test_a_run_plays_with_empty_neighbourhoods(tmp_path: Path) -> None:
    lon, lat = km_to_lonlat(LAYOUT.x[[0] * 100], LAYOUT.y[[0] * 100])
    given = load(tmp_path, make_homes(100, lon=lon, lat=lat))
    world = build_world(PLACE, Model(), 1, given=given)
    world.check()
    assert world.neighbourhoods.adults.tolist() == [100, 0] and world.neighbourhoods.buildings.tolist() == [1, 0]


def test_iris_are_the_neighbourhoods_of_official_files(tmp_path: Path) -> None:
    data = load_official_data(str(insee_files.write(tmp_path / "files")), ("37999",), ()).data
    (commune,) = data.communes
    place = Territory("official", communes=["37999"], official_data=data)
    counts = [iris.margins.households for iris in commune.iris_data]
    codes = np.repeat([iris.code for iris in commune.iris_data], counts)
    found = build(load(tmp_path / "own", make_homes(len(codes), iris=codes)), place)
    assert np.array_equal(np.bincount(found.neighbourhoods.adults), np.bincount(counts))


def test_without_iris_those_of_one_iris_stay_together(tmp_path: Path) -> None:
    codes = np.array(["930710101", "930710102", "930710103", "930710104"])[np.arange(100) % 4]
    found = build(load(tmp_path, make_homes(100, iris=codes)))
    assert np.bincount(found.people.neighbourhood).tolist() == [100, 100]


def test_a_home_without_commune_belongs_to_the_nearest(tmp_path: Path) -> None:
    pair = Territory("pair", communes=["93063", "93055"], around_km=0)
    layouts = lay_out_territory(pair, Model(), make_random_key(1))
    codes = np.repeat([93055, 93063], 20)
    x, y = (np.array([getattr(layouts[code], axis)[0] for code in codes]) for axis in ("x", "y"))
    lon, lat = km_to_lonlat(x, y)
    back = lonlats_to_km(lon, lat)
    assert np.allclose(back, (x, y))
    given = load(tmp_path, make_homes(40, lon=lon, lat=lat))
    with pytest.raises(ValueError, match="40 residents in commune 93055, where .* live; expected about as many"):
        build(given, pair)
    with pytest.raises(ValueError, match="no household in commune 93001; its communes: 93055, 93063"):
        build(given, Territory("other", communes=["93001"]))


@pytest.mark.parametrize(("columns", "place", "says"), [
    ({"lon": 2.0, "lat": 48.0, "commune": "93071"}, PLACE, "lies far from it, at 2.0, 48.0"),
    ({"commune": "75056"}, PLACE, "no household in commune 93071; its communes: 75056"),
    ({}, Territory("pair", communes=["93063", "93055"]), "neither commune, IRIS nor position"),
    ({}, Territory("small", communes=["93071"], residents=2000), "give everybody|Give everybody")])
def test_a_population_that_does_not_fit_is_refused(tmp_path: Path, columns: dict[str, Any], place: Territory,
                                                   says: str) -> None:
    with pytest.raises(ValueError, match=says):
        build(load(tmp_path, make_homes(100, **columns)), place)


def test_an_iris_that_official_files_do_not_have_is_refused(tmp_path: Path) -> None:
    data = load_official_data(str(insee_files.write(tmp_path / "files")), ("37999",), ()).data
    place = Territory("official", communes=["37999"], official_data=data)
    with pytest.raises(ValueError, match="IRIS 379999999 .* none of those of the territory"):
        build(load(tmp_path / "own", make_homes(2500, iris="379999999")), place)
