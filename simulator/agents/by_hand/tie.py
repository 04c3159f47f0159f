"""Ties as small records in lists, for phases played resident by resident."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...world.population.people import Ties


class Tie(NamedTuple):
    """One side of a tie."""

    other: int
    trust: float
    mirror: float
    kind: int


def row_of(ties: Ties, i: int) -> list[Tie]:
    """A resident's ties, by the other's uid."""
    return [Tie(int(ties.other[i, k]), ties.trust[i, k], ties.mirror[i, k], int(ties.kind[i, k]))
            for k in range(int(ties.degree[i]))]


def by_row(ties: Ties) -> list[list[Tie]]:
    """Everybody's ties."""
    return [row_of(ties, i) for i in range(ties.rows)]


def write_row(ties: Ties, i: int, row: list[Tie]) -> None:
    """Replace a resident's ties; unused slots are as if never used."""
    ties.degree[i] = len(row)
    ties.other[i], ties.trust[i], ties.mirror[i], ties.kind[i] = -1, 0, 0, 0
    for k, tie in enumerate(row):
        ties.other[i, k], ties.kind[i, k] = tie.other, tie.kind
        ties.trust[i, k], ties.mirror[i, k] = np.float32(tie.trust), np.float32(tie.mirror)
