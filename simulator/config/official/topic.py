"""Topics of official files: the columns of each, and the tables and years from which it can be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ...i18n.input_error import InputError
from ...i18n.translation import Message, mark
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
KEY_COLUMNS = {"population": ("age0_14", "age30_44"), "households": ("one_person",), "housing": ("owners",),
               "activity": ("active15_64",), "income": ("median",)}
"""The columns any of which makes a table one of a topic."""
INSEE_FILE_NAMES = {"population": "base-ic-evol-struct-pop", "households": "base-ic-couples-familles-menages",
                    "housing": "base-ic-logement", "activity": "base-ic-activite-residents",
                    "income": "BASE_TD_FILO_DISP_IRIS"}
"""INSEE's name of the file by IRIS."""
TOPIC_NAMES = {
    "population": mark("residents by age"), "households": mark("households"), "housing": mark("housing"),
    "activity": mark("activity"), "income": mark("incomes"),
}
FIRST_YEAR_OF_CENTURY = 50
"""Years of two digits from here on are of the twentieth century."""
LOWEST_MEDIAN_EUR, HIGHEST_MEDIAN_EUR = 1_000.0, 500_000.0
"""Median disposable incomes outside are no yearly incomes in EUR: 17,000 with a decimal comma is 17."""
DECLARED_INCOME = re.compile(r"DEC_(?:MED|Q2)\d\d|PAUT\d\d")
"""Columns of the files of declared income alone."""


@dataclass(frozen=True)
class TopicSource:
    """A topic in one table. columns: our name to the table's column. year: of the census or of incomes."""

    topic: str
    table: OfficialTable
    year: int
    columns: dict[str, str]

    def read_figures(self, code: str) -> dict[str, float | None] | None:
        """Our name to the figure (None where secret or missing); None if the table has no such code.

        InputError for a median that cannot be one.
        """
        if code not in self.table.rows:
            return None
        figures = {name: self.table.read_figure(code, column) for name, column in self.columns.items()}
        median = figures.get("median")
        if median and not LOWEST_MEDIAN_EUR <= median <= HIGHEST_MEDIAN_EUR:
            raise InputError("{name}: {column} of {code} is {text}: expected {expected}; mend the cell",
                             name=self.table.name, column=self.columns["median"], code=code, text=median,
                             expected=Message("{low:g} to {high:g} EUR a year", low=LOWEST_MEDIAN_EUR,
                                              high=HIGHEST_MEDIAN_EUR))
        return figures


def find_topic_sources(topic: str, table: OfficialTable) -> list[TopicSource]:
    """The topic in a table, one source for each year. InputError if no year has all the columns needed."""
    prefix, columns, required = TOPIC_COLUMNS[topic]
    years = {year for name in KEY_COLUMNS[topic] for year in _find_years(prefix, columns[name], table)}
    found, fault = [], None
    for year in sorted(years, reverse=True):
        own = {name: column for name, theirs in columns.items()
               if (column := _find_column(prefix, theirs, year, table)) is not None}
        missing = [columns[name] for name in required if name not in own]
        if topic == "population" and not {"age75p", "age75_89"} & set(own):
            missing.append("POP75P")
        whole_year = int(year) + (1900 if int(year) >= FIRST_YEAR_OF_CENTURY else 2000)
        if not missing:
            found.append(TopicSource(topic, table, whole_year, own))
        else:
            fault = fault or InputError("column {column} of {year} is missing; download the whole file {file}",
                                        column=missing[0], year=whole_year, file=INSEE_FILE_NAMES[topic])
    if fault and not found:
        raise fault
    return found


def name_median_columns(table: OfficialTable) -> None:
    """Give the second quartile its other name, the median, in INSEE's older files of disposable income (Q2)."""
    for name in list(table.columns):
        match = re.fullmatch(r"(?:DISP_)?(?:PIMPOT|PPSOC)(\d\d)", name)
        for quartile in (f"Q2{match[1]}", f"DISP_Q2{match[1]}") if match else ():
            if match and quartile in table.columns:
                table.columns.setdefault(f"MED{match[1]}", table.columns[quartile])


