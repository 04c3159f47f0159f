"""Values that all rows share until something sets them apart."""

from __future__ import annotations

from .compiled import rule


@rule
def at(values, row):
    """The value of a row; the only value where all rows share one."""
    return values[row] if values.size > 1 else values[0]
