"""INSEE codes of communes and IRIS as files write them, and the arrondissements of Paris, Lyon and Marseille."""

from __future__ import annotations

import re
from collections.abc import Collection

COMMUNE_CODE_LENGTH, IRIS_CODE_LENGTH = 5, 9
"""Number of characters of a commune's code, and of an IRIS's."""
DEPARTMENT_PATTERN = r"(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|9[78])"
"""First two characters of a code: mainland, Corsica, overseas. There is no 20 since 1976."""
UNDIVIDED_IRIS = "0000"
"""Last characters of the one IRIS of a commune that is not divided."""
ARRONDISSEMENTS = {"75056": tuple(f"75{number}" for number in range(101, 121)),
                   "69123": tuple(f"69{number}" for number in range(381, 390)),
                   "13055": tuple(f"13{number}" for number in range(201, 217))}
"""Paris, Lyon, Marseille to the codes of their municipal arrondissements, by which INSEE publishes."""


def normalise_insee_code(cell: object, length: int) -> str:
    """The INSEE code of `length` characters in a cell; "" if it holds none.

    A leading zero that a spreadsheet has dropped is restored; a whole number written as 1004.0 counts as one.
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return ""
    code = re.sub(r"\.0+$", "", str(cell).strip().strip("'\"").strip()).upper()
    if code.isdigit() and len(code) == length - 1:
        code = f"0{code}"
    return code if re.fullmatch(rf"{DEPARTMENT_PATTERN}\d{{{length - 2}}}", code, re.ASCII) else ""


def is_undivided(code: str) -> bool:
    """True for the one IRIS of a commune that is not divided."""
    return len(code) == IRIS_CODE_LENGTH and code.endswith(UNDIVIDED_IRIS)


def split_into_arrondissements(code: str, known: Collection[str]) -> tuple[str, ...]:
    """The arrondissements of Paris, Lyon or Marseille that are among the known codes; else the code itself."""
    parts = tuple(part for part in ARRONDISSEMENTS.get(code, ()) if part in known)
    return parts or (code,)
