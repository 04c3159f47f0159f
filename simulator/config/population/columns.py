"""The schema of a population's files: each column with its meaning, unit, values, and what is drawn where it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...i18n.translation import mark

RESIDENTS, HOUSEHOLDS = "residents", "households"
IDENTITY, NUMBER, CHOICE, COMMUNE, IRIS = "identity", "number", "choice", "commune", "iris"


@dataclass(frozen=True)
class PopulationColumn:
    """One column. kind: how its cells are read. values: word to code; the code itself is read too.

    low, high: of a number. missing: what stands for an empty cell or a column that is not there; "" where it is needed.
    """

    kind: str
    doc: str
    missing: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    is_whole: bool = False

    @property
    def is_needed(self) -> bool:
        """True for a column that must be there, without empty cells."""
        return not self.missing


MAX_AGE_GIVEN, MAX_INCOME = 120, 1e8
OTHER_WORDS = {"male": "man", "female": "woman", "homme": "man", "femme": "woman"}
"""Other words that are read for a value."""
COLUMNS: Mapping[str, Mapping[str, PopulationColumn]] = {
    RESIDENTS: {
        "resident_id": PopulationColumn(IDENTITY, "number or name of the resident, once"),
        "household_id": PopulationColumn(IDENTITY, "household the resident lives in"),
        "age": PopulationColumn(NUMBER, "age", unit=mark("years"), low=0, high=MAX_AGE_GIVEN, is_whole=True),
        "sex": PopulationColumn(CHOICE, "sex", "drawn: couples mostly differ, most lone parents and very old are women",
                                values=("man", "woman")),
        "role": PopulationColumn(
            CHOICE, "role in the household: one head, at most one partner",
            "by age: the eldest is head; under 18, or under 25 and 17 years younger, child; the eldest other within 15 "
            "years partner", values=("head", "partner", "child", "other")),
        "diploma": PopulationColumn(CHOICE, "highest diploma: basic (none or lower secondary), secondary, higher",
                                    "drawn by income and age", values=("basic", "secondary", "higher")),
        "job": PopulationColumn(CHOICE, "situation at work", "drawn: the official rates of the commune, by age and "
                                "social class", values=("inactive", "unemployed", "employed")),
        "ses": PopulationColumn(CHOICE, "social class, by thirds", "drawn by income", values=("low", "middle", "high")),
    },
    HOUSEHOLDS: {
        "household_id": PopulationColumn(IDENTITY, "number or name of the household, once"),
        "commune": PopulationColumn(COMMUNE, "INSEE code of the commune", "of its IRIS; else the nearest to its "
                                    "position; else the territory's only one"),
        "iris": PopulationColumn(IRIS, "INSEE code of the IRIS", "by position; else drawn by the neighbourhoods' "
                                 "residents, the same for every seed"),
        "lon": PopulationColumn(NUMBER, "longitude", "the generator's place of the building", mark("degrees east"),
                                low=-180, high=180),
        "lat": PopulationColumn(NUMBER, "latitude", "the generator's place of the building", mark("degrees north"),
                                low=-90, high=90),
        "building_id": PopulationColumn(IDENTITY, "building, whose households know each other by sight",
                                        "households at one position share one; without position, rows of houses and "
                                        "blocks of flats as generated"),
        "income": PopulationColumn(NUMBER, "disposable income per consumption unit",
                                   "drawn: the official median and poverty rate of the commune or IRIS",
                                   mark("EUR a year"), high=MAX_INCOME),
        "tenure": PopulationColumn(CHOICE, "tenure of the home", "drawn: the official number of owners",
                                   values=("owner", "social", "private")),
        "group": PopulationColumn(CHOICE, "abstract milieu for homophily, never ethnicity", "drawn by neighbourhood",
                                  values=("a", "b", "c", "d")),
    },
}
"""Table to its columns, in the order of the documentation."""


def list_column_rows(table: str) -> list[tuple[str, str, str, str]]:
    """A row of the documentation for each column: name, meaning, unit or values, what stands for a missing one."""
    rows = []
    for name, one in COLUMNS[table].items():
        span = f", {one.low:g} to {one.high:g}" if one.kind == NUMBER else ""
        rows.append((f"`{name}`", one.doc, ", ".join(f"`{value}`" for value in one.values) or one.unit + span or "text",
                     "needed" if one.is_needed else one.missing))
    return rows
