"""What is looked for in official files: topics, their columns, and the table and year each is read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...i18n.refusal import Refusal
from .sheet import Sheet

CENSUS = ("population", "households", "housing", "activity")
TOPICS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    # topic: prefix of its columns, our name to theirs, those of ours that must be there
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
SIGNS = {"population": "population", "households": "one_person", "housing": "owners", "activity": "active15_64",
         "income": "median"}
"""The column by which a topic is known."""
FILES = {"population": "base-ic-evol-struct-pop", "households": "base-ic-couples-familles-menages",
         "housing": "base-ic-logement", "activity": "base-ic-activite-residents", "income": "BASE_TD_FILO_DISP_IRIS"}
"""What INSEE calls the file by IRIS."""


@dataclass(frozen=True)
class Source:
    """A topic read from one table. columns: our name to the table's column; year: of the census, or of incomes."""

    topic: str
    sheet: Sheet
    year: int
    columns: dict[str, str]

    def read(self, code: str) -> dict[str, float | None] | None:
        """Our names to figures, None when the table has no such code."""
        if code not in self.sheet.rows:
            return None
        return {name: self.sheet.number(code, column) for name, column in self.columns.items()}


def sources(sheets: Iterable[Sheet]) -> dict[tuple[str, bool], Source]:
    """(topic, by IRIS) to where it is read. Refusal for two tables of one topic, and for years that do not agree."""
    found: dict[tuple[str, bool], Source] = {}
    for one in sheets:
        for topic in TOPICS:
            source = source_in(topic, one)
            if source is None:
                continue
            other = found.setdefault((topic, one.iris), source)
            if other is not source:
                raise Refusal("{one} and {two} both hold {topic}; keep one of them in the folder",
                              "{one} et {two} contiennent tous deux {topic} ; n'en gardez qu'un dans le dossier",
                              one=other.sheet.name, two=one.name, topic=topic)
    _agree([one for (topic, _), one in sorted(found.items()) if topic in CENSUS])
    return found


def _agree(census: list[Source]) -> None:
    """Refusal unless all files of the census are of one year."""
    for one in census[1:]:
        if one.year != census[0].year:
            raise Refusal("years are mixed: {one} is of {a}, {two} of {b}; download both for one year",
                          "les années sont mêlées : {one} est de {a}, {two} de {b} ; téléchargez les deux pour une "
                          "même année", one=census[0].sheet.name, a=census[0].year, two=one.sheet.name, b=one.year)


def source_in(topic: str, sheet: Sheet) -> Source | None:
    """The topic in a table, its latest year. Refusal when a column it needs is missing."""
    prefix, columns, needed = TOPICS[topic]
    years = sorted(_years(prefix, columns[SIGNS[topic]], sheet), reverse=True)
    if not years:
        return None
    there = {name: column for name, theirs in columns.items()
             if (column := _column(prefix, theirs, years[0], sheet)) is not None}
    missing = [columns[name] for name in needed if name not in there]
    if topic == "population" and not {"age75p", "age75_89"} & set(there):
        missing.append("POP75P")
    if missing:
        raise Refusal("{name}: column {column} of {year} is missing; download the whole file {file}",
                      "{name} : la colonne {column} de {year} manque ; téléchargez le fichier entier {file}",
                      name=sheet.name, column=missing[0], year=f"20{years[0]}", file=FILES[topic])
    return Source(topic, sheet, 2000 + int(years[0]), there)


def _years(prefix: str, column: str, sheet: Sheet) -> set[str]:
    """Years of which the table has the column, as two figures, before the name or (incomes) after it."""
    shape = rf"{prefix}{column}" if r"(\d\d)" in prefix else rf"{prefix}{column}(\d\d)"
    return {match[1] for name in sheet.columns if (match := re.fullmatch(shape, name))}


def _column(prefix: str, column: str, year: str, sheet: Sheet) -> str | None:
    shape = prefix.replace(r"(\d\d)", year) + column + ("" if r"(\d\d)" in prefix else year)
    return next((name for name in sheet.columns if re.fullmatch(shape, name)), None)
