"""INSEE's long format of newer releases (columns GEO, TIME_PERIOD, OBS_VALUE …), turned into its older wide columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ...world.places.insee_code import COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH, normalise_insee_code
from .number_format import squeeze_number
from .official_table import OfficialTable
from .table_rows import GEO_COLUMN, VALUE_COLUMN, TableRows

YEAR_COLUMN, LEVEL_COLUMN = "TIME_PERIOD", "GEO_OBJECT"
GEO_LEVELS = {"COM": COMMUNE_CODE_LENGTH, "ARM": COMMUNE_CODE_LENGTH, "IRIS": IRIS_CODE_LENGTH}
"""Level of a line to the length of its codes; lines of other levels (départements, EPCI …) are passed over."""
ATTRIBUTE_COLUMNS = ("FREQ", "CONF_STATUS", "OBS_STATUS", "OBS_STATUS_FR", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS",
                     "NB_DEC", "BASE_PER", GEO_COLUMN, LEVEL_COLUMN, YEAR_COLUMN, VALUE_COLUMN)
"""Columns that are no dimension of the table."""
TOTAL_MARKS = ("_T", "_Z", "")
"""Values of a dimension that leave it out."""
REPEATED_STATUS = "K"
"""OBS_STATUS of a value that is counted in another line."""
POPULATION, DWELLINGS = {"RP_MEASURE": "POP"}, {"RP_MEASURE": "DWELLINGS"}
MAIN_HOMES = DWELLINGS | {"OCS": "DW_MAIN"}
WIDE_COLUMNS: dict[str, tuple[dict[str, str], ...]] = {
    # wide column, YY standing for the year: the dimensions of its line, all others being totals
    "PYY_LOG": (DWELLINGS | {"OCS": "_T"},),
    "PYY_RP": (MAIN_HOMES,),
    "PYY_RP_PROP": (MAIN_HOMES | {"TSH": "100"}, MAIN_HOMES | {"TSH": "1"}),
    "PYY_RP_LOCHLMV": (MAIN_HOMES | {"TSH": "221"},),
    "PYY_RPMAISON": (MAIN_HOMES | {"TDW": "1"},),
    "PYY_MAISON": (DWELLINGS | {"OCS": "_T", "TDW": "1"},),
    "CYY_MEN": (DWELLINGS | {"TPH": "_T"},),
    "CYY_MENPSEUL": (DWELLINGS | {"TPH": "11"},),
    "CYY_MENSFAM": (DWELLINGS | {"TPH": "12"},),
    "CYY_MENFAM": (DWELLINGS | {"TPH": "2"},),
    "CYY_MENFAMMONO": (DWELLINGS | {"TPH": "MF21"},),
    "CYY_MENCOUPSENF": (DWELLINGS | {"TPH": "MF221"},),
    "CYY_MENCOUPAENF": (DWELLINGS | {"TPH": "MF222"},),
    "PYY_ACT1564": (POPULATION | {"EMPSTA_ENQ": "1T2", "AGE": "Y15T64"},),
    "PYY_CHOM1564": (POPULATION | {"EMPSTA_ENQ": "2", "AGE": "Y15T64"},),
    "PYY_ACT1524": (POPULATION | {"EMPSTA_ENQ": "1T2", "AGE": "Y15T24"},),
    "PYY_CHOM1524": (POPULATION | {"EMPSTA_ENQ": "2", "AGE": "Y15T24"},),
    "MEDYY": ({"FILOSOFI_MEASURE": "MED_SL"},),
    "TP60YY": ({"FILOSOFI_MEASURE": "PR_MD60"},),
}
WIDE_AGES = {"POP0014": (0, 15), "POP1529": (15, 30), "POP3044": (30, 45), "POP4559": (45, 60), "POP6074": (60, 75),
             "POP75P": (75, 0)}
"""Wide column of residents to its first age, and the first age beyond it (0: none)."""
OLDEST = 1 << 16
"""Stands for the upper end of the last band of ages."""

Values = dict[frozenset[tuple[str, str]], str]
"""Dimensions that are no totals, with their values, to the text of a value."""


def build_wide_tables(table: TableRows, communes: frozenset[str]) -> list[OfficialTable]:
    """The communes and the IRIS of a table in the long format, as tables with INSEE's wide columns."""
    dimensions = {name: place for name, place in table.columns.items() if name not in ATTRIBUTE_COLUMNS and name}
    values: dict[str, dict[str, Values]] = defaultdict(lambda: defaultdict(dict))
    codes: set[str] = set()
    for cells in table.rows:
        code = _read_code(cells, table.columns)
        year = _get_cell(cells, table.columns, YEAR_COLUMN)[:4]
        if not code or not year.isdigit():
            continue
        codes.add(code)
        if communes and code[:COMMUNE_CODE_LENGTH] not in communes:
            continue
        if _get_cell(cells, table.columns, "OBS_STATUS").upper() == REPEATED_STATUS:
            continue
        found = {name: cells[place].strip().upper() for name, place in dimensions.items() if place < len(cells)}
        key = frozenset((name, value) for name, value in found.items() if value not in TOTAL_MARKS)
        values[code][year][key] = _read_value(cells, table.columns)
    return [one for by_iris in (True, False) if (one := _lay_out(table.name, by_iris, values, codes, set(dimensions)))]


