"""Arrays that hold one value per row, or a single value that all rows share."""

from __future__ import annotations

from .compiled import rule


@rule
def value_at(values, row):
    """The value of a row. An array of size 1 stands for all rows."""
    return values[row] if values.size > 1 else values[0]
