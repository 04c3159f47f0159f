"""Every file of a folder gets a line; a file of no use stops nothing; what is read says for how many communes."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.config.official.data_provenance import describe_data_provenance
from simulator.config.official.load import LoadedFolder, load_official_data
from simulator.i18n.input_error import InputError
from tests.config.official import insee_files, insee_layouts

POPULATION, INCOME = "base-ic-evol-struct-pop-2021.CSV", "BASE_TD_FILO_DISP_IRIS_2021.csv"
COMMUNE = "37999"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return insee_files.write(tmp_path / "files")


def load(folder: Path, *communes: str) -> LoadedFolder:
    return load_official_data(str(folder), communes or (COMMUNE,), ())


def note_on(loaded: LoadedFolder, name: str) -> str:
    """The notes on the files whose name holds a word."""
    return " | ".join(str(note.text) for note in loaded.notes if name in note.name)


def zipped_broken(folder: Path) -> None:
    (folder / "more.zip").write_bytes(b"PK\x03\x04 broken")


def declared(folder: Path) -> None:
    text = (folder / INCOME).read_text().replace("DISP_", "DEC_")
    (folder / "BASE_TD_FILO_DEC_IRIS_2021.csv").write_text(text)


def cut(folder: Path) -> None:
    file = folder / "base-ic-logement-2021.CSV"
    file.write_text(file.read_text().replace("P21_RP;", "P21_R;"))


def history(folder: Path) -> None:
    (folder / "base-cc-serie-historique-2021.CSV").write_text(
        f"CODGEO;P21_POP;P15_POP;D99_POP\n{COMMUNE};6460;6000;5000\n")


def diplomas(folder: Path) -> None:
    (folder / "base-ic-diplomes-formation-2021.CSV").write_text(
        f"IRIS;COM;P21_POP0205;P21_POP1517;P21_NSCOL15P\n{COMMUNE}0101;{COMMUNE};100;100;900\n")


def departments(folder: Path) -> None:
    (folder / "cc_filosofi_2021_DEP.csv").write_text("CODGEO;LIBGEO;MED21;TP6021\n37;Indre-et-Loire;22000;14\n")


def deeper(folder: Path) -> None:
    deep = folder.joinpath(*"abcdefg")
    deep.mkdir(parents=True)
    shutil.copy(folder / POPULATION, deep)


def of_another_commune(folder: Path) -> None:
    (folder / "cc_filosofi_2021_COM.csv").write_text("CODGEO;MED21;TP6021\n37998;22000;14\n")


def twice(folder: Path) -> None:
    shutil.copy(folder / POPULATION, folder / "copy.csv")


def workbook_of_words(folder: Path) -> None:
    (folder / "notes.xlsx").write_bytes(b"PK no workbook")


FOREIGN: dict[str, tuple[Callable[[Path], object], str, str]] = {
    # what lies in the folder too: how it gets there, a word of its name, what is said of it
    "broken zip": (zipped_broken, "more.zip", "left, cannot be read"),
    "metadata": (lambda f: (f / "dataset.json").write_text('{"title": "Recensement", "rows": 3}'), "dataset.json",
                 "left, holds no outlines"),
    "broken json": (lambda f: (f / "x.json").write_text("{"), "x.json", "left, is not JSON"),
    "other areas": (lambda f: (f / "parks.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"nom": "Parc"}, "geometry": None}]})), "parks",
                     "none of its features has the code"),
    "declared income": (declared, "DEC_IRIS", "left, declared incomes"),
    "cut column": (cut, "logement", "left, column RP of 2021 is missing"),
    "history": (history, "historique", "left, another table"),
    "diplomas": (diplomas, "diplomes", "left, another table"),
    "départements": (departments, "DEP", "none of its lines has the code of a commune"),
    "too deep": (deeper, "a/b/c/d/e/f/g", "left, lies too deep"),
    "another commune": (of_another_commune, "COM", "left, no line for the communes asked"),
    "pdf": (lambda f: (f / "notice.pdf").write_bytes(b"%PDF"), "notice", "left, neither a table"),
    "7z": (lambda f: (f / "iris.7z").write_bytes(b"7z"), "7z", "unpack it"),
    "old workbook": (lambda f: (f / "base.xls").write_bytes(b"\xd0\xcf"), "base.xls", "save it as .xlsx"),
    "a copy": (twice, "copy", "read from"),
    "no workbook": (workbook_of_words, "notes.xlsx", "left, cannot be read as an Excel workbook"),
    "no table": (lambda f: (f / "a.csv").write_text("a;b\n1;2\n"), "a.csv", "no column of codes"),
    "one word": (lambda f: (f / "a.txt").write_text("Bonjour"), "a.txt", "no column of codes"),
    "empty": (lambda f: (f / "a.csv").write_bytes(b""), "a.csv", "no column of codes"),
    "zeros": (lambda f: (f / "a.csv").write_bytes(bytes(5000)), "a.csv", "is not a text"),
}


@pytest.mark.parametrize("what", list(FOREIGN))
def test_a_file_of_no_use_costs_a_line_and_no_more(what: str, folder: Path) -> None:
    spoil, name, says = FOREIGN[what]
    spoil(folder)
    loaded = load(folder)
    assert loaded.data.communes[0].margins.population == 6460
    assert says in note_on(loaded, name), note_on(loaded, "")
    assert all(note.text.in_language("fr") for note in loaded.notes)


def titled(file: Path) -> None:
    text = file.read_text()
    file.write_text("Population en 2021;;;\nSource : Insee, RP2021\n\n" + text)


def as_utf16(file: Path) -> None:
    file.with_suffix(".txt").write_text(file.read_text().replace(";", "\t"), encoding="utf-16")
    file.unlink()


def deeper_zip(file: Path) -> None:
    with zipfile.ZipFile(file.with_suffix(".zip"), "w") as archive:
        archive.write(file, f"base/2021/{file.name}")
    inner = file.parent / "telechargements" / "2021"
    inner.mkdir(parents=True)
    file.with_suffix(".zip").rename(inner / "base.zip")
    file.unlink()


KINDS: dict[str, Callable[[Path], object]] = {
    "title above": titled, "utf-16 text": as_utf16, "zip in a folder": deeper_zip,
    "text": lambda file: file.rename(file.with_suffix(".txt")),
    "cp1252 with thin spaces": lambda file: file.write_bytes(
        file.read_text().replace("2400,0", "2\xa0400,0").replace("IRIS;", "IRIS;LIBELLÉ;", 1).replace(
            "9990101;", "9990101;Été;").replace("9990102;", "9990102;x;").replace("9990103;", "9990103;x;").replace(
            "9990104;", "9990104;x;").encode("cp1252")),
    "narrow spaces": lambda file: file.write_text(file.read_text().replace("2400,0", "2\u202f400,0")),
    "thousands by commas": lambda file: file.write_text(
        file.read_text().replace(",", ".").replace("2400.0", '"2,400.0"').replace(";", "|")),
    "quoted": lambda file: file.write_text("\n".join(";".join(f'"{cell}"' for cell in line.split(";"))
                                                     for line in file.read_text().splitlines())),
    "byte order mark": lambda file: file.write_text(file.read_text(), encoding="utf-8-sig"),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_table_is_read_however_it_is_written(kind: str, folder: Path) -> None:
    KINDS[kind](folder / POPULATION)
    commune = load(folder).data.communes[0]
    assert commune.margins.population == 6460 and commune.iris_data[0].margins.population == 2400


def test_no_file_no_line_and_secret_are_three_sentences(folder: Path) -> None:
    (folder / "base-ic-logement-2021.CSV").unlink()
    (folder / INCOME).write_text("IRIS;DISP_TP6021;DISP_MED21\n379980101;20;17000\n")
    activity = folder / "base-ic-activite-residents-2021.CSV"
    activity.write_text("IRIS;COM;P21_ACT1564;P21_ACT1524;P21_CHOM1564;P21_CHOM1524\n" + "".join(
        f"{code};{COMMUNE};s;s;s;s\n" for code, _, _ in insee_files.rows(COMMUNE)))
    lines = {line.split(":")[0]: line for line in describe_data_provenance(load(folder).data, "en")}
    assert "no file (base-ic-logement)" in lines["housing"]
    assert "no line for 37999" in lines["incomes"] and "secret" in lines["activity"]


def test_counts_of_communes_and_secret_figures_are_said(folder: Path) -> None:
    loaded = load(folder)
    assert "incomes 2021 for 1 of 1 communes (1 of 4 secret or missing)" in note_on(loaded, INCOME)
    text = (folder / POPULATION).read_text() + "379980101;37998;H;1;2400,0;480;480;528;456;288;168\n"
    (folder / POPULATION).write_text(text)
    (folder / "communes.geojson").write_text(insee_files.outlines("37998", 0.75, 47.39))
    assert "housing 2021 for 1 of 2 communes" in note_on(load(folder, COMMUNE, "37998"), "logement")


def test_a_changed_file_is_read_again(folder: Path) -> None:
    """Also if its name, its size and its time stay the same."""
    import os
    file = folder / INCOME
    before, stat = load(folder).data, file.stat()
    file.write_text(file.read_text().replace("17000", "17900"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load(folder).data.communes[0].iris_data[0].margins.median_income_eur == 17900
    assert before.communes[0].iris_data[0].margins.median_income_eur == 17000


def test_floods_and_failing_buildings_are_unknown_elsewhere(folder: Path) -> None:
    data = load(folder).data
    assert data.communes[0].margins.flood_share == data.communes[0].margins.failing_share == 0
    lines = list(describe_data_provenance(data, "en"))
    assert any(line.startswith("floods: unknown") for line in lines)
    assert any("failing buildings: unknown" in line for line in lines)


def test_a_zip_that_unpacks_to_many_times_its_size_is_left(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("base-ic-x.CSV", b"IRIS;P21_POP\n" + b"0" * (80 << 20))
    loaded = load(folder)
    assert "times its size" in note_on(loaded, "bomb")


def test_a_folder_of_all_france_needs_the_names_of_communes(tmp_path: Path) -> None:
    folder = insee_layouts.write_by_commune(tmp_path / "files")
    text = (folder / "base-cc-evol-struct-pop-2022.CSV").read_text()
    rows = "".join(text.splitlines()[-1].replace("93014", f"01{n:03d}") + "\r\n" for n in range(2, 90))
    (folder / "base-cc-evol-struct-pop-2022.CSV").write_text(text + rows)
    with pytest.raises(InputError, match="holds 90 communes: name those to play"):
        load_official_data(str(folder), (), ())


def test_a_column_that_is_there_twice_with_other_figures_is_refused(folder: Path) -> None:
    file = folder / POPULATION
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    place = first.split(";").index("P21_POP")
    same = [f"{first};P21_POP", *(f"{line};{line.split(';')[place]}" for line in lines)]
    before = load(folder).data
    file.write_text("\n".join(same), encoding="utf-8")
    assert load(folder).data == before
    file.write_text("\n".join([same[0], *(f"{line};999" for line in lines)]), encoding="utf-8")
    with pytest.raises(InputError, match=f"P21_POP is there twice, and {COMMUNE}0101 has 2400,0 and 999"):
        load(folder)


@pytest.mark.parametrize("cell", ["17,000", "17", "17000000"])
def test_an_income_that_is_none_is_refused(folder: Path, cell: str) -> None:
    file = folder / INCOME
    file.write_text(file.read_text(encoding="utf-8").replace("17000", cell), encoding="utf-8")
    with pytest.raises(InputError, match=f"DISP_MED21 of {COMMUNE}0101 is .*: expected 1000 to 500000 EUR a year"):
        load(folder)
