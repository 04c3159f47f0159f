"""One column of a table that is written: type, unit, meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One column: numpy dtype ("str" and "date" apart), unit, meaning."""

    dtype: str
    doc: str
    unit: str = "-"
