"""Rows of ties read: asked of memory ahead, and whether any is trusted. Columns come one by one, as loops have them."""

from __future__ import annotations

from ...kernel.compiled import rule
from ...kernel.prefetch import ahead, ahead_at
from ...kernel.slots import FEW

LINE = 15
"""Place of the last of 64 bytes, what a processor fetches at once, in slots of 4."""


@rule
def ahead_rest(degree, column, row):
    """Ask memory for the slots beyond the first ones, where a row uses any."""
    there = row if degree[row] > FEW else 0
    ahead(column.rest, there)
    ahead_at(column.rest, there, LINE)


@rule
def ahead_of(degree, column, row):
    """Ask memory for the slots in use of a row, of one column of ties: some time before they are read."""
    ahead(column, row)
    ahead_rest(degree, column, row)


@rule
def ahead_trusts(degree, other, trust, mirror, row):
    """Ask memory for what is read and written where a tie of a row is found and trust in it moves."""
    ahead_of(degree, other, row)
    ahead_of(degree, trust, row)
    ahead_of(degree, mirror, row)


@rule
def trusts(degree, trust, row, least):
    """True when a resident trusts one of their ties at least so much. least: above 0, what slots hold that are free."""
    held = False
    for k in range(FEW):  # without asking how many are in use
        held |= trust[row, k] >= least
    if degree[row] > FEW and not held:
        for k in range(FEW, degree[row]):
            held |= trust[row, k] >= least
    return held
