"""From columns of text to a given population: every cell is read by the schema, every reference is followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.translation import Message, mark
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH
from ...world.places.official_data import parse_commune_code
from ...world.population.communes import load_commune_counts
from ...world.population.given_population import UNKNOWN, GivenPopulation, make_given_population
from ...world.population.household import HEAD, PARTNER
from ...world.population.traits import MIN_SOCIAL_AGE
from ..errors import suggest_names
from .columns import CHOICE, COLUMNS, HOUSEHOLDS, NUMBER, RESIDENTS
from .sorted_table import SortedTable, read_choices, read_codes, read_numbers, sort_rows
from .text_table import TextTable

MAX_HOUSEHOLD_SIZE = 30
OWN_DEPARTMENT = 93
"""The département whose communes are all known."""


def split_flat_table(table: TextTable) -> tuple[TextTable, TextTable]:
    """(residents, households) of one table with a row for each resident, in which columns of households repeat.

    InputError where they differ within a household.
    """
    check_columns(table, (RESIDENTS, HOUSEHOLDS))
    homes = table.columns["household_id"]
    _, first, number = np.unique(homes, return_index=True, return_inverse=True)
    own = [name for name in COLUMNS[HOUSEHOLDS] if name in table.columns]
    for name in own:
        differs = np.flatnonzero(table.columns[name] != table.columns[name][first[number]])
        if len(differs):
            raise InputError("{where}: {found!r} differs from another line of household {home!r}: expected one value "
                             "for the household", where=table.describe_place(int(differs[0]), name),
                             found=str(table.columns[name][differs[0]]), home=str(homes[differs[0]]))
    residents = {name: values for name, values in table.columns.items() if name in COLUMNS[RESIDENTS]}
    return replace(table, columns=residents), replace(table, columns={name: table.columns[name][first] for name in own})


def check_columns(table: TextTable, tables: Iterable[str]) -> None:
    """InputError for a column that the schema of these tables does not have, or one that is needed and not there."""
    known = {name: column for one in tables for name, column in COLUMNS[one].items()}
    for name in table.columns:
        if name not in known:
            raise InputError("{file}: unknown column {word!r}; nearest: {choices}", file=table.file, word=name,
                             choices=tuple(suggest_names(name, known).split(", ")))
    for name, column in known.items():
        if column.is_needed and name not in table.columns:
            raise InputError("{file}: has no column {word!r}; add it", file=table.file, word=name)


def build_given_population(name: str, residents: TextTable, households: TextTable) -> GivenPopulation:
    """The population of two tables. InputError naming the first cell that is wrong.

    The order of rows does not count: households are sorted by their id, residents too.
    """
    check_columns(residents, (RESIDENTS,))
    check_columns(households, (HOUSEHOLDS,))
    homes = sort_rows(households, "household_id")
    people = sort_rows(residents, "resident_id")
    columns = _read_household_columns(homes)
    people_columns = _read_resident_columns(people)
    people_columns["household"] = _find_households(people, homes)
    _check_members(people_columns, people, homes)
    return make_given_population(name, people_columns, columns)


def _read_resident_columns(people: SortedTable) -> dict[str, np.ndarray]:
    schema = COLUMNS[RESIDENTS]
    found = {name: read_choices(people, name, schema[name]) for name in schema if schema[name].kind == CHOICE}
    return {**found, "age": read_numbers(people, "age", schema["age"]).astype(np.uint8)}


def _read_household_columns(homes: SortedTable) -> dict[str, np.ndarray]:
    schema = COLUMNS[HOUSEHOLDS]
    found = {name: read_numbers(homes, name, column) for name, column in schema.items() if column.kind == NUMBER}
    found |= {name: read_choices(homes, name, column) for name, column in schema.items() if column.kind == CHOICE}
    found |= _read_places(homes)
    buildings = homes.find_cells("building_id")
    has = buildings != ""
    found["building"] = np.full(len(buildings), UNKNOWN, np.int32)
    found["building"][has] = np.unique(buildings[has], return_inverse=True)[1].reshape(-1)
    single = np.flatnonzero(np.isnan(found["lon"]) != np.isnan(found["lat"]))
    if len(single):
        raise homes.fail(int(single[0]), "lon", Message("longitude without latitude, or latitude without longitude; "
                                                        "give both"))
    return found


def _read_places(homes: SortedTable) -> dict[str, np.ndarray]:
    """commune int32[households], 0 unknown; iris text[households], "" unknown."""
    known = load_commune_counts()
    commune = read_codes(homes, "commune", COMMUNE_CODE_LENGTH).astype(f"U{COMMUNE_CODE_LENGTH}")
    iris = read_codes(homes, "iris", IRIS_CODE_LENGTH).astype(f"U{IRIS_CODE_LENGTH}")
    of_iris = iris.astype(f"U{COMMUNE_CODE_LENGTH}")
    wrong = np.flatnonzero((iris != "") & (commune != "") & (of_iris != commune))
    if len(wrong):
        raise homes.fail(int(wrong[0]), "iris", Message(
            "{found}: lies in commune {other}, and column commune says {commune}", found=str(iris[wrong[0]]),
            other=str(of_iris[wrong[0]]), commune=str(commune[wrong[0]])))
    codes, number = np.unique(np.where(commune == "", of_iris, commune), return_inverse=True)
    numbers = np.array([parse_commune_code(str(code)) if code else 0 for code in codes], np.int32)
    for k, code in enumerate(numbers):
        if code // 1000 == OWN_DEPARTMENT and int(code) not in known:
            raise homes.fail(int(np.flatnonzero(number == k)[0]), "commune", Message("{found}: no such commune",
                             found=str(codes[k])))
    return {"commune": numbers[number.reshape(-1)], "iris": iris}


def _find_households(people: SortedTable, homes: SortedTable) -> np.ndarray:
    """int32[residents]: row of the household of each. InputError for one that is not there, or has nobody."""
    cells = people.find_cells("household_id")
    order = np.argsort(homes.ids, kind="stable")
    at = np.minimum(np.searchsorted(homes.ids, cells, sorter=order), len(order) - 1)
    found = order[at]
    lost = np.flatnonzero(homes.ids[found] != cells)
    if len(lost):
        if not cells[lost[0]]:
            raise people.fail(int(lost[0]), "household_id", Message("is empty: everybody lives in a household"))
        raise people.fail(int(lost[0]), "household_id", Message("{found!r}: no such household in {file}",
                          found=str(cells[lost[0]]), file=homes.table.file))
    empty = np.flatnonzero(np.bincount(found, minlength=len(homes.ids)) == 0)
    if len(empty):
        raise homes.fail(int(empty[0]), "household_id", Message("{found!r}: nobody in {file} lives in this household",
                         found=str(homes.ids[empty[0]]), file=people.table.file))
    return found.astype(np.int32)


def _check_members(columns: Mapping[str, np.ndarray], people: SortedTable, homes: SortedTable) -> None:
    """InputError for a household that is too large, that has nobody aged 15 or over, or two heads."""
    home, role, count = columns["household"], columns["role"], len(homes.ids)

    def count_members(which: np.ndarray) -> np.ndarray:
        return np.bincount(home[which], minlength=count)

    told = count_members(role != UNKNOWN) == count_members(role >= UNKNOWN)
    for wrong, text in (
            (count_members(role >= UNKNOWN) > MAX_HOUSEHOLD_SIZE,
             mark("{found!r}: has more than 30 residents; give those of a home for many as households of their own")),
            (count_members(columns["age"] >= MIN_SOCIAL_AGE) == 0,
             mark("{found!r}: has nobody aged 15 or over; children live with an adult")),
            (told & (count_members(role == HEAD) != 1),
             mark("{found!r}: expected one resident whose role is head, or no roles")),
            (told & (count_members(role == PARTNER) > 1),
             mark("{found!r}: expected at most one resident whose role is partner"))):
        if wrong.any():
            row = int(np.argmax(wrong))
            raise homes.fail(row, "household_id", Message(text, found=str(homes.ids[row])))


