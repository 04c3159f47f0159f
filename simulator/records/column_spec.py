"""The description of a column of an output table."""

from __future__ import annotations

from dataclasses import dataclass

NO_UNIT = "-"
"""The unit of names, codes and plain counts of nothing."""


@dataclass(frozen=True)
class ColumnSpec:
    """One column: dtype (a numpy dtype, "str" or "date"), meaning, unit."""

    dtype: str
    doc: str
    unit: str = NO_UNIT


@dataclass(frozen=True)
class ShownColumn(ColumnSpec):
    """A column that readers meet in a workbook: its meaning is a text of the catalogue, which finds it here."""
