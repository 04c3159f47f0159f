"""Tables out of a folder: semicolon CSV, plain or zipped, in UTF-8 or Latin-1, as INSEE ships them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...i18n.refusal import Refusal

SEPARATORS = ";,\t|"
IRIS_COLUMNS = ("IRIS", "CODE_IRIS", "DCOMIRIS", "CODEIRIS")
COMMUNE_COLUMNS = ("CODGEO", "COM", "DEPCOM", "INSEE_COM")
SECRET = ("", "s", "ns", "nd", "so", "n/d", "c", "nr")
"""What stands where a figure is secret, not significant or not available."""
LARGEST = 1 << 30
"""Bytes of one table at most: more is no table of this kind."""


@dataclass(frozen=True)
class Sheet:
    """One table. rows: code (5 characters: commune, 9: IRIS) to its cells, in the order of `columns`."""

    name: str
    columns: dict[str, int]
    iris: bool
    rows: dict[str, list[str]]

    def number(self, code: str, column: str) -> float | None:
        """The figure, None where it is secret or missing. Refusal if it is no figure, or negative."""
        cells, place = self.rows[code], self.columns[column]
        text = "".join(cells[place].split()) if place < len(cells) else ""
        if text.lower() in SECRET:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not abs(value) < float("inf"):
            raise Refusal("{name}: {column} of {code} is {text}: expected a number; mend the cell",
                          "{name} : {column} de {code} vaut {text} : attendu un nombre ; corrigez la case",
                          name=self.name, column=column, code=code, text=text)
        if value < 0:
            raise Refusal("{name}: {column} of {code} is negative ({text}); mend the cell",
                          "{name} : {column} de {code} est négatif ({text}) ; corrigez la case",
                          name=self.name, column=column, code=code, text=text)
        return value


def sheets(folder: Path, communes: frozenset[str]) -> list[Sheet]:
    """Every table of the folder that has a column of codes, by name; rows of these communes only (all when empty)."""
    found = [sheet(name, text, communes) for name, text in texts(folder)]
    return [one for one in found if one is not None]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every CSV of the folder, those in zip archives included; descriptions of variables left out."""
    try:
        files = sorted(file for file in folder.iterdir() if file.is_file())
    except OSError as problem:
        raise Refusal("territory.data = {folder}: cannot be read ({why}); give a folder of official files",
                      "territory.data = {folder} : lecture impossible ({why}) ; donnez un dossier de fichiers "
                      "officiels",
                      folder=folder, why=problem.strerror or "?") from None
    for file in files:
        kind = file.suffix.lower()
        try:
            if kind == ".csv" and not _describes(file.name):
                yield file.name, decoded(file.read_bytes(), file.name)
            elif kind == ".zip":
                yield from _zipped(file)
        except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError) as problem:
            if isinstance(problem, Refusal):
                raise
            raise Refusal("{name}: cannot be read ({why}); download it again",
                          "{name} : lecture impossible ({why}) ; téléchargez-le à nouveau",
                          name=file.name, why=getattr(problem, "strerror", None) or problem) from None


def _zipped(file: Path) -> Iterator[tuple[str, str]]:
    import zlib

    with zipfile.ZipFile(file) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            short = Path(member.filename).name
            if not short.lower().endswith(".csv") or _describes(short):
                continue
            name = f"{file.name}/{short}"
            if member.file_size > LARGEST:
                raise Refusal("{name}: more than 1 GB: expected a table of communes or IRIS; take it out of the folder",
                              "{name} : plus de 1 Go : attendu un tableau de communes ou d'IRIS ; ôtez-le du dossier",
                              name=name)
            try:
                yield name, decoded(archive.read(member), name)
            except zlib.error as problem:
                raise zipfile.BadZipFile(str(problem)) from None


def _describes(name: str) -> bool:
    return name.lower().startswith(("meta", "varmod", "._"))


def decoded(raw: bytes, name: str) -> str:
    """The text, in UTF-8 (with or without mark), else Latin-1. Refusal for what is no text."""
    if b"\0" in raw[:4096]:
        raise Refusal("{name}: is not a text: expected CSV; export it so", "{name} : n'est pas un texte : attendu du "
                      "CSV ; exportez-le ainsi", name=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def table(text: str, name: str) -> Iterator[list[str]]:
    """The cells, line after line; the separator is the one the first line has most of."""
    head = text.split("\n", 1)[0]
    mark = max(SEPARATORS, key=head.count)
    if not head.count(mark):
        raise Refusal("{name}: no separator in its first line: expected columns between semicolons; export it so",
                      "{name} : pas de séparateur à la première ligne : attendu des colonnes entre points-virgules ; "
                      "exportez-le ainsi", name=name)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as problem:
        raise Refusal("{name}: cannot be read as CSV ({why}); export it again",
                      "{name} : illisible comme CSV ({why}) ; exportez-le à nouveau", name=name, why=problem) from None


def sheet(name: str, text: str, communes: frozenset[str]) -> Sheet | None:
    """The table of a text, None when it has no column of codes. Refusal for a code that is none, or met twice."""
    lines = table(text, name)
    columns = {cell.strip().upper(): place for place, cell in enumerate(next(lines, []))}
    of_iris = next((one for one in IRIS_COLUMNS if one in columns), None)
    of_commune = next((one for one in COMMUNE_COLUMNS if one in columns), None)
    key = of_iris or of_commune
    if key is None:
        return None
    rows: dict[str, list[str]] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        code = code_of(cells[columns[key]] if columns[key] < len(cells) else "", 9 if of_iris else 5)
        if not code:
            raise Refusal("{name}: line {number}: {key} is {word}: expected a code of {length} characters; keep codes "
                          "as text", "{name} : ligne {number} : {key} vaut {word} : attendu un code de {length} "
                          "caractères ; gardez les codes en texte", name=name, number=number, key=key,
                          word=cells[columns[key]] if columns[key] < len(cells) else "", length=9 if of_iris else 5)
        if communes and code[:5] not in communes:
            continue
        if code in rows:
            raise Refusal("{name}: {code} is there twice; keep one line",
                          "{name} : {code} y est deux fois ; gardez une ligne", name=name, code=code)
        rows[code] = cells
    return Sheet(name, columns, of_iris is not None, rows)


def code_of(text: str, length: int) -> str:
    """An INSEE code, a leading zero lost in a spreadsheet put back; empty if it is none."""
    code = text.strip().strip("'\"").upper()
    if code.isdigit() and len(code) == length - 1:
        code = f"0{code}"
    return code if re.fullmatch(rf"(\d\d|2A|2B)\d{{{length - 2}}}", code, re.ASCII) else ""