def _get_cell(cells: list[str], columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name, -1)
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _read_code(cells: list[str], columns: Mapping[str, int]) -> str:
    """The code of a line, written 93055 or 2025-COM-93055; "" for another level than communes and IRIS."""
    *before, code = _get_cell(cells, columns, GEO_COLUMN).split("-")
    level = _get_cell(cells, columns, LEVEL_COLUMN).upper() or next((part.upper() for part in before[::-1]), "")
    if level:
        return normalise_insee_code(code, GEO_LEVELS[level]) if level in GEO_LEVELS else ""
    return normalise_insee_code(code, COMMUNE_CODE_LENGTH)


def _read_value(cells: list[str], columns: Mapping[str, int]) -> str:
    """The value as text, times the power of ten that its line names; "" where it is confidential."""
    text, power = squeeze_number(_get_cell(cells, columns, VALUE_COLUMN)), _get_cell(cells, columns, "UNIT_MULT")
    return f"{text.replace(',', '.')}e{power}" if text and power.isdigit() and int(power) else text


def _lay_out(name: str, by_iris: bool, values: Mapping[str, Mapping[str, Values]], codes: set[str],
             dimensions: set[str]) -> OfficialTable | None:
    """One level of the table in wide columns; None if it has no code of that level."""
    length = IRIS_CODE_LENGTH if by_iris else COMMUNE_CODE_LENGTH
    own = {code for code in codes if len(code) == length}
    if not own:
        return None
    wide: dict[str, dict[str, str]] = {code: {} for code in values if len(code) == length}
    even_ages = False
    for code, columns in wide.items():
        for year, found in values[code].items():
            columns |= {wide_name.replace("YY", year[2:]): text
                        for wide_name, text in _find_figures(found, dimensions)}
            ages, is_even = _find_ages(found, dimensions)
            columns |= {f"P{year[2:]}_{wide_name}": text for wide_name, text in ages.items()}
            even_ages = even_ages or is_even
    names = sorted({column for columns in wide.values() for column in columns})
    table = OfficialTable(name, {column: place for place, column in enumerate(names)}, by_iris, even_ages=even_ages)
    table.codes = own
    table.rows = {code: [columns.get(column, "") for column in names] for code, columns in sorted(wide.items())}
    return table


def _find_figures(found: Values, dimensions: set[str]) -> Iterator[tuple[str, str]]:
    """Each wide column that the lines of one code and year give, and its text."""
    for column, alternatives in WIDE_COLUMNS.items():
        for wanted in alternatives:
            key = frozenset((name, value) for name, value in wanted.items() if value not in TOTAL_MARKS)
            if set(wanted) <= dimensions and key in found:
                yield column, found[key]
                break


def _find_ages(found: Values, dimensions: set[str]) -> tuple[dict[str, str], bool]:
    """(residents in INSEE's wide bands of ages, True if some had to be divided evenly by year).

    The finest bands that follow one another without a gap are used.
    """
    if not {"AGE", "RP_MEASURE"} <= dimensions or "EMPSTA_ENQ" in dimensions:
        return {}, False
    total = found.get(frozenset(POPULATION.items()))
    bands = {}
    for key, text in found.items():
        rest = dict(key)
        band = _parse_ages(rest.pop("AGE", ""))
        if band and rest == POPULATION and text:
            bands[band] = float(text.replace(",", "."))
    chain = _chain_bands(bands)
    if not chain or not total:
        return {}, False
    wide = {name: sum(bands[band] * _share_inside(band, low, high or OLDEST) for band in chain)
            for name, (low, high) in WIDE_AGES.items()}
    is_even = any(0 < _share_inside(band, low, high or OLDEST) < 1 for band in chain
                  for low, high in WIDE_AGES.values())
    return {"POP": total, **{name: repr(value) for name, value in wide.items()}}, is_even


def _parse_ages(code: str) -> tuple[int, int] | None:
    """First age, and first age beyond, of a code such as Y15T24, Y_LT15 or Y_GE80; None for any other."""
    if match := re.fullmatch(r"Y(\d+)T(\d+)", code):
        return int(match[1]), int(match[2]) + 1
    if match := re.fullmatch(r"Y_LT(\d+)", code):
        return 0, int(match[1])
    match = re.fullmatch(r"Y_GE(\d+)", code)
    return (int(match[1]), OLDEST) if match else None


def _chain_bands(bands: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Bands that follow one another from birth on, the finest at each age; empty if there is a gap."""
    def follow(age: int) -> list[tuple[int, int]] | None:
        if age == OLDEST:
            return []
        for band in sorted(band for band in bands if band[0] == age):
            rest = follow(band[1])
            if rest is not None:
                return [band, *rest]
        return None

    return follow(0) or []


def _share_inside(band: tuple[int, int], low: int, high: int) -> float:
    """The share of a band's years of age that lie in [low, high); the last band lies where it begins."""
    first, beyond = band
    if beyond == OLDEST:
        return float(low <= first < high)
    return max(0, min(beyond, high) - max(first, low)) / (beyond - first)
