"""Files of a population, made out of the synthetic one, in the project's own layout and in eqasim's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import PopulationTables, generate_population
from simulator.world.places.territory import Territory
from simulator.world.population.communes import km_to_lonlat

SEX, TENURE = np.array(["man", "woman"]), np.array(["owner", "social", "private"])
JOB, DIPLOMA = np.array(["inactive", "unemployed", "employed"]), np.array(["basic", "secondary", "higher"])
REFERENCE_INCOME = Model().population.reference_income


def synthetic(residents: int = 200, commune: str = "93071") -> PopulationTables:
    """The synthetic population of a small place, seed 1."""
    return generate_population(Territory("village", communes=[commune], residents=residents), Model(),
                               make_random_key(1), {})


def make_frames(tables: PopulationTables, *, commune: str = "93071") -> dict[str, pandas.DataFrame]:
    """residents and households with every column but role, group and places below the commune."""
    people, homes = tables.people, tables.households
    return {
        "residents": pandas.DataFrame({
            "resident_id": np.arange(len(people)), "household_id": people.household, "age": people.age,
            "sex": SEX[people.sex], "diploma": DIPLOMA[people.diploma], "job": JOB[people.job]}),
        "households": pandas.DataFrame({
            "household_id": np.arange(len(homes)), "commune": commune,
            "income": np.round(homes.income.astype(float) * REFERENCE_INCOME, 2), "tenure": TENURE[homes.tenure]})}


def write(folder: Path, frames: dict[str, pandas.DataFrame], kind: str = "csv", **options: Any) -> str:
    """Both tables as files; the folder's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        if kind == "csv":
            frame.to_csv(folder / f"{name}.csv", index=False, **options)
        else:
            frame.to_parquet(folder / f"{name}.parquet")
    return str(folder)


def write_eqasim(folder: Path, tables: PopulationTables, *, homes: str = "gpkg", with_communes: bool = True) -> str:
    """persons, households and homes in the layout of eqasim's synthesis/output.py; made up, in eqasim's units."""
    import pyproj

    folder.mkdir(parents=True, exist_ok=True)
    people, built, buildings = tables.people, tables.households, tables.buildings
    adults = np.bincount(people.household[people.age >= 14], minlength=len(built))
    units = 1 + 0.5 * np.maximum(adults - 1, 0) + 0.3 * (built.size - adults)
    persons = pandas.DataFrame({
        "person_id": np.arange(len(people)), "household_id": people.household, "age": people.age,
        "employed": people.job == 2, "sex": np.array(["male", "female"])[people.sex],
        "socioprofessional_class": np.where(people.job > 0, 5, np.where(people.age >= 62, 7, 8)),
        "has_driving_license": people.age >= 18, "has_pt_subscription": False, "census_person_id": 1, "hts_id": 1})
    households = pandas.DataFrame({
        "household_id": np.arange(len(built)), "car_availability": "some", "bike_availability": "none",
        "number_of_vehicles": 1, "number_of_bikes": 0, "income": built.income * REFERENCE_INCOME * units / 12,
        "census_household_id": 1})
    if with_communes:
        households.insert(1, "iris_id", "undefined")
        households.insert(2, "commune_id", "93071")
    persons.to_csv(folder / "ile_de_france_persons.csv", sep=";", index=False)
    households.to_csv(folder / "ile_de_france_households.csv", sep=";", index=False)
    lon, lat = km_to_lonlat(buildings.x[built.building], buildings.y[built.building])
    x, y = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True).transform(lon, lat)
    _write_homes(folder / f"ile_de_france_homes.{homes}", np.arange(len(built)), np.round(x, 2), np.round(y, 2))
    return str(folder)


def _write_homes(file: Path, ids: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    if file.suffix == ".csv":
        pandas.DataFrame({"household_id": ids, "x": x, "y": y}).to_csv(file, sep=";", index=False)
        return
    import pyogrio
    import shapely

    pyogrio.raw.write(str(file), shapely.to_wkb(shapely.points(x, y)), [ids], ["household_id"], geometry_type="Point",
                      crs="EPSG:2154", driver="GPKG")
