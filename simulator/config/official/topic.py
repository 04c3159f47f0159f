"""Topics of official files: the columns of each, and the table and year from which it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...i18n.input_error import InputError
from .official_table import OfficialTable

CENSUS_TOPICS = ("population", "households", "housing", "activity")
TOPIC_COLUMNS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    # topic: pattern before its column names, our name to theirs, our names that are required
    "population": (r"P(\d\d)_", {
        "population": "POP", "age0_14": "POP0014", "age15_29": "POP1529", "age30_44": "POP3044", "age45_59": "POP4559",
        "age60_74": "POP6074", "age75p": "POP75P", "age75_89": "POP7589", "age90p": "POP90P"},
                   ("population", "age0_14", "age15_29", "age30_44", "age45_59", "age60_74")),
    "households": (r"C(\d\d)_", {
        "households": "MEN", "one_person": "MENPSEUL", "others": "MENSFAM", "family_households": "MENFAM",
        "couples_without_children": "MENCOUPSENF", "couples_with_children": "MENCOUPAENF",
        "lone_parents": "MENFAMMONO"},
                   ("households", "one_person", "couples_without_children", "couples_with_children", "lone_parents")),
    "housing": (r"P(\d\d)_", {
        "homes": "RP", "owners": "RP_PROP", "social": "RP_LOCHLMV", "houses": "RPMAISON", "all_homes": "LOG",
        "all_houses": "MAISON"}, ("homes", "owners")),
    "activity": (r"P(\d\d)_", {
        "active15_64": "ACT1564", "unemployed15_64": "CHOM1564", "active15_24": "ACT1524",
        "unemployed15_24": "CHOM1524"}, ("active15_64", "unemployed15_64", "active15_24", "unemployed15_24")),
    "income": (r"(?:DISP_)?", {"median": "MED", "poverty": "TP60"}, ("median",)),
}
KEY_COLUMNS = {"population": "population", "households": "one_person", "housing": "owners", "activity": "active15_64",
               "income": "median"}
"""The column by which a table is recognised as one of a topic."""
INSEE_FILE_NAMES = {"population": "base-ic-evol-struct-pop", "households": "base-ic-couples-familles-menages",
                    "housing": "base-ic-logement", "activity": "base-ic-activite-residents",
                    "income": "BASE_TD_FILO_DISP_IRIS"}
"""INSEE's name of the file by IRIS."""


@dataclass(frozen=True)
class TopicSource:
    """A topic in one table. columns: our name to the table's column. year: of the census or of incomes."""

    topic: str
    table: OfficialTable
    year: int
    columns: dict[str, str]

    def read_figures(self, code: str) -> dict[str, float | None] | None:
        """Our name to the figure (None where secret or missing); None if the table has no such code."""
        if code not in self.table.rows:
            return None
        return {name: self.table.read_figure(code, column) for name, column in self.columns.items()}


def find_topic_sources(tables: Iterable[OfficialTable]) -> dict[tuple[str, bool], TopicSource]:
    """(topic, True if by IRIS) to its source. InputError for two tables of one topic, or for years that differ."""
    found: dict[tuple[str, bool], TopicSource] = {}
    for table in tables:
        for topic in TOPIC_COLUMNS:
            source = find_topic_source(topic, table)
            if source is None:
                continue
            other = found.setdefault((topic, table.by_iris), source)
            if other is not source:
                raise InputError("{one} and {two} both hold {topic}; keep one of them in the folder",
                                 one=other.table.name, two=table.name, topic=topic)
    _check_same_year([source for (topic, _), source in sorted(found.items()) if topic in CENSUS_TOPICS])
    return found


def _check_same_year(census: list[TopicSource]) -> None:
    """InputError unless all tables of the census are of one year."""
    for one in census[1:]:
        if one.year != census[0].year:
            raise InputError("years are mixed: {one} is of {a}, {two} of {b}; download both for one year",
                             one=census[0].table.name, a=census[0].year, two=one.table.name, b=one.year)


def find_topic_source(topic: str, table: OfficialTable) -> TopicSource | None:
    """The topic in a table, in its latest year; None without it. InputError if a required column is missing."""
    prefix, columns, required = TOPIC_COLUMNS[topic]
    years = sorted(_find_years(prefix, columns[KEY_COLUMNS[topic]], table), reverse=True)
    if not years:
        return None
    found = {name: column for name, theirs in columns.items()
             if (column := _find_column(prefix, theirs, years[0], table)) is not None}
    missing = [columns[name] for name in required if name not in found]
    if topic == "population" and not {"age75p", "age75_89"} & set(found):
        missing.append("POP75P")
    if missing:
        raise InputError("{name}: column {column} of {year} is missing; download the whole file {file}",
                         name=table.name, column=missing[0], year=f"20{years[0]}", file=INSEE_FILE_NAMES[topic])
    return TopicSource(topic, table, 2000 + int(years[0]), found)


def _find_years(prefix: str, column: str, table: OfficialTable) -> set[str]:
    """Years, as two digits, of which the table has the column; digits stand before its name or (incomes) after it."""
    pattern = rf"{prefix}{column}" if r"(\d\d)" in prefix else rf"{prefix}{column}(\d\d)"
    return {match[1] for name in table.columns if (match := re.fullmatch(pattern, name))}


def _find_column(prefix: str, column: str, year: str, table: OfficialTable) -> str | None:
    """The table's name of a column of that year; None without it."""
    pattern = prefix.replace(r"(\d\d)", year) + column + ("" if r"(\d\d)" in prefix else year)
    return next((name for name in table.columns if re.fullmatch(pattern, name)), None)
