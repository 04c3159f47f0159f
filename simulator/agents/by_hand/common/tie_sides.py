"""Ties as lists of small records, for phases played resident by resident."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ....world.population.people import Ties


class TieSide(NamedTuple):
    """One side of a tie: the other's row, trust in the other, the other's trust, kind."""

    alter: int
    trust: float
    alter_trust: float
    kind: int


def read_ties(ties: Ties, i: int) -> list[TieSide]:
    """A resident's ties, sorted by the other's uid."""
    return [TieSide(int(ties.alter[i, k]), ties.trust[i, k], ties.alter_trust[i, k], int(ties.kind[i, k]))
            for k in range(int(ties.degree[i]))]


def read_all_ties(ties: Ties) -> list[list[TieSide]]:
    """Everybody's ties."""
    return [read_ties(ties, i) for i in range(ties.rows)]


def write_ties(ties: Ties, i: int, row: list[TieSide]) -> None:
    """Replace a resident's ties; unused slots get their fill values."""
    ties.degree[i] = len(row)
    ties.alter[i], ties.trust[i], ties.alter_trust[i], ties.kind[i] = -1, 0, 0, 0
    for k, tie in enumerate(row):
        ties.alter[i, k], ties.kind[i, k] = tie.alter, tie.kind
        ties.trust[i, k], ties.alter_trust[i, k] = np.float32(tie.trust), np.float32(tie.alter_trust)
