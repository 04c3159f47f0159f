"""The description of a column of an output table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnSpec:
    """One column: dtype (a numpy dtype, "str" or "date"), meaning, unit."""

    dtype: str
    doc: str
    unit: str = "-"
