"""A table of a population in the order of its ids, and how its cells are read: choices, numbers, INSEE codes."""

from __future__ import annotations

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.places.insee_code import normalise_insee_code
from ...world.population.given_population import UNKNOWN
from .columns import OTHER_WORDS, PopulationColumn
from .text_table import TextTable

MAX_DIGITS = 18
"""Ids of so many digits at most are sorted as numbers."""


class SortedTable:
    """A table in the order of its ids. rows: number in the file of each row."""

    def __init__(self, table: TextTable, rows: np.ndarray, ids: np.ndarray) -> None:
        self.table, self.rows, self.ids = table, rows, ids

    def find_cells(self, name: str) -> np.ndarray:
        """Texts of a column, "" everywhere if the table lacks it."""
        values = self.table.columns.get(name)
        return np.zeros(len(self.rows), "U1") if values is None else values[self.rows]

    def fail(self, row: int, column: str, problem: Message) -> InputError:
        """The error for a cell."""
        where = self.table.describe_place(int(self.rows[row]), column)
        return InputError("{where}: {problem}", where=where, problem=problem)


def sort_rows(table: TextTable, key: str) -> SortedTable:
    """The rows by id: by number if all are numbers. InputError for an empty id, or one that is there twice."""
    ids = table.columns[key]
    plain = np.char.isdigit(ids).all() and np.char.str_len(ids).max() <= MAX_DIGITS
    order = np.argsort(ids.astype(np.int64) if plain else ids, kind="stable")
    found = SortedTable(table, order, ids[order])
    empty = np.flatnonzero(found.ids == "")
    if len(empty):
        raise found.fail(int(empty[0]), key, Message("is empty: expected a number or a name"))
    twice = np.flatnonzero(found.ids[1:] == found.ids[:-1])
    if len(twice):
        raise found.fail(int(twice[0]) + 1, key, Message("{found!r} is there twice; every one counts once", found=str(
            found.ids[twice[0]])))
    return found


def read_choices(table: SortedTable, name: str, column: PopulationColumn) -> np.ndarray:
    """int8[rows]: code of each cell, UNKNOWN for an empty one."""
    words, number = np.unique(table.find_cells(name), return_inverse=True)
    codes = {word: code for code, word in enumerate(column.values)}
    codes |= {str(code): code for code in range(len(column.values))} | {"": UNKNOWN}
    read = [codes.get(OTHER_WORDS.get(word, word)) for word in (str(word).lower().removesuffix(".0") for word in words)]
    for k, code in enumerate(read):
        if code is None:
            raise table.fail(int(np.flatnonzero(number == k)[0]), name, Message("{found!r}: expected {choices}",
                             found=str(words[k]), choices=column.values))
    return np.array(read, np.int8)[number.reshape(-1)]


def read_numbers(table: SortedTable, name: str, column: PopulationColumn) -> np.ndarray:
    """float64[rows]: number of each cell, NaN for an empty one."""
    cells = table.find_cells(name)
    try:
        found = np.where(cells == "", "nan", cells).astype(np.float64)
    except ValueError:
        row = next(row for row, cell in enumerate(cells) if cell and not _is_number(str(cell)))
        raise table.fail(row, name, Message("{found!r}: expected a number such as {example}", found=str(cells[row]),
                         example="12" if column.is_whole else "12.5")) from None
    if column.is_needed and np.isnan(found).any():
        raise table.fail(int(np.argmax(np.isnan(found))), name, Message("is empty: expected {low:g} to {high:g} {unit}",
                         low=column.low, high=column.high, unit=Message(column.unit)))
    bad = ~np.isnan(found) & ~((found >= column.low) & (found <= column.high))
    if column.is_whole:
        bad |= found != np.round(found)
    if bad.any():
        row = int(np.argmax(bad))
        raise table.fail(row, name, Message("{found}: expected {low:g} to {high:g} {unit}", found=str(cells[row]),
                         low=column.low, high=column.high, unit=Message(column.unit)))
    return found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def read_codes(homes: SortedTable, name: str, length: int) -> np.ndarray:
    """INSEE codes of this length; "" for an empty cell."""
    cells, number = np.unique(homes.find_cells(name), return_inverse=True)
    codes = [normalise_insee_code(str(cell), length) if cell else "" for cell in cells]
    for k, code in enumerate(codes):
        if cells[k] and not code:
            raise homes.fail(int(np.flatnonzero(number == k)[0]), name, Message(
                "{found!r}: expected an INSEE code of {n} characters", found=str(cells[k]), n=length))
    return np.array(codes or [""], f"U{length}")[number.reshape(-1)]
