"""The synthetic population that eqasim writes, on made files in its layout; nothing of it is imported."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas
import pytest

from simulator.config.population.load import load_population
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import generate_population
from simulator.world.places.territory import Territory
from tests.config.population import made_files

PLACE = Territory("village", communes=["93071"], residents=200)


@pytest.mark.parametrize(("homes", "with_communes"), [("gpkg", True), ("gpkg", False), ("csv", True)])
def test_its_files_are_read(tmp_path: Path, homes: str, with_communes: bool) -> None:
    known = made_files.synthetic()
    loaded = load_population(made_files.write_eqasim(tmp_path, known, homes=homes, with_communes=with_communes))
    found = generate_population(PLACE, Model(), make_random_key(2), {}, loaded.population)
    assert np.array_equal(np.sort(found.people.age), np.sort(known.people.age))
    assert np.array_equal(np.bincount(found.people.sex), np.bincount(known.people.sex))
    assert np.array_equal(np.bincount(found.people.job), np.bincount(known.people.job))
    assert np.allclose(np.sort(found.households.income), np.sort(known.households.income), rtol=1e-4), \
        "euros a month of the household are euros a year per consumption unit"
    inhabited = known.buildings.households > 0
    assert np.allclose(np.sort(found.buildings.x), np.sort(known.buildings.x[inhabited]), atol=1e-3), \
        "homes are brought from Lambert-93 to the map"
    assert f"ile_de_france_homes.{homes}" in str(loaded.notes[0])


def test_the_first_household_keeps_its_figures(tmp_path: Path) -> None:
    """By hand: two adults and a child of 10 have 1.8 consumption units, so 2,700 EUR a month are 18,000 a year."""
    (tmp_path / "persons.csv").write_text(
        "person_id;household_id;age;employed;sex;socioprofessional_class\n1;7;40;True;male;3\n2;7;38;False;female;5\n"
        "3;7;10;False;male;8\n4;8;80;False;female;7\n", encoding="utf-8")
    (tmp_path / "households.csv").write_text("household_id;commune_id;income\n7;93071;2700\n8;93071;1500\n",
                                             encoding="utf-8")
    given = load_population(tmp_path).population
    assert given.households is not None and given.residents is not None
    assert given.households["income"].tolist() == [18000.0, 18000.0]
    assert dict(zip(given.residents["age"].tolist(), given.residents["job"].tolist())) == {40: 2, 38: 1, 10: 0, 80: 0}


def test_children_alone_are_left_out_and_told(tmp_path: Path) -> None:
    folder = Path(made_files.write_eqasim(tmp_path, made_files.synthetic()))
    for name, row in (("persons", {"person_id": 9001, "household_id": 9000, "age": 9, "employed": False, "sex": "male",
                                   "socioprofessional_class": 8}),
                      ("households", {"household_id": 9000, "commune_id": "93071", "income": 0.0})):
        file = folder / f"ile_de_france_{name}.csv"
        frame = pandas.read_csv(file, sep=";")
        pandas.concat([frame, pandas.DataFrame([row])]).to_csv(file, sep=";", index=False)
    loaded = load_population(folder)
    assert loaded.population.residents is not None and len(loaded.population.residents["age"]) == 200
    assert any("1 residents under 15 who live without an adult" in str(note) for note in loaded.notes)


def test_what_is_wrong_is_refused(tmp_path: Path) -> None:
    folder = Path(made_files.write_eqasim(tmp_path, made_files.synthetic()))
    (folder / "meta.json").write_text(json.dumps({"sampling_rate": 0.05}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"meta.json: sampling_rate is 0.05: .* sampling_rate 1"):
        load_population(folder)
    (folder / "meta.json").write_text(json.dumps({"sampling_rate": 1.0}), encoding="utf-8")
    load_population(folder)
    (folder / "ile_de_france_homes.gpkg").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="expected points with household_id, as eqasim writes homes"):
        load_population(folder)
    (folder / "ile_de_france_homes.gpkg").unlink()
    (folder / "ile_de_france_homes.csv").write_text("household_id;z\n1;2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected columns lon and lat"):
        load_population(folder)
    (folder / "corse_persons.csv").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="holds corse_persons.csv, ile_de_france_persons.csv; keep one"):
        load_population(folder)