def describe_no_topic(table: OfficialTable) -> Message:
    """Why a table is none of the five topics."""
    if any(DECLARED_INCOME.fullmatch(name) for name in table.columns):
        return Message("declared incomes, before taxes and benefits: incomes are read from the file of disposable "
                       "income ({file})", file=INSEE_FILE_NAMES["income"])
    if not table.columns:
        return Message("none of its measures is one that is read")
    return Message("another table: it has none of the columns that are read (such as {names})",
                   names=("P.._POP0014", "C.._MENPSEUL", "P.._RP_PROP", "P.._ACT1564", "DISP_MED.."))


def choose_sources(found: Iterable[TopicSource],
                   communes: Collection[str]) -> tuple[dict[tuple[str, bool], TopicSource], dict[int, Message]]:
    """((topic, True if by IRIS) to its source, why other tables are left, by their `id`).

    All topics of the census are read for the latest year that they have in common. InputError if there is none, or if
    two tables of one topic and year differ for the communes asked for.
    """
    found = list(found)
    year = _find_common_year(found)
    chosen: dict[tuple[str, bool], TopicSource] = {}
    left: dict[int, Message] = {}
    for source in sorted(found, key=lambda one: -one.year):
        if source.topic in CENSUS_TOPICS and source.year != year:
            continue
        other = chosen.setdefault((source.topic, source.table.by_iris), source)
        if other.table is source.table:
            continue
        if other.year == source.year and not _agree(other, source):
            raise InputError("{one} and {two} both hold {topic}; keep one of them in the folder",
                             one=other.table.name, two=source.table.name, topic=Message(TOPIC_NAMES[source.topic]))
        left[id(source.table)] = Message("{topic} is read from {other}", topic=Message(TOPIC_NAMES[source.topic]),
                                         other=other.table.name)
    return chosen, left


def _agree(one: TopicSource, two: TopicSource) -> bool:
    """True if two tables give the same figures of one topic for every code that both have."""
    shared = set(one.columns) & set(two.columns)
    for code in one.table.rows.keys() & two.table.rows.keys():
        a, b = one.read_figures(code) or {}, two.read_figures(code) or {}
        if any(a[name] != b[name] for name in shared):
            return False
    return True


def _find_common_year(found: list[TopicSource]) -> int:
    """The latest year of the census that every topic has. InputError if there is none."""
    years: dict[str, set[int]] = {}
    names: dict[str, TopicSource] = {}
    for source in found:
        if source.topic in CENSUS_TOPICS:
            years.setdefault(source.topic, set()).add(source.year)
            names.setdefault(source.topic, source)
    common = set.intersection(*years.values()) if years else {0}
    if common:
        return max(common)
    first, *others = sorted(years, key=CENSUS_TOPICS.index)
    other = next((topic for topic in others if not years[topic] & years[first]), others[0])
    raise InputError("years are mixed: {one} is of {a}, {two} of {b}; download both for one year",
                     one=names[first].table.name, a=max(years[first]), two=names[other].table.name,
                     b=max(years[other]))


def list_missing_columns(source: TopicSource) -> list[str]:
    """Optional columns of a topic that the table lacks, by INSEE's name: what they say is then unknown."""
    theirs: Mapping[str, str] = TOPIC_COLUMNS[source.topic][1]
    wanted = {"housing": ("social", "houses"), "income": ("poverty",)}.get(source.topic, ())
    return [theirs[name] for name in wanted if name not in source.columns
            and not (name == "houses" and {"all_homes", "all_houses"} <= set(source.columns))]


def _find_years(prefix: str, column: str, table: OfficialTable) -> set[str]:
    """Years, as two digits, of which the table has the column; digits stand before its name or (incomes) after it."""
    pattern = rf"{prefix}{column}" if r"(\d\d)" in prefix else rf"{prefix}{column}(\d\d)"
    return {match[1] for name in table.columns if (match := re.fullmatch(pattern, name))}


def _find_column(prefix: str, column: str, year: str, table: OfficialTable) -> str | None:
    """The table's name of a column of that year; None without it."""
    pattern = prefix.replace(r"(\d\d)", year) + column + ("" if r"(\d\d)" in prefix else year)
    return next((name for name in table.columns if re.fullmatch(pattern, name)), None)
