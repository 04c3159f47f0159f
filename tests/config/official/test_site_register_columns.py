"""Registers of sites as portals publish them: their own columns and types, points in one column, GeoJSON, workbooks."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from simulator.config.official.site_register import RegisterOptions, SiteRegister, read_site_register
from simulator.i18n.input_error import InputError
from simulator.world.sites.site_card import SiteCard

TYPES = [SiteCard(id=name, generic=True) for name in ("garden", "social_centre", "third_place", "cultural_venue")]


def read(folder: Path, text: str, name: str = "lieux.csv", **options: object) -> SiteRegister:
    (folder / name).write_text(text, encoding="utf-8")
    return read_site_register(str(folder / name), TYPES, RegisterOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(("point", "lon", "lat"), [
    ("48.911, 2.482", 2.482, 48.911), ("48.911,2.482", 2.482, 48.911), ("2.482, 48.911", 2.482, 48.911),
    ('{"lon": 2.482, "lat": 48.911}', 2.482, 48.911), ("{'lon': 2.482, 'lat': 48.911}", 2.482, 48.911),
    ('{"type": "Point", "coordinates": [2.482, 48.911]}', 2.482, 48.911), ("POINT (2.482 48.911)", 2.482, 48.911),
    ("[48.911, 2.482]", 2.482, 48.911)])
def test_a_point_in_one_column(point: str, lon: float, lat: float, tmp_path: Path) -> None:
    quoted = point.replace('"', '""')
    (site,) = read(tmp_path, f'nom;categorie;geo_point_2d\nJardin du Port;Jardin partagé;"{quoted}"\n').cards
    assert (site.lon, site.lat) == (lon, lat) and site.label_fr == "Jardin du Port"


def test_the_user_says_which_column_is_which(tmp_path: Path) -> None:
    text = ("Titre du répertoire 2025\n\nRéf;Nom structure;Genre;X long;Y lat;Nb places\n"
            "1;La Serre;Maraîchage;2,482;48,911;40\n")
    register = read(tmp_path, text, columns={"name": "Nom structure", "type": "genre", "lon": "X long", "lat": "Y lat",
                                             "capacity": "Nb places"}, types={"Maraîchage": "garden"})
    (site,) = register.cards
    assert (site.id, site.lon, site.lat, site.places) == ("la_serre", 2.482, 48.911, 40)
    assert "name=Nom structure" in register.notes[0]


def test_names_of_columns_that_portals_use(tmp_path: Path) -> None:
    register = read(tmp_path, "nom_structure,type_structure,latitude,longitude\nMJC Daniel André,MJC,48.91,2.48\n")
    assert register.cards[0].id == "mjc_daniel_andre" and register.cards[0].label_fr == "MJC Daniel André"


@pytest.mark.parametrize(("word", "kind"), [
    ("Jardins partagés", "garden"), ("Tiers-lieux", "third_place"), ("Centre social et socioculturel", "social_centre"),
    ("Médiathèque", "cultural_venue"), ("Café associatif", "third_place"), ("Maison de quartier", "social_centre"),
    ("FERME URBAINE", "garden"), ("Théâtre", "cultural_venue"), ("social_centre", "social_centre")])
def test_types_of_other_registers(word: str, kind: str, tmp_path: Path) -> None:
    own = [SiteCard(id=name, generic=True, hours=10 + k) for k, name in enumerate(one.id for one in TYPES)]
    (tmp_path / "a.csv").write_text(f"nom;type;lon;lat\nA;{word};2.4;48.9\n", encoding="utf-8")
    (site,) = read_site_register(str(tmp_path / "a.csv"), own).cards
    assert site.hours == next(card.hours for card in own if card.id == kind)


def test_a_default_type_and_what_it_replaced(tmp_path: Path) -> None:
    register = read(tmp_path, "nom;lon;lat\nA;2.4;48.9\nB;2.41;48.9\n", default_type="social_centre")
    assert len(register.cards) == 2
    register = read(tmp_path, "nom;type;lon;lat\nA;Piscine;2.4;48.9\nB;MJC;2.41;48.9\n", default_type="garden")
    assert "Piscine" in register.notes[-1] and "taken as garden" in register.notes[-1]


def test_geojson(tmp_path: Path) -> None:
    plain = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"Nom": "Potager ()", "Type": "jardin", "jauge": 30},
         "geometry": {"type": "Point", "coordinates": [2.4, 48.9]}},
        {"type": "Feature", "properties": {"Nom": "Sans lieu", "Type": "jardin"}, "geometry": None}]}
    register = read(tmp_path, json.dumps(plain), "lieux.geojson")
    (site,) = register.cards
    assert (site.label_fr, site.lon, site.places) == ("Potager", 2.4, 30) and "Sans lieu" in register.notes[-1]


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Répertoire"], [], ["Nom", "Type", "Latitude", "Longitude"], ["La Serre", "Jardin", 48.9, 2.4]):
        book.active.append(row)
    book.save(tmp_path / "lieux.xlsx")
    assert read_site_register(str(tmp_path / "lieux.xlsx"), TYPES).cards[0].id == "la_serre"


def test_metres_of_lambert_93(tmp_path: Path) -> None:
    pytest.importorskip("pyproj")
    (site,) = read(tmp_path, "NOMRS;type;LAMBERT_X;LAMBERT_Y\nA;jardin;661000,0;6867000,0\n").cards
    assert site.lon == pytest.approx(2.467, abs=0.01) and site.lat == pytest.approx(48.903, abs=0.01)


def test_one_name_at_two_places_is_two_sites(tmp_path: Path) -> None:
    register = read(tmp_path, "nom;type;lon;lat\n" + "".join(f"Secours;MJC;2.4{k};48.9\n" for k in range(3)))
    assert [site.id for site in register.cards] == ["secours", "secours_2", "secours_3"]


@pytest.mark.parametrize(("text", "says"), [
    ("nom;type;adresse\nA;jardin;3 rue de Paris\n", "has addresses, but no coordinates.*found: nom, type, adresse"),
    ("titre;lon;lat\nA;2.4;48.9\n", "column type is missing; columns found: titre, lon, lat; names accepted"),
    ("ville;type;lon;lat\nA;jardin;2.4;48.9\n", "column name is missing"),
    ("nom;type;lon;lat\nA;Piscine;2.4;48.9\n", "type Piscine: expected one of"),
    ("nom;type;geo_point_2d\nA;jardin;rue de Paris\n", "is no point"),
    ("nom;type;lon;lat;capacite\nA;jardin;2.4;48.9;1,200\n", "two or two thousand"),
    ("nom;type;lon;lat\nA;jardin;;\n", "none of its 1 lines has coordinates"),
])
def test_what_is_missing_is_named(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=says):
        read(tmp_path, text)


@pytest.mark.parametrize(("options", "says"), [
    ({"columns": {"nom": "x"}}, "expected some of name"), ({"columns": {"name": "absente"}}, "has no column absente"),
    ({"types": {"jardin": "castle"}}, "site_types: castle"), ({"default_type": "castle"}, "site_type = castle")])
def test_wrong_options(options: dict[str, object], says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=says):
        read(tmp_path, "nom;type;lon;lat\nA;jardin;2.4;48.9\n", **options)


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    text = "name;name;type;lon;lat\nA;B;garden;2.4;48.9\n"
    assert read(tmp_path, text).cards[0].label_fr == "A"
    assert read(tmp_path, text, columns={"name": "name (2)"}).cards[0].label_fr == "B"
