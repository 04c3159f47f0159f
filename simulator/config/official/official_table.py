"""Tables of communes or IRIS: the rows of the communes asked for, by code, and the codes of all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...i18n.input_error import InputError
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH, normalise_insee_code
from .number_format import AmbiguousNumber, find_decimal_sign, parse_number
from .table_rows import COMMUNE_COLUMNS, IRIS_COLUMNS, TableRows

MAX_COMMUNES = 60
"""Most communes read from a folder if none is named."""
MAX_NOTED_FAULTS = 100
"""Rows without a valid code that are remembered."""


@dataclass(eq=False)
class OfficialTable:
    """One table. rows: code (5 characters: commune, 9: IRIS) to its cells, in the order of `columns`.

    codes: of all rows, those of other communes included. fault: what makes a row of a commune asked for unusable.
    even_ages: ages were given in other bands and divided evenly by year. twins: as in TableRows.
    """

    name: str
    columns: dict[str, int]
    by_iris: bool
    rows: dict[str, list[str]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    fault: InputError | None = None
    even_ages: bool = False
    twins: Mapping[int, list[int]] = field(default_factory=dict)

    @cached_property
    def decimal(self) -> str:
        """The decimal sign of its figures, "" where nothing tells."""
        return find_decimal_sign(cell for cells in self.rows.values() for cell in cells)

    def read_figure(self, code: str, column: str) -> float | None:
        """The figure; None where it is secret or missing. InputError if it is no number, negative, or there twice."""
        cells, place = self.rows[code], self.columns[column]
        cell = cells[place] if place < len(cells) else ""
        for twin in self.twins.get(place, ()):
            if twin < len(cells) and cells[twin].strip() not in (cell.strip(), ""):
                raise InputError("{name}: column {column} is there twice, and {code} has {text} and {other} in them; "
                                 "keep one", name=self.name, column=column, code=code, text=cell.strip(),
                                 other=cells[twin].strip())
        try:
            value = parse_number(cell, self.decimal)
        except AmbiguousNumber:
            raise InputError("{name}: {column} of {code} is {text}: two or two thousand? Write it without a sign for "
                             "thousands", name=self.name, column=column, code=code, text=cell.strip()) from None
        except ValueError:
            raise InputError("{name}: {column} of {code} is {text}: expected a number; mend the cell", name=self.name,
                             column=column, code=code, text=cell.strip()) from None
        if value is not None and value < 0:
            raise InputError("{name}: {column} of {code} is negative ({text}); mend the cell", name=self.name,
                             column=column, code=code, text=cell.strip())
        return value

    def read_text(self, code: str, column: str) -> str:
        """The cell of a column that may be missing, as text."""
        place = self.columns.get(column)
        cells = self.rows.get(code, [])
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def keep_row(self, code: str, cells: list[str], communes: frozenset[str]) -> None:
        """Add a row; of a commune not asked for, its code only. Two rows of one code are a fault unless they agree."""
        self.codes.add(code)
        if communes and code[:COMMUNE_CODE_LENGTH] not in communes:
            return
        if self.rows.setdefault(code, cells) != cells:
            self.fault = self.fault or InputError("{name}: {code} is there twice; keep one line", name=self.name,
                                                  code=code)

    def drop_rows_of_many(self) -> None:
        """Free the rows of a table of more communes than can be played at once: only the codes are needed."""
        if len(self.rows) > MAX_COMMUNES and len({code[:COMMUNE_CODE_LENGTH] for code in self.rows}) > MAX_COMMUNES:
            self.rows.clear()


def build_official_tables(table: TableRows, communes: frozenset[str]) -> list[OfficialTable]:
    """The table by IRIS, by commune, or both, of rows whose codes stand in one of the known columns.

    communes: codes of the communes whose rows are kept; all if empty.
    """
    by_iris, by_commune = (OfficialTable(table.name, table.columns, kind, twins=table.twins) for kind in (True, False))
    keys = [name for name in (*IRIS_COLUMNS, *COMMUNE_COLUMNS) if name in table.columns][:1]
    invalid: list[tuple[int, str]] = []
    for number, cells in enumerate(table.rows, table.first_line):
        if not any(cell.strip() for cell in cells):
            continue
        code = _find_code(cells, table.columns, keys[0])
        if code:
            (by_iris if len(code) == IRIS_CODE_LENGTH else by_commune).keep_row(code, cells, communes)
        elif len(invalid) < MAX_NOTED_FAULTS:
            place = table.columns[keys[0]]
            invalid.append((number, cells[place].strip() if place < len(cells) else ""))
        if not communes and number % 5000 == 0:
            by_iris.drop_rows_of_many()
            by_commune.drop_rows_of_many()
    found = [one for one in (by_iris, by_commune) if one.codes]
    for one in found[:1]:
        one.fault = one.fault or _find_code_fault(one, keys[0], invalid, communes)
    return found


def _find_code(cells: list[str], columns: dict[str, int], key: str) -> str:
    """The code of a row: of an IRIS, of a commune, or of a commune's IRIS whose number stands apart; else ""."""
    cell = cells[columns[key]] if columns[key] < len(cells) else ""
    commune = normalise_insee_code(cell, COMMUNE_CODE_LENGTH)
    if key in COMMUNE_COLUMNS:
        iris = normalise_insee_code(cell, IRIS_CODE_LENGTH)
        beside = [columns[name] for name in COMMUNE_COLUMNS if name in columns and name != key]
        is_part = any(place < len(cells) and cells[place].strip().upper().zfill(5) == iris[:5] for place in beside)
        return commune or (iris if is_part else "")
    number = cell.strip()
    if number.isdigit() and len(number) <= IRIS_CODE_LENGTH - COMMUNE_CODE_LENGTH:
        for name in COMMUNE_COLUMNS:
            if name in columns and columns[name] < len(cells):
                found = normalise_insee_code(cells[columns[name]], COMMUNE_CODE_LENGTH)
                if found:
                    return found + number.zfill(IRIS_CODE_LENGTH - COMMUNE_CODE_LENGTH)
    return normalise_insee_code(cell, IRIS_CODE_LENGTH) or commune


def _find_code_fault(table: OfficialTable, key: str, invalid: Iterable[tuple[int, str]],
                     communes: frozenset[str]) -> InputError | None:
    """The error for a row without a valid code that seems to belong to a commune asked for; None without one."""
    own = communes or {code[:COMMUNE_CODE_LENGTH] for code in table.rows}
    length = IRIS_CODE_LENGTH if table.by_iris else COMMUNE_CODE_LENGTH
    for number, cell in invalid:
        if {cell[:COMMUNE_CODE_LENGTH].upper(), f"0{cell[:COMMUNE_CODE_LENGTH - 1]}".upper()} & set(own):
            return InputError("{name}: line {number}: {key} is {word}: expected a code of {length} characters; keep "
                              "codes as text", name=table.name, number=number, key=key, word=cell, length=length)
    return None

