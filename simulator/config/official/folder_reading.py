"""Reads a folder of official files into tables and outlines, with one note on every file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.places.insee_code import COMMUNE_CODE_LENGTH
from ...world.places.outline import Outline
from .file_note import FileNote
from .folder_file import READ_ERRORS, FolderFile, describe_read_error, list_folder_files
from .long_format import build_wide_tables
from .official_table import OfficialTable, build_official_tables
from .outline_checks import find_commune_names, find_false_outline, find_unknown_codes
from .outline_files import GEOJSON_KINDS, SIDE_KINDS, VECTOR_KINDS, OutlineReading, read_outline_file
from .table_rows import GEO_COLUMN, TEXT_KINDS, VALUE_COLUMN, WORKBOOK_KINDS, read_tables
from .topic import (
    TOPIC_COLUMNS,
    TOPIC_NAMES,
    TopicSource,
    choose_sources,
    describe_no_topic,
    find_topic_sources,
    list_missing_columns,
    name_median_columns,
)

DESCRIPTION_NAMES = ("meta", "varmod", "dictionnaire", "lisez", "readme")
"""How names of files begin that describe others."""
UNPACK_KINDS = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")


@dataclass
class FolderReading:
    """What a folder holds. sources: (topic, True if by IRIS) to where it is read. notes: on every file, by name."""

    sources: dict[tuple[str, bool], TopicSource] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    tables: list[OfficialTable] = field(default_factory=list)
    notes: list[FileNote] = field(default_factory=list)

    def reasons(self, most: int = 3) -> tuple[Message, ...]:
        """Why files were left, for errors about what is missing."""
        return tuple(note.text for note in self.notes if note.is_left)[:most]


def read_folder(folder: Path, communes: frozenset[str]) -> FolderReading:
    """The tables and outlines of a folder. InputError if it cannot be read, or if its tables contradict one another.

    communes: codes of those whose rows are kept; all if empty. A file that is of no use costs a note and no more.
    """
    files, notes = list_folder_files(folder)
    reading = FolderReading(notes=notes)
    sources: list[TopicSource] = []
    of_file: dict[str, list[OfficialTable]] = {}
    for file in files:
        if file.kind in (*TEXT_KINDS, *WORKBOOK_KINDS):
            of_file[file.name] = _read_tables_of(file, communes, reading)
        elif file.kind not in (*GEOJSON_KINDS, *VECTOR_KINDS):
            reading.notes.append(_describe_other_kind(file, files))
    for table in (table for tables in of_file.values() for table in tables):
        sources += _find_sources(table, reading)
    reading.sources, left = choose_sources(sources, communes)
    for source in reading.sources.values():
        if source.table.fault:
            raise source.table.fault
    reading.notes += _describe_tables(reading, sources, left, communes)
    _read_outlines(files, communes, reading)
    reading.notes.sort(key=lambda note: note.name)
    return reading


def _read_tables_of(file: FolderFile, communes: frozenset[str], reading: FolderReading) -> list[OfficialTable]:
    """The tables of a file; none, with a note, if it has none that can be used."""
    if file.base_name.startswith(DESCRIPTION_NAMES) or "metadata" in file.base_name:
        reading.notes.append(FileNote.left(file.name, Message("describes other files")))
        return []
    found: list[OfficialTable] = []
    try:
        for table in read_tables(file):
            is_long = GEO_COLUMN in table.columns and VALUE_COLUMN in table.columns
            found += (build_wide_tables if is_long else build_official_tables)(table, communes)
    except InputError as problem:
        reading.notes.append(FileNote.left(file.name, Message("{why}", why=problem)))
        return []
    except READ_ERRORS as problem:
        reading.notes.append(FileNote.left(file.name, describe_read_error(problem)))
        return []
    if not found:
        why = Message("none of its lines has the code of a commune or an IRIS")
        reading.notes.append(FileNote.left(file.name, why))
    reading.tables += found
    return found


def _find_sources(table: OfficialTable, reading: FolderReading) -> list[TopicSource]:
    """The topics of a table, with a note if it has none."""
    name_median_columns(table)
    found: list[TopicSource] = []
    faults: list[InputError] = []
    for topic in TOPIC_COLUMNS:
        try:
            found += find_topic_sources(topic, table)
        except InputError as problem:
            faults.append(problem)
    if not found:
        why = Message("{why}", why=faults[0]) if faults else describe_no_topic(table)
        if not faults and not table.rows:
            why = Message("no line for the communes asked for")
        reading.notes.append(FileNote.left(table.name, why))
    return found


def _describe_tables(reading: FolderReading, sources: Iterable[TopicSource], left: dict[int, Message],
                     communes: frozenset[str]) -> list[FileNote]:
    """A note on each table that has a topic: what is read of it, for how many communes, or why it is left."""
    notes: dict[str, FileNote] = {}
    used: dict[int, list[Message]] = {}
    for source in reading.sources.values():
        used.setdefault(id(source.table), []).append(_describe_source(source, communes))
    for source in sources:
        table, name = source.table, source.table.name
        level = Message("IRIS") if table.by_iris else Message("communes")
        if not table.rows:
            notes[f"{name}{table.by_iris}"] = FileNote.left(name, Message("no line for the communes asked for"))
        elif id(table) in used:
            notes[f"{name}{table.by_iris}"] = FileNote.read(name, [level, *used[id(table)], *_describe_rows(source)])
        else:
            why = left.get(id(table)) or Message("of {year}: another year than the other tables", year=source.year)
            notes.setdefault(f"{name}{table.by_iris}", FileNote.left(name, why))
    return list(notes.values())


def _describe_source(source: TopicSource, communes: frozenset[str]) -> Message:
    """A topic of a table: its year, for how many of the communes asked for, how many figures are secret."""
    table = source.table
    found = {code[:COMMUNE_CODE_LENGTH] for code in table.rows}
    facts = {"topic": Message(TOPIC_NAMES[source.topic]), "year": source.year, "n": len(found),
             "all": len(communes or found)}
    main = source.columns[TOPIC_COLUMNS[source.topic][2][0]]
    secret = sum(table.read_figure(code, main) is None for code in table.rows)
    if secret:
        return Message("{topic} {year} for {n} of {all} communes ({secret} of {rows} secret or missing)", secret=secret,
                       rows=len(table.rows), **facts)
    return Message("{topic} {year} for {n} of {all} communes", **facts)


def _describe_rows(source: TopicSource) -> list[Message]:
    """What else is said of a table."""
    missing = list_missing_columns(source)
    found = [Message("without {columns}: unknown", columns=tuple(missing))] if missing else []
    if source.table.even_ages:
        found.append(Message("ages in other bands, divided evenly by year of age (an assumption)"))
    return found


def _describe_other_kind(file: FolderFile, files: Iterable[FolderFile]) -> FileNote:
    """A note on a file that is neither a table nor outlines."""
    if file.kind in SIDE_KINDS:
        stem = file.name.rpartition(".")[0]
        if any(other.name.lower() == f"{stem}.shp".lower() for other in files):
            return FileNote.read(file.name, [Message("part of {file}", file=f"{stem}.shp")])
    if file.kind in UNPACK_KINDS:
        return FileNote.left(file.name, Message("an archive of a kind that is not read; unpack it"))
    if file.kind in (".xls", ".xlsb", ".ods"):
        return FileNote.left(file.name, Message("a workbook of a kind that is not read; save it as .xlsx or CSV"))
    return FileNote.left(file.name, Message("neither a table (CSV, .xlsx) nor outlines (GeoJSON, GeoPackage, "
                                            "Shapefile)"))


def _read_outlines(files: Iterable[FolderFile], communes: frozenset[str], reading: FolderReading) -> None:
    """Add the outlines of all files to the reading, each with a note."""
    names = find_commune_names(reading.tables)
    for file in files:
        if file.kind not in (*GEOJSON_KINDS, *VECTOR_KINDS):
            continue
        try:
            found = read_outline_file(file, communes)
        except InputError as problem:
            reading.notes.append(FileNote.left(file.name, Message("{why}", why=problem)))
        except READ_ERRORS as problem:
            reading.notes.append(FileNote.left(file.name, describe_read_error(problem)))
        else:
            reading.notes.append(_add_outlines(file, found, names, reading))


def _add_outlines(file: FolderFile, found: OutlineReading, names: dict[str, str], reading: FolderReading) -> FileNote:
    """Add the outlines of a file that are what their codes say; the note on it."""
    unknown = find_unknown_codes(found.vague_codes, reading.tables)
    if unknown:
        return FileNote.left(file.name, Message("no table knows its codes {codes}: of other areas than communes?",
                                                codes=tuple(unknown[:3])))
    refused = {code: why for code, one in found.outlines.items() if (why := find_false_outline(one, file.name, names))}
    good = {code: one for code, one in found.outlines.items() if code not in refused}
    if not good:
        why = next(iter(refused.values()), Message("no outline of the communes asked for"))
        return FileNote.left(file.name, why)
    for code, outline in good.items():
        reading.outlines.setdefault(code, outline)
    faults = [Message("{why}", why=fault) for fault in found.faults[:2]]
    return FileNote.read(file.name, [Message("outlines: {n}", n=len(good)), *list(refused.values())[:2], *faults])
