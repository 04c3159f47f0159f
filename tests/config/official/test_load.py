"""A folder in INSEE's layout: its counts are those of the world, missing figures are reported, bad files refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulator.config.official.data_provenance import describe_data_provenance
from simulator.config.official.load import hash_official_data, load_official_data
from simulator.i18n.input_error import InputError
from simulator.i18n.translation import localise
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import generate_population
from simulator.world.places.official_data import OfficialData
from simulator.world.places.territory import Territory
from tests.config.official import insee_files

POPULATION, INCOME = "base-ic-evol-struct-pop-2021.CSV", "BASE_TD_FILO_DISP_IRIS_2021.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return insee_files.write(tmp_path / "files")


def load(folder: Path, *communes: str) -> OfficialData:
    return load_official_data(str(folder), communes or ("37999",), ()).data


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_counts_are_the_files(folder: Path) -> None:
    (commune,) = load(folder).communes
    people = {iris.code: iris.margins.population for iris in commune.iris_data}
    assert sum(people.values()) == commune.margins.population == 2400 + 2100 + 1900 + 60
    assert people["379990101"] == 2400 and len(people) == 3
    first = commune.iris_data[0]
    assert first.margins.households == 960 and first.margins.owner_occupied == 432
    assert first.margins.median_income_eur == 17000 and first.margins.poverty_pct == 22.5
    assert first.social_share == pytest.approx(0.3) and first.house_share == pytest.approx(0.28)
    assert first.margins.age0_14 == 480 and first.margins.one_person == 336


def test_places_are_the_outlines(folder: Path) -> None:
    (commune,) = load(folder).communes
    first = commune.iris_data[0].margins
    assert commune.has_outlines and (first.lon, first.lat) == (pytest.approx(0.686), pytest.approx(47.396))
    assert first.area_km2 == pytest.approx(0.012**2 * 111.195**2 * np.cos(np.radians(47.396)), rel=1e-3)


def test_people_are_as_counted(folder: Path) -> None:
    place = Territory("bourg", communes=["37999"], official_data=load(folder))
    base = generate_population(place, Model(), make_random_key(1), {})
    people = next(one for one in vars(base).values() if hasattr(one, "neighbourhood") and hasattr(one, "age"))
    assert sorted(np.bincount(people.neighbourhood)) == sorted(
        iris.margins.population for iris in place.official_data.communes[0].iris_data)  # type: ignore[union-attr]


def test_content_not_path_counts(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "moved"
    shutil.copytree(folder, other)
    with zipfile.ZipFile(other / "base-ic-logement-2021_csv.zip", "w") as archive:
        archive.write(other / "base-ic-logement-2021.CSV", "base-ic-logement-2021.CSV")
        archive.writestr("meta_base-ic-logement-2021.CSV", "COD_VAR;LIB_VAR\nIRIS;Code\n")
    (other / "base-ic-logement-2021.CSV").unlink()
    assert hash_official_data(load(other)) == hash_official_data(load(folder))
    change(other / INCOME, "17000", "17100")
    assert hash_official_data(load(other)) != hash_official_data(load(folder))


def test_latin_1_commas_and_lost_zeros_are_read(tmp_path: Path) -> None:
    folder = insee_files.write(tmp_path / "ain", "01999", 5.2, 46.2)
    for name in (POPULATION, INCOME):
        file = folder / name
        file.write_bytes(file.read_text(encoding="utf-8").replace("\n01999", "\n1999").replace("IRIS;", "IRIS;LIBÉ;", 1)
                         .replace("9990101;", "9990101;Été;").replace("9990102;", "9990102;x;")
                         .replace("9990103;", "9990103;x;").replace("9990104;", "9990104;x;").encode("latin-1"))
    assert load(folder, "01999").communes[0].margins.population == 6460


def test_what_is_missing_is_reported(folder: Path) -> None:
    for name in (INCOME, "base-ic-logement-2021.CSV"):
        (folder / name).unlink()
    data = load(folder)
    lines = list(describe_data_provenance(data, "en"))
    assert data.provenance["income"] == data.provenance["housing"] == "93 no_file"
    assert any("housing" in line and "assumption" in line for line in lines)
    assert any("floods" in line for line in lines) and any("priority districts" in line for line in lines)
    assert len(list(describe_data_provenance(data, "fr"))) == len(lines)


def test_a_secret_income_is_its_neighbours(folder: Path) -> None:
    data = load(folder)
    assert data.provenance["income"] == "iris 2021, neighbours secret"
    assert any("secret" in line for line in describe_data_provenance(data, "en"))


def test_communes_alone_are_enough(tmp_path: Path) -> None:
    folder = insee_files.write(tmp_path / "files")
    for file in folder.glob("*.CSV"):
        file.unlink()
    (folder / INCOME).unlink()
    (folder / "base-cc-evol-struct-pop-2021.CSV").write_text(insee_files.text(
        "CODGEO;P21_POP;P21_POP0014;P21_POP1529;P21_POP3044;P21_POP4559;P21_POP6074;P21_POP7589;P21_POP90P;P15_POP",
        [["37999", 6000, 1200, 1200, 1300, 1100, 700, 450, 50, 5900]]), encoding="utf-8")
    data = load(folder)
    assert data.communes[0].margins.age90p == 50 and not data.communes[0].iris_data
    assert any("generator" in line for line in describe_data_provenance(data, "en"))


def swapped(folder: Path) -> None:
    plain = json.loads((folder / "iris.geojson").read_text())
    for feature in plain["features"]:
        feature["geometry"]["coordinates"] = [[point[::-1] for point in ring]
                                              for ring in feature["geometry"]["coordinates"]]
    (folder / "iris.geojson").write_text(json.dumps(plain))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "column": (lambda f: change(f / POPULATION, "P21_POP3044", "X"), "POP3044 of 2021 is missing"),
    "separator": (lambda f: (f / POPULATION).write_text("IRIS\n379990101\n"), "no table of residents.*another table"),
    "code": (lambda f: change(f / POPULATION, "379990102", "37999x102"), "line 3: IRIS is 37999x102"),
    "twice": (lambda f: change(f / POPULATION, "379990102", "379990101"), "is there twice"),
    "negative": (lambda f: change(f / POPULATION, "2400.0".replace(".", ","), "-2400,0"), "negative"),
    "word": (lambda f: change(f / POPULATION, "2400,0", "many"), "P21_POP of 379990101 is many"),
    "total": (lambda f: change(f / POPULATION, "2400,0", "2600,0"), "ages sum to 2400, the total is 2600"),
    "years": (lambda f: change(f / "base-ic-logement-2021.CSV", "P21_", "P17_"), "years are mixed"),
    "two": (lambda f: (f / "copy.csv").write_text((f / POPULATION).read_text().replace("2400,0", "2410,0")),
            "both hold residents by age"),
    "thousands": (lambda f: (f / POPULATION).write_text(
        "IRIS;P21_POP;P21_POP0014;P21_POP1529;P21_POP3044;P21_POP4559;P21_POP6074;P21_POP75P\n"
        "379990101;2,400;480;480;480;480;240;240\n"), "2,400: two or two thousand"),
    "outline": (lambda f: (f / "iris.geojson").unlink(), "no outline says"),
    "swapped": (swapped, "no outline says.*swapped"),
    "nothing": (lambda f: (f / POPULATION).unlink(), "no table of residents by age"),
    "binary": (lambda f: (f / POPULATION).write_bytes(b"\0\1\2"), "no table of residents.*is not a text"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_bad_files_are_refused(name: str, folder: Path) -> None:
    spoil, says = BAD[name]
    spoil(folder)
    with pytest.raises(InputError, match=says) as caught:
        load(folder)
    french = localise(caught.value, "fr")
    assert "\n" not in french and french != str(caught.value)


def test_a_commune_the_files_do_not_know(folder: Path) -> None:
    with pytest.raises(InputError, match="37998: no table says how many residents"):
        load(folder, "37998")


@pytest.mark.parametrize("seed", range(40))
def test_mutated_files_load_or_are_refused(seed: int, folder: Path) -> None:
    draw = np.random.default_rng(seed)
    file = sorted(folder.iterdir())[seed % 5]
    raw = bytearray(file.read_bytes())
    for place in draw.integers(len(raw), size=int(draw.integers(1, 12))):
        raw[place] = draw.choice(list(b';,"\n-9x\0. '))
    file.write_bytes(bytes(raw))
    try:
        load(folder)
    except InputError:
        pass
