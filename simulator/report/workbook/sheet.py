"""A sheet of a workbook: its columns, each with head, unit and meaning, and its rows of numbers and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...i18n.texts.table_heads import MEANINGS, get_column_head
from ...i18n.translation import translate
from ...records.column_spec import ColumnSpec


@dataclass(frozen=True)
class WorkbookColumn:
    """name: in records and CSV files. head, unit, meaning: in the reader's language, empty where there is none."""

    name: str
    head: str
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class WorkbookSheet:
    """title: the sheet's name. rows: numbers unrounded, dates and texts; None, NaN and infinity are empty cells."""

    title: str
    columns: Sequence[WorkbookColumn]
    rows: Sequence[Sequence[Any]]


def build_columns(table: str, names: Iterable[str], lang: str,
                  schema: Mapping[str, ColumnSpec] | None = None) -> list[WorkbookColumn]:
    """Columns of a table by their names, described by its schema or by what is known of such columns."""
    return [_build_column(table, name, lang, (schema or {}).get(name)) for name in names]


def _build_column(table: str, name: str, lang: str, declared: ColumnSpec | None) -> WorkbookColumn:
    meaning = declared.doc if declared else MEANINGS.get(name, "")
    unit = declared.unit if declared and declared.unit != "-" else ""
    return WorkbookColumn(name, get_column_head(table, name, lang), translate(unit, lang) if unit else "",
                          translate(meaning, lang) if meaning else "")
